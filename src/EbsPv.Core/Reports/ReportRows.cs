using EbsPv.PersistentVolumes;
using EbsPv.Pricing;
using EbsPv.Storage;
using EbsPv.Swaps;
using EbsPv.Volumes;

namespace EbsPv.Reports;

/// <summary>Makes the rows of the storage report. It makes no call.</summary>
/// <param name="facts">What Kubernetes says.</param>
/// <param name="prices">What volumes cost.</param>
/// <param name="target">Region, cluster and context of the report.</param>
/// <param name="now">The time that ages are counted to.</param>
public sealed class ReportRows(StorageFacts facts, VolumePrices prices, ReportTarget target, DateTimeOffset now)
{
    /// <summary>The rows of a volume, one for each PersistentVolume that stands for it; or of a claim.</summary>
    public IEnumerable<ClusterStorageReportRow> Of(StorageItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Claim is { } waiting) return [OfClaim(waiting)];
        return item.Registrations.Count == 0 ? OfVolume(item) : item.Registrations.Select(one => With(Base(item), item, one));
    }

    // A volume that is being deleted, and that nothing stands for, is none any more.
    private ClusterStorageReportRow[] OfVolume(StorageItem item) => item.Sight == VolumeSight.Seen ? [Base(item)] : [];

    private ClusterStorageReportRow Base(StorageItem item)
    {
        var volume = item.Volume;
        var cost = volume?.VolumeType is null ? null : prices.MonthlyCost(volume.Region, VolumeShape.Of(volume));
        return new ClusterStorageReportRow
        {
            Kind = KindOf(item),
            VolumeId = item.VolumeId,
            Name = volume?.Name,
            AvailabilityZone = volume?.AvailabilityZone,
            Size = volume?.Size,
            VolumeType = volume?.VolumeType,
            Iops = volume?.Iops,
            Throughput = volume?.Throughput,
            State = volume?.State,
            AttachedTo = [.. (volume?.Attachments ?? []).Select(one => one.InstanceId)],
            Node = [.. NodesOf(volume).Distinct()],
            LastSnapshotId = item.LastSnapshot?.SnapshotId,
            LastSnapshotTime = item.LastSnapshot?.StartTime,
            LastSnapshotAge = item.LastSnapshot?.StartTime is { } taken ? now - taken : null,
            MonthlyCost = cost,
            Currency = cost is null ? null : VolumePrices.Currency,
            PriceDate = cost is null ? null : prices.Find(volume!.Region, volume.VolumeType!)?.Date,
            SwapUnderWay = IsOfSwap(item),
            Retired = volume is not null && VolumeTags.IsRetired(volume.Tags),
            Tags = volume?.Tags ?? new Dictionary<string, string>(),
            CreateTime = volume?.CreateTime,
            Region = target.Region,
            ClusterName = target.ClusterName,
            Context = target.Context,
        };
    }

    private ClusterStorageReportRow With(ClusterStorageReportRow row, StorageItem item, RegisteredVolume registered)
    {
        var persistentVolume = registered.PersistentVolume;
        return row with
        {
            PersistentVolume = SwapHolder.Is(persistentVolume) ? registered.Swap?.PersistentVolume ?? persistentVolume.Name : persistentVolume.Name,
            Claim = persistentVolume.Claim,
            Pod = [.. registered.Pods.Select(pod => pod.ToString()).Order(StringComparer.Ordinal)],
            Node =
            [
                .. registered.Pods.Select(pod => pod.NodeName).OfType<string>()
                    .Concat(registered.Attachments.Select(one => one.NodeName)).Concat(NodesOf(item.Volume)).Distinct().Order(StringComparer.Ordinal),
            ],
            AvailabilityZone = row.AvailabilityZone ?? persistentVolume.AvailabilityZone,
            Status = persistentVolume.Status,
            ClaimStatus = registered.Claim?.Status,
            Capacity = persistentVolume.Capacity,
            StorageClassName = persistentVolume.StorageClassName,
            SwapUnderWay = row.SwapUnderWay || registered.IsSwapping,
        };
    }

    private ClusterStorageReportRow OfClaim(WaitingClaim waiting) => new()
    {
        Kind = ClusterStorageKind.ClaimWaiting,
        PersistentVolume = waiting.Claim.VolumeName,
        Claim = waiting.Claim.ToString(),
        Pod = [.. waiting.Pods.Select(pod => pod.ToString()).Order(StringComparer.Ordinal)],
        Node = [.. waiting.Pods.Select(pod => pod.NodeName).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
        ClaimStatus = waiting.Claim.Status,
        StorageClassName = waiting.Claim.StorageClassName,
        Size = Quantity.WholeGiB(waiting.Claim.Request),
        SwapUnderWay = NotedSwap.IsUnderWay(waiting.Claim),
        Region = target.Region,
        ClusterName = target.ClusterName,
        Context = target.Context,
    };

    private bool IsOfSwap(StorageItem item) => item is { VolumeId: { } id, Volume: { } volume } && facts.Swaps.Of(id, volume.Tags) is not null;

    private ClusterStorageKind KindOf(StorageItem item) => item.Sight switch
    {
        VolumeSight.Unknown => ClusterStorageKind.VolumeUnknown,
        VolumeSight.Gone => ClusterStorageKind.VolumeGone,
        _ when item.Registrations.Count > 0 => ClusterStorageKind.Registered,
        _ when VolumeTags.IsRetired(item.Volume!.Tags) => ClusterStorageKind.Retired,
        _ => IsOfSwap(item) ? ClusterStorageKind.SwapUnderWay : ClusterStorageKind.Unregistered,
    };

    private IEnumerable<string> NodesOf(ClusterEbsVolume? volume) => volume is null || volume.Attachments.Count == 0
        ? []
        : facts.Nodes.Where(node => volume.Attachments.Any(one => one.InstanceId == node.InstanceId)).Select(node => node.Name);
}
