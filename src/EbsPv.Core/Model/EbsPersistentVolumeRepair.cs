namespace EbsPv;

/// <summary>What became of a finding that was to be repaired.</summary>
public sealed record EbsPersistentVolumeRepair
{
    /// <summary><c>Repaired</c> when it was, and a second look finds it no more; <c>Unchanged</c> when it was not to be found any more;
    /// <c>planned</c> under -WhatIf.</summary>
    public required string Status { get; init; }

    /// <summary>The finding's code.</summary>
    public required string Code { get; init; }

    /// <summary>What the finding is about.</summary>
    public required string Target { get; init; }

    /// <summary>What was done.</summary>
    public required string Change { get; init; }

    /// <summary>The PersistentVolume.</summary>
    public string? PersistentVolume { get; init; }

    /// <summary>The EBS volume.</summary>
    public string? VolumeId { get; init; }

    /// <summary>The claim, as <c>namespace/name</c>.</summary>
    public string? Claim { get; init; }

    /// <summary>Region of the volume.</summary>
    public string? Region { get; init; }

    /// <summary>The cluster.</summary>
    public string? ClusterName { get; init; }

    /// <summary>The kube context.</summary>
    public string? Context { get; init; }

    /// <summary>Status, code and target.</summary>
    public override string ToString() => $"{Status}: {Code} {Target}";
}
