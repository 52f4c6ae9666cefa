using EbsPv.Ports;
using EbsPv.Waiting;

namespace EbsPv.Swaps;

/// <summary>What a run waits for in the cluster: one watch of all PersistentVolumes, and one of the claims of each namespace.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="resourceVersion">The state of the list that the plans' PersistentVolumes come from.</param>
/// <param name="time">The clock of the time limits.</param>
internal sealed class SwapWatches(ICluster cluster, string resourceVersion, TimeProvider time) : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly Dictionary<string, Task<Claims>> _claims = new(StringComparer.Ordinal);
    private readonly WatchedObjects<EbsPersistentVolume> _volumes = new(
        stop => cluster.WatchPersistentVolumesAsync(resourceVersion, stop), volume => volume.Name, time);

    /// <summary>Waits until a PersistentVolume is as it should be.</summary>
    /// <param name="known">Its last known state; null when it is known to be gone.</param>
    /// <param name="name">Its name.</param>
    /// <param name="isSettled">Whether it is; asked with null when it is gone.</param>
    /// <param name="timeout">How long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">It is not in time.</exception>
    public async Task<EbsPersistentVolume?> VolumeAsync(
        EbsPersistentVolume? known, string name, Func<EbsPersistentVolume?, bool> isSettled, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (isSettled(known)) return known;
        return await _volumes.WaitAsync(name, isSettled, timeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The newest state that was told of a PersistentVolume; null when nothing was.</summary>
    public EbsPersistentVolume? Newest(string name) => _volumes.Newest(name);

    /// <summary>Waits until a claim is as it should be.</summary>
    /// <exception cref="TimeoutException">It is not in time.</exception>
    public async Task<EbsPersistentVolumeClaim?> ClaimAsync(
        string ns, string name, Func<EbsPersistentVolumeClaim?, bool> isSettled, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var claims = await ClaimsOf(ns).WaitAsync(cancellationToken).ConfigureAwait(false);
        // What the list shows is told by no watch that begins there.
        if (claims.Watched.Newest(name) is null && claims.Listed.GetValueOrDefault(name) is { } listed && isSettled(listed)) return listed;
        return await claims.Watched.WaitAsync(name, isSettled, timeout, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _volumes.DisposeAsync().ConfigureAwait(false);
        List<Task<Claims>> all;
        lock (_gate) all = [.. _claims.Values];
        foreach (var claims in all.Where(claims => claims.IsCompletedSuccessfully))
            await (await claims.ConfigureAwait(false)).Watched.DisposeAsync().ConfigureAwait(false);
    }

    private Task<Claims> ClaimsOf(string ns)
    {
        lock (_gate)
        {
            // A list that failed is not kept: the next wait tries again.
            if (_claims.TryGetValue(ns, out var claims) && !claims.IsFaulted) return claims;
            return _claims[ns] = ListAsync(ns);
        }
    }

    private async Task<Claims> ListAsync(string ns)
    {
        var (items, version) = await cluster.ListClaimsAsync(ns, CancellationToken.None).ConfigureAwait(false);
        var watched = new WatchedObjects<EbsPersistentVolumeClaim>(stop => cluster.WatchClaimsAsync(ns, version, stop), claim => claim.Name, time);
        return new Claims(items.ToDictionary(claim => claim.Name, StringComparer.Ordinal), watched);
    }

    private sealed record Claims(IReadOnlyDictionary<string, EbsPersistentVolumeClaim> Listed, WatchedObjects<EbsPersistentVolumeClaim> Watched);
}
