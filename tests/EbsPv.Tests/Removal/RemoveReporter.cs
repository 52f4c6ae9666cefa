using System.Collections.Concurrent;
using EbsPv.Ports;

namespace EbsPv.Tests.Removal;

/// <summary>Keeps what -Verbose would say.</summary>
internal sealed class RemoveReporter : IReporter
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public void Verbose(string message) => Lines.Enqueue(message);

    public void Warning(string message) => Lines.Enqueue(message);

    public void Progress(string activity, string status, int done, int total)
    {
    }
}
