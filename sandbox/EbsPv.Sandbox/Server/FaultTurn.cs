namespace EbsPv.Sandbox.Server;

/// <summary>A fault, and the request that it is played on.</summary>
public sealed class FaultTurn(Fault fault, string operation, string target)
{
    private readonly TaskCompletionSource<bool> _hold = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _hasStruck;

    public Fault Fault => fault;

    public FaultKind Kind => fault.Kind;

    public string Operation => operation;

    public string Target => target;

    /// <summary>Whether it has had its effect: with <see cref="FaultKind.CutAfter"/> and <see cref="FaultKind.HangAfter"/> the work is done.</summary>
    public bool HasStruck => _hasStruck;

    /// <summary>Whether the request waits to be released.</summary>
    public bool IsHeld => Kind == FaultKind.Pause && HasStruck && !_hold.Task.IsCompleted;

    /// <summary>Whether the request gets no answer and keeps its connection.</summary>
    public bool Hangs => Kind is FaultKind.Hang or FaultKind.HangAfter;

    /// <summary>Said when it has had its effect; who waits for that may act upon it.</summary>
    public void Strike() => _hasStruck = true;

    /// <summary>Holds the request.</summary>
    /// <returns>True once it is released, false once it is dropped.</returns>
    public Task<bool> HoldAsync()
    {
        Strike();
        return _hold.Task;
    }

    public void Release() => _hold.TrySetResult(true);

    /// <summary>The request is not to be handled any more.</summary>
    public void Drop() => _hold.TrySetResult(false);
}
