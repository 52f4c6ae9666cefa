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
        ids => SnapshotsById.ReadAsync(ec2, ids, CancellationToken.None), snapshot => snapshot.State != "pending", TimeSpan.FromSeconds(15), reporter, time);

    private readonly JointWait<ClusterEbsVolume> _volumes = new(
        ids => VolumesById.ReadAsync(ec2, ids, CancellationToken.None), volume => volume.State != "creating", TimeSpan.FromSeconds(10), reporter, time);

    /// <summary>The disk that another run made for the swap; null when none did.</summary>
    public async Task<ClusterEbsVolume?> FindAsync(SwapPlan plan, CancellationToken cancellationToken) =>
        plan.IsNew ? null : await new SureVolume(ec2, reporter, time).FindAsync(Mark(plan.Intent), plan.Intent.DestinationZone, cancellationToken).ConfigureAwait(false);

    /// <summary>The disk of a swap that is given up: null for none. An earlier run may have made it, or this one without being told what came of it.</summary>
    public async Task<ClusterEbsVolume?> LeftAsync(SwapPlan plan, ClusterEbsVolume? made, CancellationToken cancellationToken) =>
        plan.Intent.Kind == SwapKind.Convert ? null : made ?? await FindAsync(plan with { IsNew = false }, cancellationToken).ConfigureAwait(false);

    /// <summary>A completed snapshot of the old disk. That it is begun is noted first: a run that is cut off right after the call leaves a
    /// snapshot that EC2 may not show yet, and the next run then waits for it instead of making a second one.</summary>
    public async Task<ClusterEbsSnapshot> SnapshotAsync(SwapPlan plan, SwapNote note, CancellationToken cancellationToken)
    {
        var intent = plan.Intent;
        var wanted = new NewSnapshot(intent.VolumeId, intent.Operation, $"{intent.PersistentVolume} on its way to {intent.DestinationZone}, by EbsPv", plan.SnapshotTags);
        var snapshot = await FindAsync(intent, wanted, cancellationToken).ConfigureAwait(false);
        while (snapshot is null)
        {
            var begun = intent with { SnapshotBegun = time.GetUtcNow() };
            intent = await note.WriteAsync(begun, cancellationToken).ConfigureAwait(false);
            // Another run of the same line may have begun it in between, and one is enough.
            snapshot = intent == begun ? await CreateAsync(wanted, cancellationToken).ConfigureAwait(false) : await FindAsync(intent, wanted, cancellationToken).ConfigureAwait(false);
        }

        return await CompletedAsync(snapshot, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The new disk, available.</summary>
    public async Task<ClusterEbsVolume> VolumeAsync(SwapPlan plan, string snapshotId, CancellationToken cancellationToken)
    {
        var intent = plan.Intent;
        var mark = Mark(intent);
        var wanted = new NewVolume(intent.DestinationZone, plan.Spec! with { SnapshotId = snapshotId }, plan.Tags, "");
        // It was looked for in vain, or nobody can have made it.
        var volume = await GatedAsync(
            volumeGate,
            () => new SureVolume(ec2, reporter, time).CreateAsync(
                wanted, mark, attempt => ClientToken.For(intent.Region, intent.PersistentVolume, intent.Kind.ToString(), intent.Operation, attempt), cancellationToken),
            cancellationToken).ConfigureAwait(false);
        reporter.Verbose($"{intent.PersistentVolume}: new disk {volume.VolumeId} in {intent.DestinationZone}, of {snapshotId}.");
        return await AvailableAsync(volume, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until a disk is available.</summary>
    public async Task<ClusterEbsVolume> AvailableAsync(ClusterEbsVolume volume, CancellationToken cancellationToken)
    {
        if (volume.State is "available" or "in-use") return volume;
        var settled = await InTimeAsync(() => _volumes.WaitAsync(volume.VolumeId!, options.DiskTimeout, cancellationToken), () => VolumeWaiter.TimedOut(volume.VolumeId!, volume.State, options.DiskTimeout)).ConfigureAwait(false);
        if (settled is { State: "available" or "in-use" }) return settled;
        throw VolumeWaiter.Gone(volume.VolumeId!, settled is null ? "is not to be seen a minute later" : $"went to the state '{settled.State}'");
    }

    private static KeyValuePair<string, string> Mark(SwapIntent intent) => new(SnapshotTags.Operation, intent.Operation);

    private async Task<ClusterEbsSnapshot> CreateAsync(NewSnapshot wanted, CancellationToken cancellationToken)
    {
        var snapshot = await GatedAsync(snapshotGate, () => new SnapshotCreator(ec2, reporter, time).CreateAsync(wanted, options.DiskTimeout, cancellationToken), cancellationToken).ConfigureAwait(false);
        reporter.Verbose($"{wanted.Description}: snapshot {snapshot.SnapshotId} of {wanted.VolumeId} is begun.");
        return snapshot;
    }

    private async Task<ClusterEbsSnapshot?> FindAsync(SwapIntent intent, NewSnapshot wanted, CancellationToken cancellationToken)
    {
        if (intent.SnapshotBegun is not { } begun) return null;
        var latest = time.GetUtcNow() + ShownWithin;
        var shownBy = begun + ShownWithin < latest ? begun + ShownWithin : latest;
        while (true)
        {
            var found = await SnapshotLookup.FindAsync(ec2, wanted, cancellationToken).ConfigureAwait(false);
            if (found is not null || time.GetUtcNow() >= shownBy) return found is { State: "error" } ? null : found;
            reporter.Verbose($"{intent.PersistentVolume}: another run may just have begun a snapshot; looking whether EC2 shows it.");
            await Task.Delay(LookAgain, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ClusterEbsSnapshot> CompletedAsync(ClusterEbsSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (snapshot.State == "completed") return snapshot;
        var settled = await InTimeAsync(() => _snapshots.WaitAsync(snapshot.SnapshotId!, options.DiskTimeout, cancellationToken), () => SnapshotWaiter.TimedOut(snapshot, options.DiskTimeout)).ConfigureAwait(false);
        if (settled is { State: "completed" }) return settled;
        throw SnapshotWaiter.Failed(snapshot, settled is null ? "is not to be seen a minute later" : $"went to the state '{settled.State}'");
    }

    private static async Task<T?> InTimeAsync<T>(Func<Task<T?>> wait, Func<EbsPvException> late)
        where T : class
    {
        try
        {
            return await wait().ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
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
}
