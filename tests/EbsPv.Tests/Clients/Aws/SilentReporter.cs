using EbsPv.Ports;

namespace EbsPv.Tests.Clients.Aws;

/// <summary>Keeps what was said.</summary>
internal sealed class SilentReporter : IReporter
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get { lock (_gate) return [.. _lines]; }
    }

    public void Verbose(string message) => Add(message);

    public void Warning(string message) => Add(message);

    public void Progress(string activity, string status, int done, int total) => Add($"{activity}: {status}");

    private void Add(string line)
    {
        lock (_gate) _lines.Add(line);
    }
}
