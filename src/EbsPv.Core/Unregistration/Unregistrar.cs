using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Waiting;

namespace EbsPv.Unregistration;

/// <summary>
/// Removes PersistentVolumes and keeps their volumes: Retain first, then the deletion, each on the condition that nothing has changed, and
/// one watch for all. After a lost answer, or when somebody was faster, everything is looked at again.
/// </summary>
public sealed class Unregistrar : IAsyncDisposable
{
    private const int MaxAttempts = 5;
    private static readonly TimeSpan PauseAfterLoss = TimeSpan.FromMilliseconds(200);

    private readonly ICluster _cluster;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _gate;
    private readonly WatchedObjects<EbsPersistentVolume> _watched;

    /// <summary>For one run.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="resourceVersion">The state of the list that the PersistentVolumes come from.</param>
    /// <param name="throttleLimit">Removals under way at one time.</param>
    /// <param name="timeout">How long to wait for each finalizer, and for each to be gone.</param>
    /// <param name="time">The clock; null for the machine's.</param>
    public Unregistrar(ICluster cluster, string resourceVersion, int throttleLimit, TimeSpan timeout, TimeProvider? time = null)
    {
        _cluster = cluster;
        _timeout = timeout;
        _time = time ?? TimeProvider.System;
        _gate = new SemaphoreSlim(throttleLimit);
        _watched = new WatchedObjects<EbsPersistentVolume>(stop => cluster.WatchPersistentVolumesAsync(resourceVersion, stop), volume => volume.Name, _time);
    }

    /// <summary>Removes one; returns when it is gone.</summary>
    /// <exception cref="EbsPvException">PersistentVolumeBound, PersistentVolumeConflict, ProvisionerNotRunning, PersistentVolumeHeld, and what
    /// the API server refuses.</exception>
    public async Task RemoveAsync(EbsPersistentVolume volume, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(volume);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                if (await TryAsync(volume, attempt, cancellationToken).ConfigureAwait(false)) return;
                await Task.Delay(PauseAfterLoss * attempt, _time, cancellationToken).ConfigureAwait(false);
                if (await NewestAsync(volume, cancellationToken).ConfigureAwait(false) is not { } newest) return;
                volume = newest;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends the watch; may be called again.</summary>
    public ValueTask DisposeAsync() => _watched.DisposeAsync();

    // False: somebody was faster, or the answer is lost.
    private async Task<bool> TryAsync(EbsPersistentVolume volume, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            if (await RetainedAsync(volume, cancellationToken).ConfigureAwait(false) is not { } retained) return true;
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            // The wait begins first: what happens between the answer and the wait would not be told again.
            var gone = _watched.WaitAsync(volume.Name, newest => newest?.Uid != volume.Uid, _timeout, waiting.Token);
            try
            {
                if (retained.Status != "Terminating") await _cluster.DeletePersistentVolumeAsync(retained, CancellationToken.None).ConfigureAwait(false);
                await gone.ConfigureAwait(false);
                return true;
            }
            finally
            {
                await waiting.CancelAsync().ConfigureAwait(false);
                await gone.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
            }
        }
        catch (TimeoutException)
        {
            throw Held(_watched.Newest(volume.Name) ?? volume);
        }
        catch (EbsPvException missing) when (missing.Kind == ErrorKind.NotFound)
        {
            return true;
        }
        catch (EbsPvException lost) when (lost.Kind is ErrorKind.Conflict or ErrorKind.Connection or ErrorKind.Service && attempt < MaxAttempts)
        {
            return false;
        }
    }

    // Null: it went by itself meanwhile.
    private async Task<EbsPersistentVolume?> RetainedAsync(EbsPersistentVolume volume, CancellationToken cancellationToken)
    {
        UnregistrationRules.CheckUnbound(volume);
        if (volume.ReclaimPolicy == "Delete") volume = await _cluster.PatchPersistentVolumeAsync(volume, new PersistentVolumePatch { ReclaimPolicy = "Retain" }, CancellationToken.None).ConfigureAwait(false);
        if (!volume.Finalizers.Any(Finalizers.DeletesVolume)) return volume;
        try
        {
            var newest = await _watched.WaitAsync(
                volume.Name, told => told?.Uid != volume.Uid || !told!.Finalizers.Any(Finalizers.DeletesVolume), _timeout, cancellationToken).ConfigureAwait(false);
            // That may have taken long enough for a claim to get it.
            return newest is null ? null : Same(volume, newest);
        }
        catch (TimeoutException)
        {
            throw NotRunning(volume, volume.Finalizers.First(Finalizers.DeletesVolume));
        }
    }

