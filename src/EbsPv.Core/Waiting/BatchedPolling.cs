using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Waiting;

/// <summary>
/// Polls EC2 for many things together: 200 ids in a call, never a call for one. The first poll comes at once, the next ones after 1.25 s
/// and on, at growing distances. A poll that fails once says nothing about what was asked for: the next one asks again, and the time limit
/// holds.
/// </summary>
internal sealed class BatchedPolling(IReporter reporter, TimeProvider time)
{
    // Half of all volumes are available 1.5 s after their create, nearly all within 4 s.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1.25);

    /// <summary>What is waited for, in the plural.</summary>
    public required string What { get; init; }

    /// <summary>The distance that polls grow to.</summary>
    public required TimeSpan LongestPause { get; init; }

    /// <summary>Polls until nothing is pending any more.</summary>
    /// <param name="pending">The ids that are still to be asked for; whoever reads takes away what has arrived or failed.</param>
    /// <param name="read">Reads a batch.</param>
    /// <param name="unread">Told of a batch that could not be read this time.</param>
    /// <param name="failed">Told of each id of a batch that can never be read.</param>
    /// <param name="polled">Told after each poll how long the wait has lasted.</param>
    /// <param name="timeout">How long, from now on.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the time is over and something is still pending.</returns>
    public async Task<bool> RunAsync(
        IReadOnlyCollection<string> pending,
        Func<string[], Task> read,
        Action<string[]> unread,
        Action<string, EbsPvException> failed,
        Action<TimeSpan> polled,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = Shorter(pause * 1.5, LongestPause))
        {
            foreach (var batch in pending.Chunk(Ec2Filter.MaxValues).ToList())
                await TryReadAsync(batch, read, unread, failed).ConfigureAwait(false);
            var waited = time.GetElapsedTime(start);
            polled(waited);
            if (pending.Count == 0) return true;
            if (waited >= timeout) return false;
            await Task.Delay(Shorter(pause, timeout - waited), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TryReadAsync(string[] batch, Func<string[], Task> read, Action<string[]> unread, Action<string, EbsPvException> failed)
    {
        try
        {
            await read(batch).ConfigureAwait(false);
        }
        catch (EbsPvException failure) when (failure.Kind is ErrorKind.Throttled or ErrorKind.Connection or ErrorKind.Service)
        {
            unread(batch);
            reporter.Verbose($"The state of {batch.Length} {What} could not be read: {failure.Message}");
        }
        catch (EbsPvException failure)
        {
            foreach (var id in batch) failed(id, failure);
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
