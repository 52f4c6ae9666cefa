namespace EbsPv.Ports;

/// <summary>EC2, as far as EbsPv needs it. Failures are <see cref="Errors.EbsPvException"/>.</summary>
public interface IEc2
{
    /// <summary>The region that is asked.</summary>
    string Region { get; }

    /// <summary>Instances that match all filters, page by page.</summary>
    IAsyncEnumerable<WorkerInstance> DescribeInstancesAsync(IReadOnlyList<Ec2Filter> filters, CancellationToken cancellationToken);

    /// <summary>Volumes that match all filters, a page of up to 500 at a time.</summary>
    IAsyncEnumerable<IReadOnlyList<ClusterEbsVolume>> DescribeVolumesAsync(
        IReadOnlyList<Ec2Filter> filters, CancellationToken cancellationToken);

    /// <summary>Makes a volume. The call is not cancelled once sent, and safe to repeat: its token makes EC2 answer with the same volume.</summary>
    Task<ClusterEbsVolume> CreateVolumeAsync(NewVolume volume, CancellationToken cancellationToken);

    /// <summary>Begins to change a volume. EC2 knows no token for it, so the call is repeated only when EC2 surely did nothing (a throttle):
    /// after a lost answer ask <see cref="DescribeVolumesModificationsAsync"/> first.</summary>
    Task<VolumeModification> ModifyVolumeAsync(VolumeChange change, CancellationToken cancellationToken);

    /// <summary>The latest modification of each volume of up to 200 that ever had one, a page at a time.</summary>
    IAsyncEnumerable<IReadOnlyList<VolumeModification>> DescribeVolumesModificationsAsync(
        IReadOnlyList<string> volumeIds, CancellationToken cancellationToken);

    /// <summary>Deletes a volume; one that is not there counts as deleted. The call is sent once: after a lost answer whoever called looks first.</summary>
    Task DeleteVolumeAsync(string volumeId, CancellationToken cancellationToken);

    /// <summary>Makes a snapshot. The call is sent once, since EC2 would make a second one: after a lost answer whoever called looks for its operation.</summary>
    Task<ClusterEbsSnapshot> CreateSnapshotAsync(NewSnapshot snapshot, CancellationToken cancellationToken);

    /// <summary>Snapshots of this account that match all filters, a page of up to 1,000 at a time.</summary>
    IAsyncEnumerable<IReadOnlyList<ClusterEbsSnapshot>> DescribeSnapshotsAsync(
        IReadOnlyList<Ec2Filter> filters, CancellationToken cancellationToken);

    /// <summary>Deletes a snapshot; one that is not there counts as deleted. The call is sent once: after a lost answer whoever called looks first.</summary>
    Task DeleteSnapshotAsync(string snapshotId, CancellationToken cancellationToken);

    /// <summary>Sets tags of volumes and snapshots, up to 200 of them in one call; a tag that is there gets the new value.</summary>
    Task CreateTagsAsync(IReadOnlyList<string> resourceIds, IReadOnlyList<KeyValuePair<string, string>> tags, CancellationToken cancellationToken);

    /// <summary>Takes tags away from volumes and snapshots, up to 200 of them in one call; a tag that is not there counts as taken away.</summary>
    Task DeleteTagsAsync(IReadOnlyList<string> resourceIds, IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>States of zones by name: available, information, impaired, unavailable, constrained.</summary>
    Task<IReadOnlyDictionary<string, string>> DescribeZoneStatesAsync(IReadOnlyList<string> zones, CancellationToken cancellationToken);
}
