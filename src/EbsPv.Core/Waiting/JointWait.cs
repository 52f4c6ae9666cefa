using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Waiting;

/// <summary>
/// Waits at EC2 for many things that begin at different times, and still polls for all of them together: 200 ids in a call, never a call for
/// one. The polls begin with the first wait, grow apart while nothing new comes, and end with the last.
/// </summary>
/// <param name="read">What there is of some ids.</param>
/// <param name="isSettled">Whether a thing needs no further wait.</param>
/// <param name="longestPause">The distance that polls grow to.</param>
/// <param name="reporter">Told of polls that fail.</param>
/// <param name="time">The clock.</param>
internal sealed class JointWait<T>(
    Func<IReadOnlyList<string>, Task<IReadOnlyDictionary<string, T>>> read, Func<T, bool> isSettled, TimeSpan longestPause, IReporter reporter, TimeProvider time)
    where T : class
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1.25);

    // EC2's own word is that something new may take a while to be shown: until then "not there" means nothing.
    private static readonly TimeSpan VisibleWithin = TimeSpan.FromSeconds(60);

    private readonly object _gate = new();
    private readonly Dictionary<string, Wait> _waiting = new(StringComparer.Ordinal);
    private TimeSpan _pause = FirstPause;
    private bool _polling;

    /// <summary>The thing once it is settled; null when it is not to be seen although it should be.</summary>
    /// <exception cref="TimeoutException">It is not settled in time.</exception>
    public Task<T?> WaitAsync(string id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue(id, out var wait)) _waiting.Add(id, wait = new Wait(time.GetTimestamp()));
            _pause = FirstPause;
            if (!_polling) _ = Task.Run(PollAsync, CancellationToken.None);
            _polling = true;
            return wait.Done.Task.WaitAsync(timeout, time, cancellationToken);
        }
    }

    /// <summary>No longer waits for something, whose time is over.</summary>
    public void Forget(string id)
    {
        lock (_gate) _waiting.Remove(id);
    }

    private async Task PollAsync()
    {
        while (Pending() is { Count: > 0 } pending)
        {
            foreach (var batch in pending.Chunk(Ec2Filter.MaxValues)) await TryReadAsync(batch).ConfigureAwait(false);
            TimeSpan pause;
            lock (_gate)
            {
                pause = _pause;
                _pause = _pause * 1.5 < longestPause ? _pause * 1.5 : longestPause;
                if (_waiting.Count == 0) continue;
            }

            await Task.Delay(pause, time).ConfigureAwait(false);
        }
    }

    private List<string> Pending()
    {
        lock (_gate)
        {
            _polling = _waiting.Count > 0;
            return [.. _waiting.Keys];
        }
    }

    private async Task TryReadAsync(string[] batch)
    {
        try
        {
            var found = await read(batch).ConfigureAwait(false);
            foreach (var id in batch) Note(id, found.GetValueOrDefault(id));
        }
        catch (EbsPvException failure) when (failure.Kind is ErrorKind.Throttled or ErrorKind.Connection or ErrorKind.Service)
        {
            // It says nothing about what was asked for: the next poll asks again.
            reporter.Verbose($"The state of {batch.Length} things could not be read: {failure.Message}");
        }
        catch (Exception failure)
        {
            foreach (var id in batch) End(id, wait => wait.Done.TrySetException(failure));
        }
    }

    private void Note(string id, T? found)
    {
        if (found is not null && isSettled(found)) End(id, wait => wait.Done.TrySetResult(found));
        else if (found is null && IsMissed(id)) End(id, wait => wait.Done.TrySetResult(null));
    }

    private bool IsMissed(string id)
    {
        lock (_gate) return _waiting.TryGetValue(id, out var wait) && time.GetElapsedTime(wait.Begun) >= VisibleWithin;
    }

    private void End(string id, Action<Wait> end)
    {
        lock (_gate)
            if (_waiting.Remove(id, out var wait))
                end(wait);
    }

    private sealed class Wait(long begun)
    {
        public long Begun => begun;

        public TaskCompletionSource<T?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
