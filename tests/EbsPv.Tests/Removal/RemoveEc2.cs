using EbsPv.Ports;

namespace EbsPv.Tests.Removal;

/// <summary>EC2, with a moment just before a delete in which anything may happen.</summary>
internal sealed class RemoveEc2(IEc2 ec2) : IEc2
{
    public Action<string>? BeforeDelete { get; set; }

    public string Region => ec2.Region;

    public Task DeleteVolumeAsync(string volumeId, CancellationToken cancellationToken)
    {
        BeforeDelete?.Invoke(volumeId);
        return ec2.DeleteVolumeAsync(volumeId, cancellationToken);
    }

    public IAsyncEnumerable<WorkerInstance> DescribeInstancesAsync(IReadOnlyList<Ec2Filter> filters, CancellationToken cancellationToken) =>
        ec2.DescribeInstancesAsync(filters, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<ClusterEbsVolume>> DescribeVolumesAsync(
        IReadOnlyList<Ec2Filter> filters, CancellationToken cancellationToken) => ec2.DescribeVolumesAsync(filters, cancellationToken);

    public Task<ClusterEbsVolume> CreateVolumeAsync(NewVolume volume, CancellationToken cancellationToken) =>
        ec2.CreateVolumeAsync(volume, cancellationToken);

    public Task<VolumeModification> ModifyVolumeAsync(VolumeChange change, CancellationToken cancellationToken) =>
        ec2.ModifyVolumeAsync(change, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<VolumeModification>> DescribeVolumesModificationsAsync(
        IReadOnlyList<string> volumeIds, CancellationToken cancellationToken) => ec2.DescribeVolumesModificationsAsync(volumeIds, cancellationToken);

    public Task<ClusterEbsSnapshot> CreateSnapshotAsync(NewSnapshot snapshot, CancellationToken cancellationToken) =>
        ec2.CreateSnapshotAsync(snapshot, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<ClusterEbsSnapshot>> DescribeSnapshotsAsync(
        IReadOnlyList<Ec2Filter> filters, CancellationToken cancellationToken) => ec2.DescribeSnapshotsAsync(filters, cancellationToken);

    public Task DeleteSnapshotAsync(string snapshotId, CancellationToken cancellationToken) => ec2.DeleteSnapshotAsync(snapshotId, cancellationToken);

    public Task CreateTagsAsync(IReadOnlyList<string> resourceIds, IReadOnlyList<KeyValuePair<string, string>> tags, CancellationToken cancellationToken) =>
        ec2.CreateTagsAsync(resourceIds, tags, cancellationToken);

    public Task DeleteTagsAsync(IReadOnlyList<string> resourceIds, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        ec2.DeleteTagsAsync(resourceIds, keys, cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> DescribeZoneStatesAsync(IReadOnlyList<string> zones, CancellationToken cancellationToken) =>
        ec2.DescribeZoneStatesAsync(zones, cancellationToken);
}
