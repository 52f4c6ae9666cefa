using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Snapshots;
using EbsPv.Volumes;
using EbsPv.Waiting;

namespace EbsPv.Swaps;

/// <summary>Makes the new disks of a run. Each snapshot and each volume carries its swap's identity, by which a later run finds it; all are
/// waited for together.</summary>
internal sealed class SwapDisks(IEc2 ec2, SwapOptions options, SemaphoreSlim snapshotGate, SemaphoreSlim volumeGate, IReporter reporter, TimeProvider time)
{
    private static readonly TimeSpan ShownWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(4);

    private readonly JointWait<ClusterEbsSnapshot> _snapshots = new(
        ids => ReadSnapshotsAsync(ec2, ids), snapshot => snapshot.State != "pending", TimeSpan.FromSeconds(15), reporter, time);

    private readonly JointWait<ClusterEbsVolume> _volumes = new(
        ids => VolumesById.ReadAsync(ec2, ids, CancellationToken.None), volume => volume.State != "creating", TimeSpan.FromSeconds(10), reporter, time);

    /// <summary>The disk that an earlier run made for the swap; null when it made none.</summary>
    public Task<ClusterEbsVolume?> FindAsync(SwapIntent intent, CancellationToken cancellationToken) =>
        new SureVolume(ec2, reporter, time).FindAsync(Mark(intent), intent.DestinationZone, cancellationToken);

    /// <summary>A completed snapshot of the old disk. That it is begun is noted first: a run that is cut off right after the call leaves a
    /// snapshot that EC2 may not show yet, and the next run then waits for it instead of making a second one.</summary>
    public async Task<ClusterEbsSnapshot> SnapshotAsync(SwapPlan plan, ISwapNote note, CancellationToken cancellationToken)
    {
        var intent = plan.Intent;
        var wanted = new NewSnapshot(intent.VolumeId, intent.Operation, $"{intent.PersistentVolume} on its way to {intent.DestinationZone}, by EbsPv", plan.SnapshotTags);
        var snapshot = await FindAsync(intent, wanted, cancellationToken).ConfigureAwait(false);
        if (snapshot is null)
        {
            await note.WriteAsync(intent with { SnapshotBegun = time.GetUtcNow() }, cancellationToken).ConfigureAwait(false);
            snapshot = await GatedAsync(snapshotGate, () => new SnapshotCreator(ec2, reporter, time).CreateAsync(wanted, options.DiskTimeout, cancellationToken), cancellationToken).ConfigureAwait(false);
            reporter.Verbose($"{intent.PersistentVolume}: snapshot {snapshot.SnapshotId} of {intent.VolumeId} is begun.");
        }

        return await CompletedAsync(snapshot, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The new disk, available.</summary>
    public async Task<ClusterEbsVolume> VolumeAsync(SwapPlan plan, string snapshotId, CancellationToken cancellationToken)
    {
        var intent = plan.Intent;
        var mark = Mark(intent);
        var wanted = new NewVolume(intent.DestinationZone, plan.Spec! with { SnapshotId = snapshotId }, plan.Tags, "");
        var volume = await GatedAsync(
            volumeGate,
            () => new SureVolume(ec2, reporter, time).MakeAsync(
                wanted, mark, attempt => ClientToken.For(intent.Region, intent.PersistentVolume, intent.Kind.ToString(), intent.Operation, attempt), cancellationToken),
            cancellationToken).ConfigureAwait(false);
        reporter.Verbose($"{intent.PersistentVolume}: new disk {volume.VolumeId} in {intent.DestinationZone}, of {snapshotId}.");
        return await AvailableAsync(volume, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until a disk is available.</summary>
    public async Task<ClusterEbsVolume> AvailableAsync(ClusterEbsVolume volume, CancellationToken cancellationToken)
    {
        if (volume.State is "available" or "in-use") return volume;
        var settled = await InTimeAsync(() => _volumes.WaitAsync(volume.VolumeId!, options.DiskTimeout, cancellationToken), () => _volumes.Forget(volume.VolumeId!), () => VolumeWaiter.TimedOut(volume.VolumeId!, volume.State, options.DiskTimeout)).ConfigureAwait(false);
        if (settled is { State: "available" or "in-use" }) return settled;
        throw VolumeWaiter.Gone(volume.VolumeId!, settled is null ? "is not to be seen a minute later" : $"went to the state '{settled.State}'");
    }

    private static KeyValuePair<string, string> Mark(SwapIntent intent) => new(SnapshotTags.Operation, intent.Operation);

    private async Task<ClusterEbsSnapshot?> FindAsync(SwapIntent intent, NewSnapshot wanted, CancellationToken cancellationToken)
    {
        if (intent.SnapshotBegun is not { } begun) return null;
        var latest = time.GetUtcNow() + ShownWithin;
        var shownBy = begun + ShownWithin < latest ? begun + ShownWithin : latest;
        while (true)
        {
            var found = await SnapshotLookup.FindAsync(ec2, wanted, cancellationToken).ConfigureAwait(false);
            if (found is not null || time.GetUtcNow() >= shownBy) return found is { State: "error" } ? null : found;
            reporter.Verbose($"{intent.PersistentVolume}: an earlier run may just have begun a snapshot; looking whether EC2 shows it.");
            await Task.Delay(LookAgain, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ClusterEbsSnapshot> CompletedAsync(ClusterEbsSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (snapshot.State == "completed") return snapshot;
        var settled = await InTimeAsync(() => _snapshots.WaitAsync(snapshot.SnapshotId, options.DiskTimeout, cancellationToken), () => _snapshots.Forget(snapshot.SnapshotId), () => SnapshotWaiter.TimedOut(snapshot, options.DiskTimeout)).ConfigureAwait(false);
        if (settled is { State: "completed" }) return settled;
        throw SnapshotWaiter.Failed(snapshot, settled is null ? "is not to be seen a minute later" : $"went to the state '{settled.State}'");
    }

    private static async Task<T?> InTimeAsync<T>(Func<Task<T?>> wait, Action forget, Func<EbsPvException> late)
        where T : class
    {
        try
        {
            return await wait().ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            forget();
            throw late();
        }
    }

    private static async Task<T> GatedAsync<T>(SemaphoreSlim gate, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    private static async Task<IReadOnlyDictionary<string, ClusterEbsSnapshot>> ReadSnapshotsAsync(IEc2 ec2, IReadOnlyList<string> ids)
    {
        var found = new Dictionary<string, ClusterEbsSnapshot>(StringComparer.Ordinal);
        // One unknown id fails a whole call by id; a filter leaves it out.
        await foreach (var page in ec2.DescribeSnapshotsAsync([Ec2Filter.Exactly("snapshot-id", [.. ids])], CancellationToken.None).ConfigureAwait(false))
            foreach (var snapshot in page)
                found[snapshot.SnapshotId] = snapshot;
        return found;
    }
}
