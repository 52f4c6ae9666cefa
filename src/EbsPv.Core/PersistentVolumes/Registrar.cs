using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Swaps;
using EbsPv.Waiting;

namespace EbsPv.PersistentVolumes;

/// <summary>
/// Posts PersistentVolumes and waits for them: one post each, one watch for all. A post whose name is taken is compared and adopted, so
/// that a lost answer, a second run or a run beside this one never makes a second PersistentVolume for a volume.
/// </summary>
public sealed class Registrar : IAsyncDisposable
{
    private const int MaxPosts = 4;
    private static readonly TimeSpan PauseAfterLoss = TimeSpan.FromMilliseconds(200);

    private readonly ICluster _cluster;
    private readonly RegistrationOptions _options;
    private readonly WatchedObjects<EbsPersistentVolume> _watched;
    private readonly SemaphoreSlim _gate;
    private readonly TimeProvider _time;
    private readonly RegistrationGuard _guard;

    /// <summary>A registrar for one run.</summary>
    public Registrar(ICluster cluster, ClusterFacts facts, RegistrationOptions options, TimeProvider? time = null, IReporter? reporter = null)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(options);
        _cluster = cluster;
        _options = options;
        _gate = new SemaphoreSlim(options.ThrottleLimit);
        _guard = new RegistrationGuard(cluster, facts, reporter);
        _time = time ?? TimeProvider.System;
        _watched = new WatchedObjects<EbsPersistentVolume>(
            stop => cluster.WatchPersistentVolumesAsync(facts.ResourceVersion, stop), volume => volume.Name, _time);
    }

    /// <summary>Registers one volume, or takes the PersistentVolume that it has.</summary>
    /// <exception cref="EbsPvException">PersistentVolumeConflict, SwapUnderWay, VolumeRetired, PersistentVolumeWaitTimedOut, and what the API server refuses.</exception>
    public async Task<EbsPersistentVolume> RegisterAsync(Registration registration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registration);
        await CheckAsync(registration, cancellationToken).ConfigureAwait(false);
        var volume = registration.Existing is { } existing
            ? existing with { Adopted = true }
            : await PostAsync(registration.Spec!, cancellationToken).ConfigureAwait(false);
        volume = Carry(volume, registration.Volume);
        if (!_options.Wait || IsSettled(volume)) return volume;
        var settled = await WaitAsync(volume, cancellationToken).ConfigureAwait(false);
        return Carry(settled, registration.Volume) with { Adopted = volume.Adopted };
    }

    /// <summary>Refuses a volume that is another PersistentVolume's business, before anything is posted; one that is only planned is nobody's yet.</summary>
    /// <exception cref="EbsPvException">SwapUnderWay, VolumeRetired.</exception>
    public async Task CheckAsync(Registration registration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registration);
        if (registration is { Existing: null, Volume.VolumeId: not null }) await _guard.CheckAsync(registration.Volume, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the watch; may be called again. Posts that are on their way go on to their end.</summary>
    public ValueTask DisposeAsync() => _watched.DisposeAsync();

    // Usable, or in need of the user. One that is missing may be younger than what the watch told last.
    private static bool IsSettled(EbsPersistentVolume? volume) => volume is { Status: not "Pending" };

    private async Task<EbsPersistentVolume> WaitAsync(EbsPersistentVolume volume, CancellationToken cancellationToken)
    {
        try
        {
            return (await _watched.WaitAsync(volume.Name, newest => IsSettled(newest) && newest!.Uid == volume.Uid, _options.Timeout, cancellationToken).ConfigureAwait(false))!;
        }
        catch (TimeoutException)
        {
            throw TimedOut(volume, _options.Timeout);
        }
    }

    private async Task<EbsPersistentVolume> PostAsync(PersistentVolumeSpec spec, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                if (await TryPostAsync(spec, attempt, cancellationToken).ConfigureAwait(false) is { } volume) return volume;
                await Task.Delay(PauseAfterLoss * attempt, _time, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    // Null: the answer is lost. The post may have arrived all the same: posted again it is then a name that is taken, by us.
    private async Task<EbsPersistentVolume?> TryPostAsync(PersistentVolumeSpec spec, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await CreateOrAdoptAsync(spec, isFirst: attempt == 1, cancellationToken).ConfigureAwait(false);
        }
        catch (EbsPvException lost) when (lost.Kind is ErrorKind.Connection or ErrorKind.Service && attempt < MaxPosts)
        {
            return null;
        }
    }

    private async Task<EbsPersistentVolume> CreateOrAdoptAsync(PersistentVolumeSpec spec, bool isFirst, CancellationToken cancellationToken)
    {
        try
        {
            // Not cancelled once sent: the name makes it safe to find again.
            return await _cluster.CreatePersistentVolumeAsync(spec, CancellationToken.None).ConfigureAwait(false);
        }
        catch (EbsPvException taken) when (taken.Kind == ErrorKind.Conflict)
        {
            var owner = await AdoptAsync(spec, taken, cancellationToken).ConfigureAwait(false);
            return isFirst ? owner : owner with { Adopted = false };
        }
    }

    private async Task<EbsPersistentVolume> AdoptAsync(PersistentVolumeSpec spec, EbsPvException taken, CancellationToken cancellationToken)
    {
        var owner = await _cluster.GetPersistentVolumeAsync(spec.Name, cancellationToken).ConfigureAwait(false);
        if (owner is null) throw taken;
        if (owner.VolumeId == spec.VolumeId) return owner with { Adopted = true };
        throw new EbsPvException(
            ErrorKind.Conflict,
            ErrorIds.PersistentVolumeConflict,
            $"The name '{spec.Name}' is taken by a PersistentVolume for {owner.VolumeId ?? "something other than an EBS volume"}; {spec.VolumeId} was not registered.",
            taken)
        {
            Target = spec.VolumeId,
            RecommendedAction = "Give another name with -Name; the PersistentVolume that has the name is left as it is.",
        };
    }

    private static EbsPersistentVolume Carry(EbsPersistentVolume volume, VolumeToRegister from) =>
        volume with { ClusterName = from.ClusterName ?? volume.ClusterName };

    private static EbsPvException TimedOut(EbsPersistentVolume volume, TimeSpan timeout) => new(
        ErrorKind.Timeout,
        ErrorIds.PersistentVolumeWaitTimedOut,
        $"The PersistentVolume {volume.Name} is still {volume.Status} after {timeout.TotalSeconds:0} seconds. It was registered and is not lost.")
    {
        Target = volume.Name,
        RecommendedAction = "The persistent-volume binder of the cluster's kube-controller-manager moves it on: see whether that runs; -TimeoutSeconds waits longer.",
    };
}
