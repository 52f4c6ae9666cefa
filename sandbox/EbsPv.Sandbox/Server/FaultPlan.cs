namespace EbsPv.Sandbox.Server;

/// <summary>The faults still to be played; the first that matches a request wins.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<Planned> _planned = [];

    public void Add(Fault fault)
    {
        lock (_gate) _planned.Add(new Planned(fault));
    }

    public void Clear()
    {
        lock (_gate) _planned.Clear();
    }

    /// <summary>The fault for this request, or null to serve it as usual.</summary>
    public Fault? Next(string operation, string target)
    {
        lock (_gate)
        {
            foreach (var planned in _planned)
                if (planned.Matches(operation, target) && planned.Take())
                    return planned.Fault;
            return null;
        }
    }

    private sealed class Planned(Fault fault)
    {
        private int _skip = fault.Skip;
        private int _left = fault.Times;

        public Fault Fault => fault;

        public bool Matches(string operation, string target) =>
            (fault.Operation is null || fault.Operation == operation)
            && (fault.Target is null || target.Contains(fault.Target, StringComparison.Ordinal));

        public bool Take()
        {
            if (_left == 0) return false;
            if (_skip-- > 0) return false;
            if (_left > 0) _left--;
            return true;
        }
    }
}
