namespace EbsPv;

/// <summary>An attachment of a volume to an instance.</summary>
public sealed record ClusterVolumeAttachment
{
    /// <summary>The instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Device name on the instance, as in <c>/dev/xvdba</c>.</summary>
    public string? Device { get; init; }

    /// <summary>attaching, attached, detaching, detached or busy.</summary>
    public string? State { get; init; }

    /// <summary>Whether EC2 deletes the volume with the instance.</summary>
    public bool DeleteOnTermination { get; init; }

    /// <summary>Instance and device.</summary>
    public override string ToString() => Device is null ? InstanceId : $"{InstanceId} ({Device})";
}
