using EbsPv.Ports;

namespace EbsPv.Waiting;

/// <summary>
/// One watch for all Kubernetes objects that a run waits for. It begins when the first one has to be waited for, at the state of the run's
/// own list, so that nothing is missed in between.
/// </summary>
/// <param name="watch">The watch, until it is cancelled.</param>
/// <param name="keyOf">What tells the objects apart.</param>
/// <param name="time">The clock of the time limits.</param>
internal sealed class WatchedObjects<T>(
    Func<CancellationToken, IAsyncEnumerable<WatchNews<T>>> watch, Func<T, string> keyOf, TimeProvider time) : IAsyncDisposable
    where T : class
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, T?> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Wait>> _waiting = new(StringComparer.Ordinal);
    private Exception? _failure;
    private Task? _watch;

    /// <summary>Waits until an object is as it should be.</summary>
    /// <param name="key">Which object.</param>
    /// <param name="isSettled">Whether it is; asked with null when the object is gone, and from the watch's own flow.</param>
    /// <param name="timeout">How long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">It is not in time.</exception>
    public async Task<T?> WaitAsync(string key, Func<T?, bool> isSettled, TimeSpan timeout, CancellationToken cancellationToken) =>
        await Arrival(key, isSettled).WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);

    /// <summary>The newest state of an object that the watch told; null when it is gone or nothing was told of it.</summary>
    public T? Newest(string key)
    {
        lock (_gate) return _seen.GetValueOrDefault(key);
    }

    public async ValueTask DisposeAsync()
    {
        // Not disposed of: a wait that begins late would fall over it, and without a timer there is nothing to free.
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_watch is not null) await _watch.ConfigureAwait(false);
    }

    private Task<T?> Arrival(string key, Func<T?, bool> isSettled)
    {
        lock (_gate)
        {
            if (_failure is not null) return Task.FromException<T?>(_failure);
            if (_seen.TryGetValue(key, out var newest) && isSettled(newest)) return Task.FromResult(newest);
            if (!_waiting.TryGetValue(key, out var waits)) _waiting.Add(key, waits = []);
            var wait = new Wait(isSettled);
            waits.Add(wait);
            _watch ??= Task.Run(WatchAsync);
            return wait.Task;
        }
    }

    private async Task WatchAsync()
    {
        try
        {
            await foreach (var news in watch(_stop.Token).ConfigureAwait(false)) Note(news);
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
        catch (Exception failure)
        {
            // Whatever it is: without the watch every wait would last until its limit, and then tell something else.
            Fail(failure);
        }
    }

    private void Note(WatchNews<T> news)
    {
        lock (_gate)
        {
            foreach (var item in news.Present) Note(keyOf(item), item);
            foreach (var item in news.Gone) Note(keyOf(item), null);
            if (!news.IsComplete) return;
            var present = news.Present.Select(keyOf).ToHashSet(StringComparer.Ordinal);
            foreach (var missing in _seen.Keys.Concat(_waiting.Keys).Distinct().Where(key => !present.Contains(key)).ToList()) Note(missing, null);
        }
    }

    private void Note(string key, T? item)
    {
        _seen[key] = item;
        if (!_waiting.TryGetValue(key, out var waits)) return;
        waits.RemoveAll(wait => wait.Ends(item));
        if (waits.Count == 0) _waiting.Remove(key);
    }

    private void Fail(Exception failure)
    {
        lock (_gate)
        {
            _failure = failure;
            foreach (var wait in _waiting.Values.SelectMany(waits => waits)) wait.Fail(failure);
            _waiting.Clear();
        }
    }

    private sealed class Wait(Func<T?, bool> isSettled)
    {
        private readonly TaskCompletionSource<T?> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T?> Task => _done.Task;

        public bool Ends(T? item) => isSettled(item) && _done.TrySetResult(item);

        public void Fail(Exception failure) => _done.TrySetException(failure);
    }
}
