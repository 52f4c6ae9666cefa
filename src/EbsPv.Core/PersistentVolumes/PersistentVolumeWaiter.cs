using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.PersistentVolumes;

/// <summary>One watch for all PersistentVolumes of a run. It begins when the first one has to be waited for, at the state of the run's
/// own list, so that nothing is missed in between.</summary>
internal sealed class PersistentVolumeWaiter(ICluster cluster, string resourceVersion, TimeProvider time) : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, EbsPersistentVolume> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TaskCompletionSource<EbsPersistentVolume>> _waiting = new(StringComparer.Ordinal);
    private EbsPvException? _failure;
    private Task? _watch;

    /// <summary>Whether nothing more is to be waited for: usable, or in need of the user.</summary>
    public static bool IsSettled(EbsPersistentVolume volume) => volume.Status is not "Pending";

    public async Task<EbsPersistentVolume> WaitAsync(EbsPersistentVolume volume, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await Arrival(volume.Name).WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw TimedOut(volume, timeout);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Not disposed of: a wait that begins late would fall over it, and without a timer there is nothing to free.
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_watch is not null) await _watch.ConfigureAwait(false);
    }

    private Task<EbsPersistentVolume> Arrival(string name)
    {
        lock (_gate)
        {
            if (_failure is not null) return Task.FromException<EbsPersistentVolume>(_failure);
            if (_seen.TryGetValue(name, out var settled)) return Task.FromResult(settled);
            if (!_waiting.TryGetValue(name, out var waiting))
            {
                waiting = new TaskCompletionSource<EbsPersistentVolume>(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Add(name, waiting);
            }

            _watch ??= Task.Run(WatchAsync);
            return waiting.Task;
        }
    }

    private async Task WatchAsync()
    {
        try
        {
            await foreach (var volume in cluster.WatchPersistentVolumesAsync(resourceVersion, _stop.Token).ConfigureAwait(false)) Note(volume);
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
        catch (EbsPvException failure)
        {
            Fail(failure);
        }
    }

    private void Note(EbsPersistentVolume volume)
    {
        lock (_gate)
        {
            if (!IsSettled(volume))
            {
                _seen.Remove(volume.Name);
                return;
            }

            _seen[volume.Name] = volume;
            if (_waiting.Remove(volume.Name, out var waiting)) waiting.TrySetResult(volume);
        }
    }

    private void Fail(EbsPvException failure)
    {
        lock (_gate)
        {
            _failure = failure;
            foreach (var waiting in _waiting.Values) waiting.TrySetException(failure);
            _waiting.Clear();
        }
    }

    private static EbsPvException TimedOut(EbsPersistentVolume volume, TimeSpan timeout) => new(
        ErrorKind.Timeout,
        ErrorIds.PersistentVolumeWaitTimedOut,
        $"The PersistentVolume {volume.Name} is still {volume.Status} after {timeout.TotalSeconds:0} seconds. It was registered and is not lost.")
    {
        Target = volume.Name,
        RecommendedAction = "The persistent-volume binder of the cluster's kube-controller-manager moves it on: see whether that runs; -TimeoutSeconds waits longer.",
    };
}
