using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Swaps;
using EbsPv.Volumes;

namespace EbsPv.Growth;

/// <summary>
/// Grows PersistentVolumes: by their claims, where the driver does the rest, or volume first and capacity second. EC2's changes are waited for together.
/// Every step looks at what is there, so that a run that was cut off is finished by the next one.
/// </summary>
public sealed class GrowthRun : IAsyncDisposable
{
    private readonly ICluster _cluster;
    private readonly IReadOnlyList<GrowthPlan> _plans;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly SwapWatches _watches;
    private readonly VolumeChangeRun _changes;
    private readonly Dictionary<GrowthPlan, int> _changeOf = new(ReferenceEqualityComparer.Instance);

    /// <summary>A run over plans, each of another PersistentVolume.</summary>
    public GrowthRun(IEc2 ec2, ICluster cluster, GrowthFacts facts, IReadOnlyList<GrowthPlan> plans, int throttleLimit, TimeSpan timeout, IReporter reporter, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(plans);
        _cluster = cluster;
        _plans = plans;
        _timeout = timeout;
        _time = time ?? TimeProvider.System;
        _watches = new SwapWatches(cluster, facts.ResourceVersion, _time);
        var changes = plans.Where(plan => plan.VolumeChange is not null).ToList();
        for (var index = 0; index < changes.Count; index++) _changeOf.Add(changes[index], index);
        _changes = new VolumeChangeRun(ec2, [.. changes.Select(plan => plan.VolumeChange!)], new VolumeChangeOptions { ThrottleLimit = throttleLimit, Timeout = timeout }, reporter, _time);
    }

    /// <summary>Sends the changes of volumes and waits for them; every failure goes to the PersistentVolume that it belongs to.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _changeOf.Count == 0 ? Task.CompletedTask : _changes.RunAsync(cancellationToken);

    /// <summary>The PersistentVolume of the plan at an index, once it has its size.</summary>
    public Task<EbsPersistentVolume> GrowAsync(int index, CancellationToken cancellationToken) => _plans[index].Way switch
    {
        GrowthWay.ByClaim => ByClaimAsync(_plans[index], cancellationToken),
        GrowthWay.ByVolume => ByVolumeAsync(_plans[index], cancellationToken),
        _ => Task.FromResult(_plans[index].PersistentVolume),
    };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _watches.DisposeAsync();

    private async Task<EbsPersistentVolume> ByVolumeAsync(GrowthPlan plan, CancellationToken cancellationToken)
    {
        if (_changeOf.TryGetValue(plan, out var index)) await _changes.VolumeAsync(index).WaitAsync(cancellationToken).ConfigureAwait(false);
        var old = plan.PersistentVolume;
        return await new ConditionalChange<EbsPersistentVolume>(
            IsGrown,
            current => _cluster.PatchPersistentVolumeAsync(current, new PersistentVolumePatch { Capacity = plan.Capacity }, CancellationToken.None),
            token => _cluster.GetPersistentVolumeAsync(old.Name, token),
            _time).ApplyAsync(old, cancellationToken).ConfigureAwait(false) ?? throw Gone(plan);

        bool IsGrown(EbsPersistentVolume current) => current.Uid == old.Uid ? GrowthPlanner.Has(current.Capacity, plan.Size) : throw Gone(plan);
    }

    private async Task<EbsPersistentVolume> ByClaimAsync(GrowthPlan plan, CancellationToken cancellationToken)
    {
        var claim = plan.Claim!;
        _ = await new ConditionalChange<EbsPersistentVolumeClaim>(
            IsAsking,
            current => _cluster.PatchClaimAsync(current, new ClaimPatch { Request = plan.Capacity }, CancellationToken.None),
            token => _cluster.GetClaimAsync(claim.Namespace, claim.Name, token),
            _time).ApplyAsync(claim, cancellationToken).ConfigureAwait(false) ?? throw ClaimGone(plan);
        return await SettledAsync(plan, cancellationToken).ConfigureAwait(false);

        bool IsAsking(EbsPersistentVolumeClaim current) => current.Uid == claim.Uid ? GrowthPlanner.Has(current.Request, plan.Size) : throw ClaimGone(plan);
    }

    private async Task<EbsPersistentVolume> SettledAsync(GrowthPlan plan, CancellationToken cancellationToken)
    {
        var (old, claim) = (plan.PersistentVolume, plan.Claim!);
        try
        {
            var capacity = _watches.VolumeAsync(
                old, old.Name, volume => volume is null || volume.Uid != old.Uid || GrowthPlanner.Has(volume.Capacity, plan.Size), _timeout, cancellationToken);
            var settled = _watches.ClaimAsync(
                claim.Namespace, claim.Name, current => current is null || current.Uid != claim.Uid || GrowthPlanner.IsDoneByDriver(current, plan.Size), _timeout, cancellationToken);
            await Task.WhenAll(capacity, settled).ConfigureAwait(false);
            if ((await settled.ConfigureAwait(false))?.Uid != claim.Uid) throw ClaimGone(plan);
            return await capacity.ConfigureAwait(false) is { } grown && grown.Uid == old.Uid ? grown : throw Gone(plan);
        }
        catch (TimeoutException)
        {
            throw await TimedOutAsync(plan, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<EbsPvException> TimedOutAsync(GrowthPlan plan, CancellationToken cancellationToken)
    {
        var newest = await _cluster.GetClaimAsync(plan.Claim!.Namespace, plan.Claim.Name, cancellationToken).ConfigureAwait(false);
        var conditions = newest is { Conditions.Count: > 0 } ? $" ({string.Join(", ", newest.Conditions)})" : "";
        return new EbsPvException(
            ErrorKind.Timeout,
            ErrorIds.ClaimWaitTimedOut,
            $"The claim {plan.Claim} asks for {plan.Capacity}, and after {_timeout.TotalSeconds:0} seconds the driver has not given it that{conditions}. The driver goes on with it.")
        {
            Target = plan.PersistentVolume.Name,
            RecommendedAction = $"See what hinders it: kubectl describe pvc -n {plan.Claim.Namespace} {plan.Claim.Name}; the csi-resizer of the driver's controller does it. Run the same line again, which waits on; -TimeoutSeconds waits longer.",
        };
    }

    private static EbsPvException Gone(GrowthPlan plan) => new(
        ErrorKind.NotFound, ErrorIds.PersistentVolumeNotFound, $"The PersistentVolume {plan.PersistentVolume.Name} was deleted, or made anew, by somebody else meanwhile.")
    {
        Target = plan.PersistentVolume.Name,
        RecommendedAction = $"Find out by whom; look at its volume {plan.Volume.VolumeId}, then run the line again.",
    };

    private static EbsPvException ClaimGone(GrowthPlan plan) => new(
        ErrorKind.InvalidState, ErrorIds.ClaimGone, $"The claim {plan.Claim} of {plan.PersistentVolume.Name} was deleted, or made anew, meanwhile.")
    {
        Target = plan.PersistentVolume.Name,
        RecommendedAction = "Run the line again: without its claim the volume is grown first, and then the capacity.",
    };
}
