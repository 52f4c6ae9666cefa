using System.Management.Automation;
using EbsPv.Ports;

namespace EbsPv.PowerShell.Pipeline;

/// <summary>
/// The only threading of the module. Work runs on the thread pool and hands over what it makes; the pump, called on the pipeline thread,
/// writes it there, in the order of the work. While the line is full the pump waits, and so the producer does.
/// </summary>
internal sealed class PipelinePump : IReporter, IDisposable
{
    // Enough to keep every service busy, few enough that a million inputs do not become a million tasks.
    private const int MaxOpen = 1024;

    // Requests that are on the wire when the user stops get this long to reach their server; Ctrl+C must not be felt to hang.
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(250);

    private readonly object _gate = new();
    private readonly IPipelineSink _sink;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenRegistration _onStop;
    private readonly Queue<WorkItem> _open = new();
    private readonly Queue<Action<IPipelineSink>> _asides = new();
    private bool _news;

    public PipelinePump(IPipelineSink sink, CancellationToken stop)
    {
        _sink = sink;
        _stop = stop;
        _onStop = stop.Register(Signal);
    }

    /// <summary>Starts work, and writes what is ready. Waits only when too much is open.</summary>
    public void Submit(Func<IEmitter, CancellationToken, Task> work)
    {
        while (_open.Count >= MaxOpen) WriteOrWait();
        var item = new WorkItem(Signal, _stop);
        _open.Enqueue(item);
        item.Start(work);
        WriteReady();
    }

    /// <summary>Writes until all work is done.</summary>
    public void Drain()
    {
        while (_open.Count > 0) WriteOrWait();
        WriteAsides();
    }

    /// <summary>Does work whose result the pipeline thread needs before it can go on.</summary>
    public T Run<T>(Func<CancellationToken, Task<T>> work)
    {
        var running = Task.Run(() => work(_stop), CancellationToken.None);
        running.ContinueWith(_ => Signal(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!running.IsCompleted) WriteOrWait();
        WriteAsides();
        return running.GetAwaiter().GetResult();
    }

    public void Verbose(string message) => Aside(sink => sink.Verbose(message));

    public void Warning(string message) => Aside(sink => sink.Warning(message));

    public void Progress(string activity, string status, int done, int total) => Aside(sink => sink.Progress(activity, status, done, total));

    public void Dispose()
    {
        _onStop.Dispose();
        if (_open.Count > 0) Task.WhenAll(_open.Select(item => item.Work)).ContinueWith(_ => { }, TaskScheduler.Default).Wait(Farewell);
    }

    private void WriteOrWait()
    {
        WriteReady();
        lock (_gate)
        {
            while (!_news && !_stop.IsCancellationRequested) Monitor.Wait(_gate);
            _news = false;
        }

        if (_stop.IsCancellationRequested) throw new PipelineStoppedException();
        WriteReady();
    }

    private void WriteReady()
    {
        WriteAsides();
        while (_open.TryPeek(out var first))
        {
            // Seen before the results are taken: what arrives in between belongs to the next round.
            var done = first.Work.IsCompleted;
            while (first.TryTake(out var result)) _sink.Object(result!);
            if (!done) return;
            _open.Dequeue();
            WriteAsides();
            if (first.Work.Exception is { } failure) _sink.Failure(failure.GetBaseException());
            first.Dispose();
        }
    }

    private void WriteAsides()
    {
        while (true)
        {
            Action<IPipelineSink>? aside;
            lock (_asides)
                if (!_asides.TryDequeue(out aside))
                    return;
            aside(_sink);
        }
    }

    private void Aside(Action<IPipelineSink> aside)
    {
        lock (_asides) _asides.Enqueue(aside);
        Signal();
    }

    private void Signal()
    {
        lock (_gate)
        {
            _news = true;
            Monitor.Pulse(_gate);
        }
    }
}
