using EbsPv.Audit;

namespace EbsPv.Repairs;

/// <summary>Which findings are to be repaired, and what the user consents to.</summary>
public sealed record RepairRequest
{
    /// <summary>The findings, in the order of the pipeline.</summary>
    public required IReadOnlyList<RepairTarget> Targets { get; init; }

    /// <summary>The cluster's name in tags.</summary>
    public required string ClusterName { get; init; }

    /// <summary>Codes that are repaired; null for all but <see cref="FindingCodes.PersistentVolumeReleased"/>.</summary>
    public IReadOnlySet<string>? Codes { get; init; }

    /// <summary>Whether a Released PersistentVolume is kept for no claim any more.</summary>
    public bool DropReservation { get; init; }

    /// <summary>Consent to change PersistentVolumes that GitOps, Helm or an operator looks after.</summary>
    public bool AllowManaged { get; init; }

    /// <summary>Consent to tag volumes that no tag says to be of any cluster.</summary>
    public bool AllowUntagged { get; init; }

    /// <summary>Whether the cluster behind the kube context is taken for the volumes' without proof.</summary>
    public bool SkipClusterCheck { get; init; }

    /// <summary>Whether a code is to be repaired.</summary>
    public bool Wants(string code) => Codes?.Contains(code) ?? code != FindingCodes.PersistentVolumeReleased;
}