    private async Task<EbsPersistentVolume?> NewestAsync(EbsPersistentVolume volume, CancellationToken cancellationToken)
    {
        var newest = await _cluster.GetPersistentVolumeAsync(volume.Name, cancellationToken).ConfigureAwait(false);
        return newest is null ? null : Same(volume, newest);
    }

    // The one that was asked for, which no other claim has got since.
    private static EbsPersistentVolume Same(EbsPersistentVolume volume, EbsPersistentVolume newest)
    {
        if (newest.Uid != volume.Uid) throw MadeAnew(volume);
        if (newest.Status != "Bound" && (newest.Claim != volume.Claim || newest.ClaimUid != volume.ClaimUid)) throw Taken(newest);
        UnregistrationRules.CheckUnbound(newest);
        return newest;
    }

    private static EbsPvException MadeAnew(EbsPersistentVolume volume) => new(
        ErrorKind.Conflict, ErrorIds.PersistentVolumeConflict, $"The PersistentVolume {volume.Name} was deleted and made anew by somebody else meanwhile; the new one was left alone.")
    {
        Target = volume.Name,
        RecommendedAction = "Find out who made it, and read it again: Get-EbsPersistentVolume.",
    };

    // A move that has just begun fences it so.
    private static EbsPvException Taken(EbsPersistentVolume volume) => new(
        ErrorKind.Conflict, ErrorIds.PersistentVolumeConflict, $"The PersistentVolume {volume.Name} was given to {(volume.Claim is null ? "no claim" : Escaped.Text(volume.Claim))} by somebody else meanwhile; it was left alone.")
    {
        Target = volume.Name,
        RecommendedAction = "Find out what is done with it (Test-EbsPersistentVolume), then run the line again.",
    };

    private static EbsPvException NotRunning(EbsPersistentVolume volume, string finalizer) => new(
        ErrorKind.Timeout,
        ErrorIds.ProvisionerNotRunning,
        $"The PersistentVolume {volume.Name} has the reclaim policy Retain now and was not deleted: its finalizer {finalizer} was not taken off, so the "
        + $"{(finalizer == Finalizers.Provisioner ? $"external-provisioner of the driver {Driver(volume)}" : "persistent-volume binder of kube-controller-manager")} does not run or does not see it. The EBS volume {volume.VolumeId} is kept.")
    {
        Target = volume.Name,
        RecommendedAction = $"{Look(volume, finalizer)} Then run the same line again, which goes on from here.",
    };

    private static EbsPvException Held(EbsPersistentVolume volume) => new(
        ErrorKind.Timeout,
        ErrorIds.PersistentVolumeHeld,
        $"The PersistentVolume {volume.Name} is being deleted and is not gone yet. It is held by {Finalizers.Explained(volume.Finalizers)}. The EBS volume {volume.VolumeId} is kept.")
    {
        Target = volume.Name,
        RecommendedAction = "Let whoever put the finalizer there finish, and do not strip it; the same line then goes on waiting.",
    };

    private static string Look(EbsPersistentVolume volume, string finalizer)
    {
        if (finalizer != Finalizers.Provisioner) return "See whether kube-controller-manager runs with its persistent-volume binder.";
        return volume.VolumeSource == VolumeSource.EksAutoMode
            ? "EKS runs it outside the cluster: see whether Auto Mode is on (aws eks describe-cluster)."
            : "See whether it runs: kubectl -n kube-system get pods -l app=ebs-csi-controller.";
    }

    private static string Driver(EbsPersistentVolume volume) =>
        volume.VolumeSource == VolumeSource.EksAutoMode ? PersistentVolumes.EbsDrivers.AutoMode : PersistentVolumes.EbsDrivers.Csi;
}
