namespace EbsPv.Clients.Aws;

/// <summary>
/// The client's picture of one of EC2's token buckets. It starts from the documented size; a throttle says that the bucket is smaller,
/// or shared with others: the rate is halved and slowly regained.
/// </summary>
internal sealed class TokenBucket(BucketSize size, TimeProvider time)
{
    private static readonly TimeSpan RegainAfter = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private double _tokens = size.Capacity;
    private double _rate = size.RefillPerSecond;
    private long _filled = time.GetTimestamp();
    private long _throttled = time.GetTimestamp();

    /// <summary>Takes a token, in advance if need be.</summary>
    /// <returns>How long the caller has to wait before its call.</returns>
    public TimeSpan Take()
    {
        lock (_gate)
        {
            Fill();
            _tokens -= 1;
            return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / _rate);
        }
    }

    /// <summary>EC2 has refused a call for its rate.</summary>
    public void Throttled()
    {
        lock (_gate)
        {
            Fill();
            // Many calls may be refused together: that is one piece of news, not many.
            if (time.GetElapsedTime(_throttled) > TimeSpan.FromSeconds(1)) _rate = Math.Max(_rate / 2, 0.2);
            _tokens = Math.Min(_tokens, 0);
            _throttled = time.GetTimestamp();
        }
    }

    private void Fill()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(size.Capacity, _tokens + (time.GetElapsedTime(_filled, now).TotalSeconds * _rate));
        _filled = now;
        if (time.GetElapsedTime(_throttled, now) < RegainAfter || _rate >= size.RefillPerSecond) return;
        _rate = Math.Min(size.RefillPerSecond, _rate + 0.5);
        _throttled = now;
    }
}
