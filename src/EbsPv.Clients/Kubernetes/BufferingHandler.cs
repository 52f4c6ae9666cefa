namespace EbsPv.Clients.Kubernetes;

/// <summary>Reads answers whole before the library sees them: it parses them synchronously from the network, which starves the thread
/// pool as soon as many arrive together. Watches stay streams.</summary>
internal sealed class BufferingHandler : DelegatingHandler
{
    private const int MaxAnswer = 64 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (request.RequestUri!.Query.Contains("watch=true", StringComparison.Ordinal))
        {
            WatchEnd.Token.Register(static answer => ((HttpResponseMessage)answer!).Dispose(), response);
            return response;
        }

        await response.Content.LoadIntoBufferAsync(MaxAnswer).ConfigureAwait(false);
        return response;
    }
}
