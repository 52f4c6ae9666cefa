namespace EbsPv.Clients.Aws;

/// <summary>
/// The client's picture of one of EC2's token buckets. It starts from the documented size; a throttle says that the bucket is smaller,
/// or shared with others: the rate is halved and slowly regained.
/// </summary>
internal sealed class TokenBucket(BucketSize size, TimeProvider time) : IDisposable
{
    private const double SlowestRate = 0.2;
    private const double Rounding = 1e-6;

    // EC2 begins to count when the first call arrives, which is later than when we begin.
    private const double Caution = 0.97;

    private static readonly TimeSpan RegainAfter = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly SemaphoreSlim _line = new(1);
    // A bucket that never holds a whole token would never give one.
    private readonly double _capacity = Math.Max(1, size.Capacity * Caution);
    private double _tokens = Math.Max(1, size.Capacity * Caution);
    private double _rate = size.RefillPerSecond;
    private long _filled = time.GetTimestamp();
    private long _changed = time.GetTimestamp();
    private long? _halved;

    /// <summary>Calls a second that are made at present.</summary>
    public double Rate
    {
        get { lock (_gate) return _rate; }
    }

    /// <summary>
    /// Waits for a token and takes it. Callers stand in line, so that a throttle slows down all who still wait, not only those who come
    /// later.
    /// </summary>
    public async Task TakeAsync(Action<TimeSpan> waiting, CancellationToken cancellationToken)
    {
        await _line.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (TryTake() is { } wait)
            {
                waiting(wait);
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _line.Release();
        }
    }

    /// <summary>EC2 has refused a call for its rate.</summary>
    public void Throttled()
    {
        lock (_gate)
        {
            Fill();
            // Calls that were on their way together are refused together: that is one piece of news, not many.
            if (_halved is not { } before || time.GetElapsedTime(before) > TimeSpan.FromSeconds(1)) Halve();
            _tokens = Math.Min(_tokens, 0);
            _changed = time.GetTimestamp();
        }
    }

    public void Dispose() => _line.Dispose();

    private void Halve()
    {
        _rate = Math.Max(_rate / 2, SlowestRate);
        _halved = time.GetTimestamp();
    }

    // Null: a token was taken. Otherwise how long to wait before asking again.
    private TimeSpan? TryTake()
    {
        lock (_gate)
        {
            Fill();
            if (_tokens < 1 - Rounding) return WholeMilliseconds((1 - _tokens) / _rate);
            _tokens -= 1;
            return null;
        }
    }

    // Timers count in milliseconds and leave the rest out: woken too early, the caller would spin until the token is there.
    private static TimeSpan WholeMilliseconds(double seconds) => TimeSpan.FromMilliseconds(Math.Ceiling((seconds * 1000) - Rounding));

    private void Fill()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(_capacity, _tokens + (time.GetElapsedTime(_filled, now).TotalSeconds * _rate));
        _filled = now;
        if (_rate >= size.RefillPerSecond || time.GetElapsedTime(_changed, now) < RegainAfter) return;
        // Slowly: whoever else uses the account's bucket must find room too, and each overshoot costs refusals.
        _rate = Math.Min(size.RefillPerSecond, _rate + (size.RefillPerSecond / 20));
        _changed = now;
    }
}
