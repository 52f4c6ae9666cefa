using EbsPv.Volumes;

namespace EbsPv;

/// <summary>An EBS volume of a cluster.</summary>
public sealed record ClusterEbsVolume
{
    /// <summary>The volume's id; null while it is only planned.</summary>
    public string? VolumeId { get; init; }

    /// <summary>The tag <c>Name</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The set that the volume is a member of; null for volumes that EbsPv did not make.</summary>
    public string? SetName { get; init; }

    /// <summary>Zone of the volume.</summary>
    public required string AvailabilityZone { get; init; }

    /// <summary>Region of the volume.</summary>
    public required string Region { get; init; }

    /// <summary>The cluster it belongs to.</summary>
    public string? ClusterName { get; init; }

    /// <summary>Size in GiB.</summary>
    public int Size { get; init; }

    /// <summary>gp3, gp2, io1, io2, st1, sc1 or standard.</summary>
    public string? VolumeType { get; init; }

    /// <summary>Input/output operations per second; null where the type has no such figure.</summary>
    public int? Iops { get; init; }

    /// <summary>Throughput in MiB/s; null where the type has no such figure.</summary>
    public int? Throughput { get; init; }

    /// <summary>Whether the volume is encrypted.</summary>
    public bool Encrypted { get; init; }

    /// <summary>The key it is encrypted with.</summary>
    public string? KmsKeyId { get; init; }

    /// <summary>Whether several instances may attach it.</summary>
    public bool MultiAttachEnabled { get; init; }

    /// <summary>The snapshot it was made from.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>The snapshot that keeps its data, once the volume is removed; null for volumes that are there.</summary>
    public string? FinalSnapshotId { get; init; }

    /// <summary>creating, available, in-use, deleting, deleted or error, as EC2 says; <c>planned</c> under -WhatIf.</summary>
    public required string State { get; init; }

    /// <summary>True when a move or restore has replaced it: it holds data of before, is not registered again, and waits to be removed.</summary>
    public bool Retired => VolumeTags.IsRetired(Tags);

    /// <summary>The instances it is attached to.</summary>
    public IReadOnlyList<ClusterVolumeAttachment> Attachments { get; init; } = [];

    /// <summary>All tags, raw.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>When it was made.</summary>
    public DateTime? CreateTime { get; init; }

    /// <summary>True when an earlier run of New-ClusterEbsVolume made it, and this one only found it.</summary>
    public bool Adopted { get; init; }

    /// <summary>Instance ids of the workers it was made for.</summary>
    public IReadOnlyList<string> InstanceId { get; init; } = [];

    /// <summary>The kube context it is registered with.</summary>
    public string? Context { get; init; }

    /// <summary>The volume's id, or its name while it is only planned.</summary>
    public override string ToString() => VolumeId ?? Name ?? AvailabilityZone;
}
