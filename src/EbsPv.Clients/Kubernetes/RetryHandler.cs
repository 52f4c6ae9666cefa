using System.Net;
using System.Net.Http.Headers;

namespace EbsPv.Clients.Kubernetes;

/// <summary>Repeats what the server asks to have repeated, as client-go does: 429, and 5xx with Retry-After, up to ten times. What was
/// never sent, because no connection came about, is sent again: as often while a server is away that has answered before, and three times
/// where none may be. A read is also repeated when its connection was lost or the server failed; a write is not, since its name is looked
/// up instead. A server that begins again refuses everybody for a moment, until it has read its roles: who was let in once, and is refused
/// then, is refused.</summary>
internal sealed class RetryHandler(TimeProvider time) : DelegatingHandler
{
    private const int MaxRetries = 10;
    private const int MaxReadRetries = 3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BeginsAgain = TimeSpan.FromSeconds(30);

    private volatile bool _hasAnswered;
    private long _lostAt;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null) await request.Content.LoadIntoBufferAsync().ConfigureAwait(false);
        for (var attempt = 0; ; attempt++)
        {
            var wait = Backoff(attempt);
            try
            {
                var response = await OnceAsync(request, cancellationToken).ConfigureAwait(false);
                if (attempt >= MaxRetries || WaitAsked(request, response, attempt, wait) is not { } asked) return response;
                response.Dispose();
                wait = asked;
            }
            catch (Exception lost) when (lost is HttpRequestException or IOException && attempt < Retries(lost, request))
            {
            }

            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    // Each attempt has its own limit: what the server asks to wait in between is not its fault.
    private async Task<HttpResponseMessage> OnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(AnswerLimit, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var response = await base.SendAsync(request, limit.Token).ConfigureAwait(false);
            _hasAnswered = true;
            if (response.StatusCode < HttpStatusCode.InternalServerError && response.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests)) Interlocked.Exchange(ref _lostAt, 0);
            return response;
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException && !timeout.IsCancellationRequested)
        {
            Interlocked.Exchange(ref _lostAt, time.GetUtcNow().UtcTicks);
            throw;
        }
        catch (Exception silent) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"it gave no whole answer within {AnswerLimit.TotalSeconds:0} seconds.", silent is OperationCanceledException ? null : silent);
        }
    }

    private int Retries(Exception lost, HttpRequestMessage request)
    {
        if (lost is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError })
            return _hasAnswered ? MaxRetries : MaxReadRetries;
        return request.Method == HttpMethod.Get ? MaxReadRetries : 0;
    }

    // A watch that fails is begun again by whoever follows it, at distances of its own.
    private static bool IsRead(HttpRequestMessage request) => request.Method == HttpMethod.Get && !BufferingHandler.IsWatch(request);

    private TimeSpan? WaitAsked(HttpRequestMessage request, HttpResponseMessage response, int attempt, TimeSpan otherwise)
    {
        var asked = Asked(response.Headers.RetryAfter);
        var failed = (int)response.StatusCode >= 500;
        var repeat = response.StatusCode == HttpStatusCode.TooManyRequests
            || (response.StatusCode == HttpStatusCode.Forbidden && HasJustBegun)
            || (failed && (asked is not null || (IsRead(request) && attempt < MaxReadRetries)));
        if (!repeat) return null;
        var wait = asked ?? otherwise;
        return wait < LongestWait ? wait : LongestWait;
    }

    private bool HasJustBegun => time.GetUtcNow().UtcTicks - Interlocked.Read(ref _lostAt) is >= 0 and var ticks && ticks < BeginsAgain.Ticks;

    private TimeSpan? Asked(RetryConditionHeaderValue? header)
    {
        if (header?.Date is not { } date) return header?.Delta;
        var left = date - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static TimeSpan Backoff(int attempt) => TimeSpan.FromMilliseconds(Math.Min(100 * Math.Pow(2, attempt), 5000));
}
