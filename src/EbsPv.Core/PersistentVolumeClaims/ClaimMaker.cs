using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Waiting;

namespace EbsPv.PersistentVolumeClaims;

/// <summary>
/// Makes the claims of one namespace and waits for them: one list, one post each, one watch for all. A post whose name is taken is compared
/// and adopted, so that a lost answer or a second run never makes a second claim.
/// </summary>
public sealed class ClaimMaker : IAsyncDisposable
{
    private const int MaxPosts = 4;
    private static readonly TimeSpan PauseAfterLoss = TimeSpan.FromMilliseconds(200);

    private readonly ICluster _cluster;
    private readonly ClaimOptions _options;
    private readonly Dictionary<string, EbsPersistentVolumeClaim> _existing;
    private readonly WatchedObjects<EbsPersistentVolumeClaim> _watched;
    private readonly SemaphoreSlim _gate;
    private readonly TimeProvider _time;

    private ClaimMaker(ICluster cluster, string ns, ClaimOptions options, IReadOnlyList<EbsPersistentVolumeClaim> existing, string resourceVersion, TimeProvider time)
    {
        _cluster = cluster;
        _options = options;
        _existing = existing.ToDictionary(claim => claim.Name, StringComparer.Ordinal);
        _time = time;
        _gate = new SemaphoreSlim(options.ThrottleLimit);
        _watched = new WatchedObjects<EbsPersistentVolumeClaim>(stop => cluster.WatchClaimsAsync(ns, resourceVersion, stop), claim => claim.Name, time);
    }

    /// <summary>For one namespace, whose claims are read once.</summary>
    public static async Task<ClaimMaker> BeginAsync(ICluster cluster, string ns, ClaimOptions options, CancellationToken cancellationToken, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(options);
        var (claims, version) = await cluster.ListClaimsAsync(ns, cancellationToken).ConfigureAwait(false);
        return new ClaimMaker(cluster, ns, options, claims, version, time ?? TimeProvider.System);
    }

    /// <summary>The claim to post for a PersistentVolume; null when it is there.</summary>
    /// <exception cref="EbsPvException">What <see cref="ClaimPlanner.Plan"/> refuses.</exception>
    public PersistentVolumeClaimSpec? Plan(EbsPersistentVolume volume, ClaimReference claim) =>
        ClaimPlanner.Plan(volume, claim, _options, _existing.GetValueOrDefault(claim.Name));

    /// <summary>The warning for a claim that is there and is not what was asked for; null for any other.</summary>
    public SharedWarning? Difference(ClaimReference claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return _existing.TryGetValue(claim.Name, out var existing) ? ClaimPlanner.Difference(existing, _options) : null;
    }

    /// <summary>Makes the claim, or takes the one that is there, and waits until it is Bound.</summary>
    /// <exception cref="EbsPvException">ClaimConflict, ClaimLost, ClaimWaitTimedOut, and what the API server refuses.</exception>
    public async Task<EbsPersistentVolumeClaim> MakeAsync(EbsPersistentVolume volume, ClaimReference reference, PersistentVolumeClaimSpec? spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(reference);
        var claim = spec is null ? _existing[reference.Name] with { Adopted = true } : await PostAsync(volume, spec, cancellationToken).ConfigureAwait(false);
        if (!_options.Wait || claim.Status == "Bound") return claim;
        return await BoundAsync(claim, volume, cancellationToken).ConfigureAwait(false) with { Adopted = claim.Adopted };
    }

    /// <summary>Ends the watch; may be called again.</summary>
    public ValueTask DisposeAsync() => _watched.DisposeAsync();

    private async Task<EbsPersistentVolumeClaim> PostAsync(EbsPersistentVolume volume, PersistentVolumeClaimSpec spec, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                if (await TryPostAsync(volume, spec, attempt, cancellationToken).ConfigureAwait(false) is { } claim) return claim;
                await Task.Delay(PauseAfterLoss * attempt, _time, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    // Null: the answer is lost. The post may have arrived all the same: posted again it is then a name that is taken, by us.
    private async Task<EbsPersistentVolumeClaim?> TryPostAsync(EbsPersistentVolume volume, PersistentVolumeClaimSpec spec, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await CreateOrAdoptAsync(volume, spec, isFirst: attempt == 1, cancellationToken).ConfigureAwait(false);
        }
        catch (EbsPvException lost) when (lost.Kind is ErrorKind.Connection or ErrorKind.Service && attempt < MaxPosts)
        {
            return null;
        }
    }

    private async Task<EbsPersistentVolumeClaim> CreateOrAdoptAsync(EbsPersistentVolume volume, PersistentVolumeClaimSpec spec, bool isFirst, CancellationToken cancellationToken)
    {
        try
        {
            return await _cluster.CreateClaimAsync(spec, CancellationToken.None).ConfigureAwait(false);
        }
        catch (EbsPvException taken) when (taken.Kind == ErrorKind.Conflict)
        {
            var owner = await _cluster.GetClaimAsync(spec.Namespace, spec.Name, cancellationToken).ConfigureAwait(false);
            if (owner is null) throw;
            if (!ClaimPlanner.IsFor(owner, volume)) throw ClaimPlanner.Taken(owner, volume);
            return owner with { Adopted = isFirst };
        }
    }

    private async Task<EbsPersistentVolumeClaim> BoundAsync(EbsPersistentVolumeClaim claim, EbsPersistentVolume volume, CancellationToken cancellationToken)
    {
        try
        {
            var settled = await _watched.WaitAsync(
                claim.Name, newest => newest is { Status: not "Pending" } && newest.Uid == claim.Uid, _options.Timeout, cancellationToken).ConfigureAwait(false);
            return settled!.Status == "Bound" && settled.VolumeName == volume.Name ? settled : throw Lost(settled, volume);
        }
        catch (TimeoutException)
        {
            throw TimedOut(claim, volume);
        }
    }

    private static EbsPvException Lost(EbsPersistentVolumeClaim claim, EbsPersistentVolume volume) => new(
        ErrorKind.InvalidState, ErrorIds.ClaimLost, $"The claim {claim} is {claim.Status}: the PersistentVolume {volume.Name} went away, or to another claim, before they were bound.")
    {
        Target = claim.ToString(),
        RecommendedAction = $"See who has it: Get-EbsPersistentVolume {volume.Name}; kubectl describe pvc -n {claim.Namespace} {claim.Name}.",
    };

    private EbsPvException TimedOut(EbsPersistentVolumeClaim claim, EbsPersistentVolume volume) => new(
        ErrorKind.Timeout, ErrorIds.ClaimWaitTimedOut, $"The claim {claim} was made and is still {claim.Status} after {_options.Timeout.TotalSeconds:0} seconds; it is for {volume.Name}.")
    {
        Target = claim.ToString(),
        RecommendedAction = $"kubectl describe pvc -n {claim.Namespace} {claim.Name} tells what it waits for. The same line goes on waiting; -TimeoutSeconds waits longer.",
    };
}
