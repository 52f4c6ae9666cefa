using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Snapshots;
using EbsPv.Volumes;

namespace EbsPv.VolumeRestores;

/// <summary>What is made of a snapshot, and of which none is made. It makes no call.</summary>
internal static class VolumeRestoreRules
{
    /// <summary>The plan for a snapshot.</summary>
    /// <param name="snapshot">The snapshot, just read, or planned.</param>
    /// <param name="original">Its volume; null when it is gone.</param>
    /// <param name="request">The run.</param>
    /// <exception cref="EbsPvException">ControlPlaneVolume, SnapshotNotOwned, VolumeClusterAmbiguous, SnapshotNotCompleted, DestinationZoneMissing,
    /// ZoneOutsideRegion, KmsWrongRegion, TagInvalid, and what <see cref="VolumeRestoreOverrides.On"/> refuses.</exception>
    public static VolumeRestorePlan Plan(ClusterEbsSnapshot snapshot, ClusterEbsVolume? original, VolumeRestoreRequest request)
    {
        CheckOwner(snapshot, original, request.ClusterName);
        CheckState(snapshot);
        var copy = original is null ? VolumeCopy.Of(snapshot, request.ClusterName) : VolumeCopy.Of(original, snapshot, request.ClusterName);
        var zone = request.DestinationZone ?? copy.AvailabilityZone ?? throw ZoneMissing(snapshot);
        CheckZone(zone, request.Region);
        if (request.Overrides.KmsKeyId is { } key) KmsKeyRule.Check(key, request.Region);
        var name = request.Name ?? NameOf(snapshot, original);
        // A name that was not typed may be another one in the next run: the original renamed, or gone.
        var identity = $"{snapshot.SnapshotId}/{zone}/{request.Name}";
        var mark = new KeyValuePair<string, string>(SnapshotTags.Operation, $"restore-{Digest(request.Region, request.ClusterName, identity)}");
        var wanted = new NewVolume(zone, request.Overrides.On(copy.Spec, snapshot.Size), Tags(copy, snapshot, name, mark, request), "");
        return new VolumeRestorePlan(snapshot, wanted, name, identity, mark) { ClusterName = request.ClusterName, Context = request.Context, IsTypeKnown = copy.IsTypeKnown };
    }

    private static void CheckOwner(ClusterEbsSnapshot snapshot, ClusterEbsVolume? original, string cluster)
    {
        var tags = original is not null && VolumeOwnership.ClustersOf(original.Tags).Count > 0 ? original.Tags : snapshot.Tags;
        if (VolumeOwnership.IsControlPlane(tags) || VolumeOwnership.IsControlPlane(snapshot.Tags) || (original is not null && VolumeOwnership.IsNodeRoot(original)))
            throw Refused(snapshot, ErrorIds.ControlPlaneVolume, $"is of a volume of the control plane (etcd), or of one that an instance boots from ({snapshot.VolumeId})", "It is the business of the tool that made it: kops, or the group that the instance belongs to.");
        var owners = VolumeOwnership.ClustersOf(tags);
        if (owners.Count > 1)
            throw Refused(
                snapshot,
                ErrorIds.VolumeClusterAmbiguous,
                $"is of {snapshot.VolumeId}, whose tags name {owners.Count} clusters: {string.Join(", ", owners.Select(owner => $"'{Escaped.Text(owner)}'"))}",
                "Remove the tags of the cluster that it does not belong to, then run the line again.");
        if (owners.Count == 1 && owners[0] != cluster)
            throw Refused(
                snapshot,
                ErrorIds.SnapshotNotOwned,
                $"is of a volume of the cluster '{Escaped.Text(owners[0])}', and '{Escaped.Text(cluster)}' is meant",
                "Check the id and -ClusterName. To take another cluster's data over: New-ClusterEbsVolume -SnapshotId.");
    }

    private static void CheckState(ClusterEbsSnapshot snapshot)
    {
        if (snapshot.State is "completed" or "planned") return;
        throw Refused(
            snapshot,
            ErrorIds.SnapshotNotCompleted,
            $"is in the state '{snapshot.State}'{(snapshot.Progress is null ? "" : $" ({snapshot.Progress})")}, and EC2 makes volumes of completed ones only",
            snapshot.State == "error" ? $"Use an earlier one: Get-ClusterEbsSnapshot -VolumeId {snapshot.VolumeId} -State completed -Newest 1." : "Run the line again when it is completed: Get-ClusterEbsSnapshot shows how far it is.");
    }

    private static void CheckZone(string zone, string region)
    {
        if (ZoneName.RegionOf(zone) == region) return;
        throw EbsPvException.Input(
            ErrorIds.ZoneOutsideRegion, $"The zone {zone} is not in {region}, where the snapshot is.", zone, "Choose a zone of that region; for another region, copy the snapshot there first (aws ec2 copy-snapshot).");
    }

    // The moment tells several restored volumes of one original apart.
    private static string NameOf(ClusterEbsSnapshot snapshot, ClusterEbsVolume? original)
    {
        var name = new[] { original?.Name, snapshot.Name }.FirstOrDefault(one => !string.IsNullOrEmpty(one)) ?? snapshot.VolumeId;
        var moment = snapshot.StartTime?.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) ?? "restored";
        var longest = PersistentVolumeRules.MaxName - moment.Length - 1;
        return $"{(name.Length <= longest ? name : name[..longest])}-{moment}";
    }

    private static List<KeyValuePair<string, string>> Tags(
        VolumeCopy copy, ClusterEbsSnapshot snapshot, string name, KeyValuePair<string, string> mark, VolumeRestoreRequest request)
    {
        // Nothing says what the cluster's driver goes by, as with a new volume of workers that say nothing.
        var profile = copy.IsTypeKnown ? [] : VolumeTags.OfProfile(request.ClusterName, TagProfile.All);
        List<KeyValuePair<string, string>> own =
            [new(VolumeTags.Name, name), new(VolumeTags.RestoredFrom, snapshot.SnapshotId ?? "planned"), mark];
        List<KeyValuePair<string, string>> tags =
        [
            .. own.Concat(request.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)).Concat(copy.Tags).Concat(profile).DistinctBy(tag => tag.Key),
        ];
        if (tags.Count <= VolumeTags.MaxCount) return tags;
        throw EbsPvException.Input(
            ErrorIds.TagInvalid, $"The volume would have {tags.Count} tags, and EC2 takes {VolumeTags.MaxCount}.", tags.Count, $"Give fewer with -Tag, or take some from {snapshot.VolumeId} first.");
    }

    private static string Digest(string region, string cluster, string identity) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', region, cluster, identity))))[..32].ToLowerInvariant();

    private static EbsPvException ZoneMissing(ClusterEbsSnapshot snapshot) => EbsPvException.Input(
        ErrorIds.DestinationZoneMissing,
        $"The volume {snapshot.VolumeId} of the snapshot {snapshot.SnapshotId} is gone, and no tag says which zone it was in.",
        snapshot.SnapshotId,
        "Name a zone with -DestinationZone: Get-WorkerZone shows where the cluster has workers.");

    private static EbsPvException Refused(ClusterEbsSnapshot snapshot, string errorId, string reason, string action) => new(
        ErrorKind.InvalidState, errorId, $"The snapshot {snapshot} {reason}. No volume is made of it.")
    {
        Target = snapshot.SnapshotId,
        RecommendedAction = action,
    };
}
