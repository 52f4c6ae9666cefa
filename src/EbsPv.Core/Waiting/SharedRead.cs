namespace EbsPv.Waiting;

/// <summary>
/// A read that many ask for at about the same time. Each gets one that began after it asked, so that what it shows is no older than the
/// question; all that ask while one is under way share the next.
/// </summary>
internal sealed class SharedRead<T>(Func<CancellationToken, Task<T>> read)
{
    private readonly object _gate = new();
    private Task<T>? _running;
    private Task<T>? _next;

    /// <summary>What a read shows that begins from now on.</summary>
    public Task<T> FreshAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_next is not null) return _next.WaitAsync(cancellationToken);
            if (_running is null || _running.IsCompleted) return (_running = Task.Run(() => read(CancellationToken.None), CancellationToken.None)).WaitAsync(cancellationToken);
            return (_next = AfterAsync(_running)).WaitAsync(cancellationToken);
        }
    }

    private async Task<T> AfterAsync(Task<T> former)
    {
        // Not before whoever asked has put this task in its place.
        await Task.Yield();
        await former.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        lock (_gate)
        {
            _running = _next;
            _next = null;
        }

        return await read(CancellationToken.None).ConfigureAwait(false);
    }
}
