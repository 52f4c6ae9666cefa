using EbsPv.PersistentVolumes;

namespace EbsPv;

/// <summary>Something that an audit found, with all that its repair needs to know.</summary>
public sealed record EbsPersistentVolumeFinding
{
    /// <summary>Error, Warning or Information.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>What sort of finding; stable, scripts compare it.</summary>
    public required string Code { get; init; }

    /// <summary>What it is about: a volume's id, or the name of a PersistentVolume, claim, workload, node or driver.</summary>
    public required string Target { get; init; }

    /// <summary>What is so.</summary>
    public required string Message { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Recommendation { get; init; }

    /// <summary>Whether Repair-EbsPersistentVolume can do it.</summary>
    public bool Fixable { get; init; }

    /// <summary>The EBS volume.</summary>
    public string? VolumeId { get; init; }

    /// <summary>The PersistentVolume.</summary>
    public string? PersistentVolume { get; init; }

    /// <summary>Identity of the PersistentVolume, so that a later one of the same name is not taken for it.</summary>
    public string? PersistentVolumeUid { get; init; }

    /// <summary>The claim, as <c>namespace/name</c>.</summary>
    public string? Claim { get; init; }

    /// <summary>Zone of the volume.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>Tags that the volume should have and has not.</summary>
    public IReadOnlyDictionary<string, string> WantedTags { get; init; } = new Dictionary<string, string>();

    /// <summary>The node affinity that the PersistentVolume should have and has not.</summary>
    public IReadOnlyList<NodeRequirement> WantedNodeAffinity { get; init; } = [];

    /// <summary>The reclaim policy that the PersistentVolume should have and has not.</summary>
    public string? WantedReclaimPolicy { get; init; }

    /// <summary>Region of the volume.</summary>
    public string? Region { get; init; }

    /// <summary>The cluster.</summary>
    public string? ClusterName { get; init; }

    /// <summary>The kube context that was asked.</summary>
    public string? Context { get; init; }

    /// <summary>Code and target.</summary>
    public override string ToString() => $"{Code} {Target}";
}
