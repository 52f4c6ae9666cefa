using EbsPv.Sandbox.Server;

namespace EbsPv.Tests.Support;

/// <summary>
/// Time in which every wait is over at once: the sandbox's clock is put forward by it instead. What was waited, and how long, is kept.
/// </summary>
internal sealed class SkippedTime(SandboxClock clock) : TimeProvider
{
    /// <summary>A clock that only moves when it is put forward.</summary>
    public const double StandingClock = 1e-9;

    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _waits = [];

    public SkippedTime()
        : this(new SandboxClock(StandingClock))
    {
    }

    /// <summary>Longer waits, which are time limits rather than pauses, never end.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.MaxValue;

    /// <summary>Called before a wait is skipped, for what happens meanwhile.</summary>
    public Action<TimeSpan>? Waiting { get; set; }

    public IReadOnlyList<TimeSpan> Waits
    {
        get { lock (_gate) return [.. _waits]; }
    }

    /// <summary>In seconds; timers count in whole milliseconds.</summary>
    public IEnumerable<double> Seconds => Waits.Select(wait => Math.Round(wait.TotalSeconds, 3));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    /// <summary>Skips the pauses of the Kubernetes client, the longest of which is half a minute, and none of its time limits.</summary>
    public static SkippedTime Pauses() => new() { Longest = TimeSpan.FromSeconds(30) };

    public void Pass(double seconds) => clock.Advance(TimeSpan.FromSeconds(seconds));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SkippedTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private void Skip(TimeSpan wait)
    {
        Waiting?.Invoke(wait);
        lock (_gate)
        {
            _waits.Add(wait);
            clock.Advance(wait);
        }
    }

    private sealed class SkippedTimer(SkippedTime time, Action fire) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan || dueTime > time.Longest) return true;
            ThreadPool.QueueUserWorkItem(_ =>
            {
                time.Skip(dueTime);
                fire();
            });
            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
