namespace EbsPv;

/// <summary>A PersistentVolume that stands for an EBS volume.</summary>
public sealed record EbsPersistentVolume
{
    /// <summary>Name of the PersistentVolume.</summary>
    public required string Name { get; init; }

    /// <summary>Capacity as Kubernetes writes it, as in <c>10Gi</c>.</summary>
    public string? Capacity { get; init; }

    /// <summary>ReadWriteOnce, ReadWriteOncePod, ReadWriteMany, ReadOnlyMany.</summary>
    public IReadOnlyList<string> AccessModes { get; init; } = [];

    /// <summary>Retain or Delete.</summary>
    public string? ReclaimPolicy { get; init; }

    /// <summary>Pending, Available, Bound, Released, Failed; Terminating once it is being deleted; <c>planned</c> under -WhatIf.</summary>
    public required string Status { get; init; }

    /// <summary>Why it is Failed.</summary>
    public string? Reason { get; init; }

    /// <summary>The claim it is bound to or reserved for, as <c>namespace/name</c>.</summary>
    public string? Claim { get; init; }

    /// <summary>Identity of that claim; null while it is only reserved for one.</summary>
    public string? ClaimUid { get; init; }

    /// <summary>Its storage class.</summary>
    public string? StorageClassName { get; init; }

    /// <summary>The EBS volume behind it; null while it is only planned, or when it is no EBS volume.</summary>
    public string? VolumeId { get; init; }

    /// <summary>Zone that its node affinity or label names.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>Zones that its node affinity allows its pods to run in; none where it has no such affinity.</summary>
    public IReadOnlyList<string> NodeAffinityZone { get; init; } = [];

    /// <summary>Whether it says at all on which nodes its pods may run: then Kubernetes takes no other word on it.</summary>
    public bool HasNodeAffinity { get; init; }

    /// <summary>The driver that mounts it.</summary>
    public VolumeSource VolumeSource { get; init; }

    /// <summary>ext4, ext3, xfs or ntfs.</summary>
    public string? FileSystemType { get; init; }

    /// <summary>The partition with the file system; null where it fills the whole disk.</summary>
    public int? Partition { get; init; }

    /// <summary>Options of the mount.</summary>
    public IReadOnlyList<string> MountOptions { get; init; } = [];

    /// <summary>Filesystem or Block.</summary>
    public string? VolumeMode { get; init; }

    /// <summary>What its source says to the driver, less the partition; empty for the in-tree source.</summary>
    public IReadOnlyDictionary<string, string> VolumeAttributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Its VolumeAttributesClass; null for none.</summary>
    public string? VolumeAttributesClassName { get; init; }

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Its annotations.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>What must be done before it can go, by whoever put it there.</summary>
    public IReadOnlyList<string> Finalizers { get; init; } = [];

    /// <summary>Objects that it belongs to and goes with, as <c>Kind name</c>.</summary>
    public IReadOnlyList<string> Owner { get; init; } = [];

    /// <summary>Identity of the PersistentVolume, which a later one of the same name does not share.</summary>
    public string? Uid { get; init; }

    /// <summary>Its version, which changes and deletions are conditioned on.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>When it was created.</summary>
    public DateTime? CreationTimestamp { get; init; }

    /// <summary>True when it was there already and this run only found it.</summary>
    public bool Adopted { get; init; }

    /// <summary>The kube context it lives in.</summary>
    public string? Context { get; init; }

    /// <summary>The cluster it belongs to.</summary>
    public string? ClusterName { get; init; }

    /// <summary>Region of its zone.</summary>
    public string? Region { get; init; }

    /// <summary>The PersistentVolume's name.</summary>
    public override string ToString() => Name;
}
