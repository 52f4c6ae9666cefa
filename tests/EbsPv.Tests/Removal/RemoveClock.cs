using System.Collections.Concurrent;
using EbsPv.Sandbox.Server;

namespace EbsPv.Tests.Removal;

/// <summary>Waits are over at once, and the sandbox's clock is put forward by them instead.</summary>
internal sealed class RemoveClock(SandboxClock clock) : TimeProvider
{
    /// <summary>The seconds that were waited, in order.</summary>
    public ConcurrentQueue<double> Waits { get; } = new();

    /// <summary>What happens when a wait begins.</summary>
    public Action? Waiting { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan)
            ThreadPool.QueueUserWorkItem(_ =>
            {
                Waiting?.Invoke();
                Waits.Enqueue(Math.Round(dueTime.TotalSeconds, 2));
                clock.Advance(dueTime);
                callback(state);
            });
        return new NoTimer();
    }

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
