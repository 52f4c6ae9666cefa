namespace EbsPv.Sandbox.Ec2.Protocol;

/// <summary>The token buckets, one for each region and action, filled by the sandbox's clock.</summary>
public sealed class RateLimiter
{
    private const double Rounding = 1e-6;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Region, string Bucket), Bucket> _buckets = [];

    /// <summary>Takes a token, or says that there is none.</summary>
    public bool TryTake(string region, string bucket, BucketSize size, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (!_buckets.TryGetValue((region, bucket), out var level)) level = new Bucket(size.Capacity, now);
            var elapsed = Math.Max(0, (now - level.Time).TotalSeconds);
            var tokens = Math.Min(size.Capacity, level.Tokens + (elapsed * size.RefillPerSecond));
            var isTaken = tokens >= 1 - Rounding;
            _buckets[(region, bucket)] = new Bucket(isTaken ? tokens - 1 : tokens, now > level.Time ? now : level.Time);
            return isTaken;
        }
    }

    public void Reset()
    {
        lock (_gate) _buckets.Clear();
    }

    private readonly record struct Bucket(double Tokens, DateTimeOffset Time);
}
