namespace EbsPv;

/// <summary>A claim on an EBS-backed PersistentVolume.</summary>
public sealed record EbsPersistentVolumeClaim
{
    /// <summary>Namespace of the claim.</summary>
    public required string Namespace { get; init; }

    /// <summary>Name of the claim.</summary>
    public required string Name { get; init; }

    /// <summary>Pending, Bound or Lost; Terminating once it is being deleted; <c>planned</c> under -WhatIf.</summary>
    public required string Status { get; init; }

    /// <summary>The PersistentVolume that it names, or is bound to.</summary>
    public string? VolumeName { get; init; }

    /// <summary>Size that it asks for, as Kubernetes writes it, as in <c>10Gi</c>.</summary>
    public string? Request { get; init; }

    /// <summary>Size that it has, once it is bound.</summary>
    public string? Capacity { get; init; }

    /// <summary>ReadWriteOnce, ReadWriteOncePod, ReadWriteMany.</summary>
    public IReadOnlyList<string> AccessModes { get; init; } = [];

    /// <summary>Its storage class; empty for none, null for the cluster's default.</summary>
    public string? StorageClassName { get; init; }

    /// <summary>Filesystem or Block.</summary>
    public string? VolumeMode { get; init; }

    /// <summary>Its annotations.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>What is being done to it, or hinders it, as in <c>FileSystemResizePending</c>.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>Its version, which changes are conditioned on.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Identity of the claim, which a later one of the same name does not share.</summary>
    public string? Uid { get; init; }

    /// <summary>When it was created.</summary>
    public DateTime? CreationTimestamp { get; init; }

    /// <summary>True when it was there already and this run only found it.</summary>
    public bool Adopted { get; init; }

    /// <summary>The kube context it lives in.</summary>
    public string? Context { get; init; }

    /// <summary>Namespace and name.</summary>
    public override string ToString() => $"{Namespace}/{Name}";
}
