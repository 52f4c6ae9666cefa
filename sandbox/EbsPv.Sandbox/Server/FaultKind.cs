namespace EbsPv.Sandbox.Server;

/// <summary>What goes wrong with a request.</summary>
public enum FaultKind
{
    /// <summary>Answered with <see cref="Fault.Status"/> and <see cref="Fault.Code"/>; nothing is done.</summary>
    Error,

    /// <summary>Held back for <see cref="Fault.Delay"/> of sandbox time, then handled as usual.</summary>
    Delay,

    /// <summary>The connection is cut before anything is done.</summary>
    CutBefore,

    /// <summary>Handled in full, then the connection is cut: the answer is lost.</summary>
    CutAfter,

    /// <summary>Handled in full, and answered as with <see cref="Error"/>: what was done is not said. Kubernetes only.</summary>
    ErrorAfter,

    /// <summary>Handled in full, then the connection is cut in the middle of the answer.</summary>
    CutInside,

    /// <summary>Accepted and never answered, until the client gives up; nothing is done.</summary>
    Hang,

    /// <summary>Handled in full and never answered, until the client gives up. A watch begins and stays silent, as with <see cref="Hang"/>.</summary>
    HangAfter,

    /// <summary>Held until it is released, then handled as usual, even if its client has gone in between: what is under way arrives.</summary>
    Pause,
}
