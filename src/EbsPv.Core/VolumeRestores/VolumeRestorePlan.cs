using EbsPv.Ports;

namespace EbsPv.VolumeRestores;

/// <summary>One volume that is to be made of a snapshot, or was made by an earlier run.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Wanted">The volume; its token is its maker's.</param>
/// <param name="Name">Its name.</param>
/// <param name="Identity">What makes it this one and no other, beside region and cluster: snapshot, zone and the name that was typed.</param>
/// <param name="Mark">The tag by which it is found again.</param>
public sealed record VolumeRestorePlan(ClusterEbsSnapshot Snapshot, NewVolume Wanted, string Name, string Identity, KeyValuePair<string, string> Mark)
{
    /// <summary>The volume that an earlier run made; null when there is none.</summary>
    public ClusterEbsVolume? Existing { get; init; }

    /// <summary>Whether the original's type is known.</summary>
    public bool IsTypeKnown { get; init; } = true;

    /// <summary>The cluster.</summary>
    public required string ClusterName { get; init; }

    /// <summary>The kube context that the volume carries on.</summary>
    public string? Context { get; init; }

    /// <summary>The volume as the run emits it.</summary>
    public ClusterEbsVolume Emitted(ClusterEbsVolume volume, bool adopted)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return volume with { ClusterName = ClusterName, Context = Context, Adopted = adopted };
    }

    /// <summary>The volume that is yet to be made, as -WhatIf shows it.</summary>
    public ClusterEbsVolume Planned() => new()
    {
        Name = Name,
        AvailabilityZone = Wanted.AvailabilityZone,
        Region = Snapshot.Region,
        ClusterName = ClusterName,
        Size = Wanted.Spec.Size,
        VolumeType = Wanted.Spec.VolumeType,
        Iops = Wanted.Spec.Iops,
        Throughput = Wanted.Spec.Throughput,
        Encrypted = Wanted.Spec.Encrypted ?? false,
        KmsKeyId = Wanted.Spec.KmsKeyId,
        SnapshotId = Wanted.Spec.SnapshotId,
        MultiAttachEnabled = Wanted.Spec.MultiAttachEnabled,
        State = "planned",
        Tags = Wanted.Tags.ToDictionary(tag => tag.Key, tag => tag.Value),
        Context = Context,
    };
}
