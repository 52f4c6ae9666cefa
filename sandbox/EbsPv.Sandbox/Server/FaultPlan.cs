namespace EbsPv.Sandbox.Server;

/// <summary>The faults still to be played, of which the first that matches a request wins, and those that have been.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<Planned> _planned = [];
    private readonly List<FaultTurn> _turns = [];

    /// <summary>The faults that have had their effect, in the order of the requests.</summary>
    public IReadOnlyList<FaultTurn> Played
    {
        get { lock (_gate) return [.. _turns.Where(turn => turn.HasStruck)]; }
    }

    public void Add(Fault fault)
    {
        lock (_gate) _planned.Add(new Planned(fault));
    }

    /// <summary>Forgets all of them, and drops the requests that are held: they are never handled.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            foreach (var turn in _turns) turn.Drop();
            _planned.Clear();
            _turns.Clear();
        }
    }

    /// <summary>Lets the requests go that are held, by all faults or by those of a name.</summary>
    /// <exception cref="ArgumentException">None is.</exception>
    public void Release(string? name = null)
    {
        var held = Played.Where(turn => turn.IsHeld && (name is null || turn.Fault.Name == name)).ToArray();
        if (held.Length == 0) throw new ArgumentException($"No request is held{(name is null ? "" : $" by the fault '{name}'")}.");
        foreach (var turn in held) turn.Release();
    }

    /// <summary>The fault for this request, or null to serve it as usual.</summary>
    public FaultTurn? Next(string operation, string target)
    {
        lock (_gate)
        {
            if (_planned.Find(planned => planned.Matches(operation, target) && planned.Take()) is not { } next) return null;
            var turn = new FaultTurn(next.Fault, operation, target);
            _turns.Add(turn);
            return turn;
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
