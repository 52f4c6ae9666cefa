namespace EbsPv.Volumes;

/// <summary>How a run changes its volumes.</summary>
public sealed record VolumeChangeOptions
{
    /// <summary>Changes that are sent at one time.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>How far a change has to be.</summary>
    public ModificationWait WaitFor { get; init; }

    /// <summary>How long to wait once the last change is accepted.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
}
