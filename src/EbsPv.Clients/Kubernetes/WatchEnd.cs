namespace EbsPv.Clients.Kubernetes;

/// <summary>When the watch that is being begun shall end. The library keeps the answer of a watch open after it has been cancelled, and
/// does not let its token through to the handlers, so it goes along the call's own flow.</summary>
internal static class WatchEnd
{
    private static readonly AsyncLocal<CancellationToken> Flow = new();

    public static CancellationToken Token
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }
}
