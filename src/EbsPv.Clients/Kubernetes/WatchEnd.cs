namespace EbsPv.Clients.Kubernetes;

/// <summary>When the watch that is being begun shall end. The library keeps the answer of a watch open after it has been cancelled or has
/// failed, and does not let its token through to the handlers, so it goes along the call's own flow.</summary>
internal sealed class WatchEnd : IAsyncDisposable
{
    private static readonly AsyncLocal<CancellationToken> Flow = new();

    private readonly CancellationTokenSource _end;

    public WatchEnd(CancellationTokenSource end) => (_end, Flow.Value) = (end, end.Token);

    public static CancellationToken Token => Flow.Value;

    public async ValueTask DisposeAsync() => await _end.CancelAsync().ConfigureAwait(false);
}
