using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Volumes;

namespace EbsPv.Snapshots;

/// <summary>What may be asked of snapshots, and of which volumes they are made.</summary>
public static class SnapshotRules
{
    /// <summary>The states of a snapshot.</summary>
    /// <remarks>Source: Snapshot of the EC2 API reference.</remarks>
    public static IReadOnlyList<string> States { get; } = ["pending", "completed", "error", "recoverable", "recovering"];

    /// <summary>The state in EC2's spelling.</summary>
    /// <exception cref="EbsPvException">SnapshotStateUnknown.</exception>
    public static string CheckedState(string state) =>
        States.FirstOrDefault(name => name.Equals(state, StringComparison.OrdinalIgnoreCase)) ?? throw EbsPvException.Input(
            ErrorIds.SnapshotStateUnknown,
            $"EBS has no snapshot state '{Escaped.Text(state)}'.",
            state,
            $"Use one of {string.Join(", ", States)}.");

    /// <summary>Refuses a description that EC2 would refuse.</summary>
    /// <exception cref="EbsPvException">DescriptionTooLong.</exception>
    public static void CheckDescription(string? description)
    {
        if (description is null || description.Length <= SnapshotTags.LongestDescription) return;
        throw EbsPvException.Input(
            ErrorIds.DescriptionTooLong,
            $"The description has {description.Length} characters, and EC2 takes {SnapshotTags.LongestDescription}.",
            description[..20],
            "Shorten it, or put the rest into -Tag.");
    }

    /// <summary>Refuses a volume that is not plainly storage of the cluster, or has nothing to take a snapshot of.</summary>
    /// <param name="volume">The volume, just read.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="isNamed">Whether a PersistentVolume of the cluster names the volume, which then need not name the cluster by its own tags.</param>
    /// <exception cref="EbsPvException">ControlPlaneVolume, VolumeClusterAmbiguous, VolumeNotOfCluster, VolumeUnusable.</exception>
    public static void CheckVolume(ClusterEbsVolume volume, string cluster, bool isNamed)
    {
        ArgumentNullException.ThrowIfNull(volume);
        var says = VolumeOwnership.ClustersOf(volume.Tags).Count > 0;
        VolumeOwnerRules.Check(volume, says || !isNamed ? cluster : null, "copied");
        if (volume.State is "available" or "in-use") return;
        throw new EbsPvException(
            ErrorKind.InvalidState, ErrorIds.VolumeUnusable, $"The volume {volume} is in the state '{volume.State}', and there is nothing to take a snapshot of.")
        {
            Target = volume.VolumeId,
            RecommendedAction = volume.State == "creating" ? "Wait until it is available, then run the line again." : $"Its data is gone or cannot be read: see its earlier snapshots, Get-ClusterEbsSnapshot -VolumeId {volume.VolumeId}.",
        };
    }
}
