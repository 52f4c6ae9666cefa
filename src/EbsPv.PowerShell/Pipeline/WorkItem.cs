namespace EbsPv.PowerShell.Pipeline;

/// <summary>One piece of work and what it has made so far. Its results stay with it until it is first in line: results keep the order of
/// the input.</summary>
internal sealed class WorkItem(Action signal, CancellationToken stop) : IEmitter, IDisposable
{
    private const int Capacity = 512;

    private readonly Queue<object> _results = new();
    private readonly SemaphoreSlim _room = new(Capacity);

    public Task Work { get; private set; } = Task.CompletedTask;

    public void Start(Func<IEmitter, CancellationToken, Task> work)
    {
        Work = Task.Run(() => work(this, stop), CancellationToken.None);
        Work.ContinueWith(_ => signal(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public async Task EmitAsync(object value)
    {
        await _room.WaitAsync(stop).ConfigureAwait(false);
        lock (_results) _results.Enqueue(value);
        signal();
    }

    public bool TryTake(out object? value)
    {
        lock (_results)
            if (!_results.TryDequeue(out value))
                return false;
        _room.Release();
        return true;
    }

    public void Dispose() => _room.Dispose();
}
