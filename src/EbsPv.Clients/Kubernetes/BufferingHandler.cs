namespace EbsPv.Clients.Kubernetes;

/// <summary>Reads answers whole before the library sees them: it parses them synchronously from the network, which starves the thread
/// pool as soon as many arrive together. Watches stay streams, of lines that are bounded.</summary>
internal sealed class BufferingHandler : DelegatingHandler
{
    private const int MaxAnswer = 64 * 1024 * 1024;

    public static bool IsWatch(HttpRequestMessage request) => request.RequestUri!.Query.Contains("watch=true", StringComparison.Ordinal);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (IsWatch(request) && response.IsSuccessStatusCode)
        {
            await BoundAsync(response, cancellationToken).ConfigureAwait(false);
            return response;
        }

        // An answer that stops in its middle would be waited for without end: reading it knows no token.
        using var end = cancellationToken.Register(static answer => ((HttpResponseMessage)answer!).Dispose(), response);
        await response.Content.LoadIntoBufferAsync(MaxAnswer).WaitAsync(cancellationToken).ConfigureAwait(false);
        return response;
    }

    private static async Task BoundAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var lines = new StreamContent(new BoundedLines(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false)));
        foreach (var (name, values) in response.Content.Headers) lines.Headers.TryAddWithoutValidation(name, values);
        response.Content = lines;
        // The content, not the answer: the library puts another one in its place, which leaves this one open.
        WatchEnd.Token.Register(static content => ((HttpContent)content!).Dispose(), lines);
    }
}
