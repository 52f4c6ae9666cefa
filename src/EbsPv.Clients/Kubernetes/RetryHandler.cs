using System.Net;

namespace EbsPv.Clients.Kubernetes;

/// <summary>Repeats what the server asks to have repeated, as client-go does: 429, and 5xx with Retry-After, up to ten times. A read is
/// also repeated when its connection was lost; a write is not, since its name is looked up instead.</summary>
internal sealed class RetryHandler(TimeProvider time) : DelegatingHandler
{
    private const int MaxRetries = 10;
    private const int MaxReadRetries = 3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null) await request.Content.LoadIntoBufferAsync().ConfigureAwait(false);
        for (var attempt = 0; ; attempt++)
        {
            var wait = Backoff(attempt);
            try
            {
                var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (attempt == MaxRetries || WaitAsked(response, wait) is not { } asked) return response;
                response.Dispose();
                wait = asked;
            }
            catch (Exception lost) when (lost is HttpRequestException or IOException && request.Method == HttpMethod.Get && attempt < MaxReadRetries)
            {
            }

            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static TimeSpan? WaitAsked(HttpResponseMessage response, TimeSpan otherwise)
    {
        var asked = response.Headers.RetryAfter?.Delta;
        var repeat = response.StatusCode == HttpStatusCode.TooManyRequests || ((int)response.StatusCode >= 500 && asked is not null);
        if (!repeat) return null;
        var wait = asked ?? otherwise;
        return wait < LongestWait ? wait : LongestWait;
    }

    private static TimeSpan Backoff(int attempt) => TimeSpan.FromMilliseconds(Math.Min(100 * Math.Pow(2, attempt), 5000));
}
