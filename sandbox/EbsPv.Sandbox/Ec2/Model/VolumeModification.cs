namespace EbsPv.Sandbox.Ec2.Model;

/// <summary>A modification of a volume. Like the volume's, its state is a function of the time.</summary>
public sealed record VolumeModification
{
    public const string Modifying = "modifying";
    public const string Optimizing = "optimizing";
    public const string Completed = "completed";
    public const string Failed = "failed";

    public required VolumeShape Original { get; init; }

    public required VolumeShape Target { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    /// <summary>From when the volume has its new values; its data is still being moved.</summary>
    public required DateTimeOffset OptimizingFrom { get; init; }

    public required DateTimeOffset CompletedFrom { get; init; }

    /// <summary>Whether it ends as failed where it would begin to optimize; the volume then keeps what it had.</summary>
    public bool Fails { get; init; }

    /// <summary>From when DescribeVolumesModifications shows it.</summary>
    public DateTimeOffset VisibleFrom { get; init; }

    public string StateAt(DateTimeOffset now)
    {
        if (now < OptimizingFrom) return Modifying;
        if (Fails) return Failed;
        return now < CompletedFrom ? Optimizing : Completed;
    }

    public bool IsUnderWay(DateTimeOffset now) => StateAt(now) is Modifying or Optimizing;

    public bool HasTakenEffect(DateTimeOffset now) => StateAt(now) is Optimizing or Completed;

    public int ProgressAt(DateTimeOffset now)
    {
        if (now >= CompletedFrom) return Fails ? 0 : 100;
        if (now < OptimizingFrom || Fails) return 0;
        return (int)(99 * ((now - OptimizingFrom) / (CompletedFrom - OptimizingFrom)));
    }

    /// <summary>When it ended; null while it is under way.</summary>
    public DateTimeOffset? EndAt(DateTimeOffset now) => IsUnderWay(now) ? null : Fails ? OptimizingFrom : CompletedFrom;
}
