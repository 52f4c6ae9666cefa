using EbsPv.Ports;

namespace EbsPv.Tests.Swaps;

/// <summary>EC2 with a moment before and after each change.</summary>
internal sealed class CutEc2(IEc2 ec2, Changes changes) : IEc2
{
    public string Region => ec2.Region;

    public Task<ClusterEbsVolume> CreateVolumeAsync(NewVolume volume, CancellationToken cancellationToken) =>
        changes.AroundAsync("CreateVolume", () => ec2.CreateVolumeAsync(volume, cancellationToken));

    public Task<VolumeModification> ModifyVolumeAsync(VolumeChange change, CancellationToken cancellationToken) =>
        changes.AroundAsync("ModifyVolume", () => ec2.ModifyVolumeAsync(change, cancellationToken));

    public Task DeleteVolumeAsync(string volumeId, CancellationToken cancellationToken) =>
        changes.AroundAsync("DeleteVolume", () => ec2.DeleteVolumeAsync(volumeId, cancellationToken));

    public Task<ClusterEbsSnapshot> CreateSnapshotAsync(NewSnapshot snapshot, CancellationToken cancellationToken) =>
        changes.AroundAsync("CreateSnapshot", () => ec2.CreateSnapshotAsync(snapshot, cancellationToken));

    public Task DeleteSnapshotAsync(string snapshotId, CancellationToken cancellationToken) =>
        changes.AroundAsync("DeleteSnapshot", () => ec2.DeleteSnapshotAsync(snapshotId, cancellationToken));

    public Task CreateTagsAsync(IReadOnlyList<string> resourceIds, IReadOnlyList<KeyValuePair<string, string>> tags, CancellationToken cancellationToken) =>
        changes.AroundAsync("CreateTags", () => ec2.CreateTagsAsync(resourceIds, tags, cancellationToken));

    public Task DeleteTagsAsync(IReadOnlyList<string> resourceIds, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        changes.AroundAsync("DeleteTags", () => ec2.DeleteTagsAsync(resourceIds, keys, cancellationToken));

    public IAsyncEnumerable<WorkerInstance> DescribeInstancesAsync(IReadOnlyList<Ec2Filter> filters, CancellationToken cancellationToken) =>
        ec2.DescribeInstancesAsync(filters, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<ClusterEbsVolume>> DescribeVolumesAsync(IReadOnlyList<Ec2Filter> filters, CancellationToken cancellationToken) =>
        ec2.DescribeVolumesAsync(filters, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<VolumeModification>> DescribeVolumesModificationsAsync(IReadOnlyList<string> volumeIds, CancellationToken cancellationToken) =>
        ec2.DescribeVolumesModificationsAsync(volumeIds, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<ClusterEbsSnapshot>> DescribeSnapshotsAsync(IReadOnlyList<Ec2Filter> filters, CancellationToken cancellationToken) =>
        ec2.DescribeSnapshotsAsync(filters, cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> DescribeZoneStatesAsync(IReadOnlyList<string> zones, CancellationToken cancellationToken) =>
        ec2.DescribeZoneStatesAsync(zones, cancellationToken);
}
