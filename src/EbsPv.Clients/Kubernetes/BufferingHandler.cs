namespace EbsPv.Clients.Kubernetes;

/// <summary>Reads answers whole before the library sees them: it parses them synchronously from the network, which starves the thread
/// pool as soon as many arrive together. Watches stay streams.</summary>
internal sealed class BufferingHandler : DelegatingHandler
{
    private const int MaxAnswer = 64 * 1024 * 1024;

    public static bool IsWatch(HttpRequestMessage request) => request.RequestUri!.Query.Contains("watch=true", StringComparison.Ordinal);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (IsWatch(request))
        {
            WatchEnd.Token.Register(static answer => ((HttpResponseMessage)answer!).Dispose(), response);
            return response;
        }

        // An answer that stops in its middle would be waited for without end: reading it knows no token.
        using var end = cancellationToken.Register(static answer => ((HttpResponseMessage)answer!).Dispose(), response);
        await response.Content.LoadIntoBufferAsync(MaxAnswer).WaitAsync(cancellationToken).ConfigureAwait(false);
        return response;
    }
}
