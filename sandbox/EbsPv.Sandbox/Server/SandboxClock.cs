namespace EbsPv.Sandbox.Server;

/// <summary>
/// The sandbox's own time: it runs <see cref="Scale"/> times as fast as the machine's and can be put forward, so that
/// three minutes of token buckets pass in seconds and "after a day" needs no day.
/// </summary>
public sealed class SandboxClock : TimeProvider
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(20);

    private readonly Lock _gate = new();
    private readonly TimeProvider _real;
    private DateTimeOffset _sandboxBase;
    private long _realBase;
    private double _scale;

    public SandboxClock(double scale = 1, TimeProvider? real = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        _real = real ?? System;
        _scale = scale;
        _sandboxBase = _real.GetUtcNow();
        _realBase = _real.GetTimestamp();
    }

    public double Scale
    {
        get { lock (_gate) return _scale; }
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            lock (_gate)
            {
                Rebase();
                _scale = value;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return Now();
    }

    /// <summary>Clients that are given this clock measure and wait on it too.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _real.CreateTimer(callback, state, RealOrNever(dueTime), RealOrNever(period));

    /// <summary>Puts the clock forward at once.</summary>
    public void Advance(TimeSpan sandboxTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sandboxTime, TimeSpan.Zero);
        lock (_gate)
        {
            Rebase();
            _sandboxBase += sandboxTime;
        }
    }

    /// <summary>Waits for a stretch of sandbox time.</summary>
    public Task Delay(TimeSpan sandboxTime, CancellationToken cancellationToken = default) =>
        Task.Delay(Real(sandboxTime), _real, cancellationToken);

    private TimeSpan RealOrNever(TimeSpan sandboxTime) =>
        sandboxTime == Timeout.InfiniteTimeSpan ? sandboxTime : Real(sandboxTime);

    // On a clock that all but stands still the wait is longer than timers can count.
    private TimeSpan Real(TimeSpan sandboxTime)
    {
        var seconds = sandboxTime.TotalSeconds / Scale;
        return seconds < LongestTimer.TotalSeconds ? TimeSpan.FromSeconds(seconds) : LongestTimer;
    }

    private DateTimeOffset Now() => _sandboxBase + (_real.GetElapsedTime(_realBase) * _scale);

    private void Rebase()
    {
        _sandboxBase = Now();
        _realBase = _real.GetTimestamp();
    }
}
