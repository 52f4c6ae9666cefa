using EbsPv.Clients.Aws;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Clients.Aws;

public class TokenBucketTests
{
    private readonly SkippedTime _time = new();

    [Fact]
    public void The_capacity_is_free_and_every_call_beyond_it_waits_its_turn()
    {
        var bucket = new TokenBucket(new BucketSize(3, 2), _time);
        Assert.Equal([0, 0, 0, 0.5, 1, 1.5], Take(bucket, 6));
    }

    [Fact]
    public void Time_fills_the_bucket_and_no_further_than_its_capacity()
    {
        var bucket = new TokenBucket(new BucketSize(3, 2), _time);
        Take(bucket, 5);
        _time.Pass(1.5);
        Assert.Equal([0, 0.5], Take(bucket, 2));
        _time.Pass(3_600);
        Assert.Equal([0, 0, 0, 0.5], Take(bucket, 4));
    }

    [Fact]
    public void A_throttle_empties_the_bucket_and_halves_the_rate()
    {
        var bucket = new TokenBucket(new BucketSize(100, 4), _time);
        bucket.Throttled();
        Assert.Equal([0.5, 1], Take(bucket, 2));
    }

    [Fact]
    public void Throttles_that_come_together_are_one_piece_of_news()
    {
        var bucket = new TokenBucket(new BucketSize(100, 4), _time);
        for (var call = 0; call < 8; call++) bucket.Throttled();
        Assert.Equal([0.5], Take(bucket, 1));
    }

    [Fact]
    public void Throttles_that_go_on_keep_halving_however_close_they_come()
    {
        var bucket = new TokenBucket(new BucketSize(100, 8), _time);
        for (var call = 0; call < 7; call++)
        {
            bucket.Throttled();
            _time.Pass(0.4);
        }

        // At 0, 1.2 and 2.4 s: the others came within a second of one that was heard.
        Assert.Equal(1, MeasuredRate(bucket), 3);
    }

    [Fact]
    public void A_throttle_is_heard_also_right_after_a_step_up()
    {
        var bucket = new TokenBucket(new BucketSize(100, 4), _time);
        bucket.Throttled();
        _time.Pass(10);
        Take(bucket, 1);
        bucket.Throttled();
        Assert.Equal(1.25, MeasuredRate(bucket), 3);
    }

    [Fact]
    public void The_rate_never_falls_to_nothing()
    {
        var bucket = new TokenBucket(new BucketSize(100, 4), _time);
        for (var call = 0; call < 20; call++)
        {
            bucket.Throttled();
            _time.Pass(2);
        }

        Assert.Equal(0.2, MeasuredRate(bucket), 3);
    }

    [Fact]
    public void Every_ten_quiet_seconds_regain_half_a_call_a_second_up_to_the_documented_rate()
    {
        var bucket = new TokenBucket(new BucketSize(100, 4), _time);
        bucket.Throttled();
        _time.Pass(9.9);
        Assert.Equal(2, MeasuredRate(bucket), 3);
        foreach (var rate in new[] { 2.5, 3, 3.5, 4, 4 })
        {
            _time.Pass(10);
            Assert.Equal(rate, MeasuredRate(bucket), 3);
        }
    }

    [Fact]
    public void A_bucket_without_limits_never_waits()
    {
        var bucket = new TokenBucket(new BucketSize(1e9, 1e9), _time);
        Assert.All(Take(bucket, 1_000), wait => Assert.Equal(0, wait));
    }

    /// <summary>What one more call has to wait for beyond the one before it tells the rate.</summary>
    private static double MeasuredRate(TokenBucket bucket)
    {
        double before;
        do before = bucket.Take().TotalSeconds;
        while (before == 0);
        return 1 / (bucket.Take().TotalSeconds - before);
    }

    private static IEnumerable<double> Take(TokenBucket bucket, int calls) =>
        [.. Enumerable.Range(0, calls).Select(_ => Math.Round(bucket.Take().TotalSeconds, 3))];
}
