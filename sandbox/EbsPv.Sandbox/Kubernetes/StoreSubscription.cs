using System.Threading.Channels;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>A reader of changes that stops costing anything once it is disposed of.</summary>
public sealed class StoreSubscription(ChannelReader<StoreEvent> changes, Action end) : IDisposable
{
    public ChannelReader<StoreEvent> Changes { get; } = changes;

    public void Dispose() => end();
}
