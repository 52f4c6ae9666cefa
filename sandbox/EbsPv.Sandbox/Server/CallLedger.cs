namespace EbsPv.Sandbox.Server;

/// <summary>Every request in the order of arrival, counted where it arrives: at the server, not in the client.</summary>
public sealed class CallLedger
{
    private readonly Lock _gate = new();
    private readonly List<RecordedCall> _calls = [];
    private long _sequence;

    public void Add(DateTimeOffset time, string service, string operation, string target, int status, string? error = null)
    {
        lock (_gate) _calls.Add(new RecordedCall(++_sequence, time, service, operation, target, status, error));
    }

    public IReadOnlyList<RecordedCall> Calls
    {
        get { lock (_gate) return [.. _calls]; }
    }

    public int Count(string operation) => Calls.Count(call => call.Operation == operation);

    /// <summary>Requests by "service operation", in alphabetical order.</summary>
    public IReadOnlyDictionary<string, int> Counts => new SortedDictionary<string, int>(
        Calls.GroupBy(call => $"{call.Service} {call.Operation}").ToDictionary(group => group.Key, group => group.Count()),
        StringComparer.Ordinal);

    public void Clear()
    {
        lock (_gate) _calls.Clear();
    }
}
