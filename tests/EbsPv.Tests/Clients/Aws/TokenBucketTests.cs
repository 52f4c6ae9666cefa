using EbsPv.Clients.Aws;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Clients.Aws;

public class TokenBucketTests
{
    private readonly SkippedTime _time = new();

    [Fact]
    public async Task Nearly_all_of_the_capacity_is_free_and_every_call_beyond_it_waits_its_turn()
    {
        using var bucket = Bucket(100, 2);
        await TakeAsync(bucket, 97);
        Assert.Empty(_time.Waits);
        await TakeAsync(bucket, 3);
        Assert.Equal([0.5, 0.5, 0.5], _time.Seconds);
    }

    [Fact]
    public async Task Time_fills_the_bucket_and_no_further_than_its_capacity()
    {
        using var bucket = Bucket(100, 2);
        await TakeAsync(bucket, 97);
        _time.Pass(5);
        await TakeAsync(bucket, 11);
        Assert.Single(_time.Waits);
        _time.Pass(3_600);
        await TakeAsync(bucket, 97);
        Assert.Single(_time.Waits);
        await TakeAsync(bucket, 1);
        Assert.Equal(2, _time.Waits.Count);
    }

    [Fact]
    public async Task A_throttle_empties_the_bucket_and_halves_the_rate_also_in_the_first_second()
    {
        using var bucket = Bucket(100, 4);
        bucket.Throttled();
        await TakeAsync(bucket, 2);
        Assert.Equal([0.5, 0.5], _time.Seconds);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.002)]
    [InlineData(0.1)]
    public void Throttles_that_come_together_are_one_piece_of_news(double seconds)
    {
        using var bucket = Bucket(100, 4);
        for (var call = 0; call < 8; call++)
        {
            bucket.Throttled();
            _time.Pass(seconds);
        }

        Assert.Equal(2, bucket.Rate);
    }

    [Fact]
    public void Throttles_that_go_on_keep_halving_however_close_they_come()
    {
        using var bucket = Bucket(100, 8);
        for (var call = 0; call < 7; call++)
        {
            bucket.Throttled();
            _time.Pass(0.4);
        }

        // At 0, 1.2 and 2.4 s: the others came within a second of one that was heard.
        Assert.Equal(1, bucket.Rate);
    }

    [Fact]
    public async Task A_throttle_is_heard_also_right_after_a_step_up()
    {
        using var bucket = Bucket(100, 4);
        bucket.Throttled();
        _time.Pass(10);
        await TakeAsync(bucket, 1);
        Assert.Equal(2.2, bucket.Rate, 6);
        bucket.Throttled();
        Assert.Equal(1.1, bucket.Rate, 6);
    }

    [Fact]
    public void The_rate_never_falls_to_nothing()
    {
        using var bucket = Bucket(100, 4);
        for (var call = 0; call < 20; call++)
        {
            bucket.Throttled();
            _time.Pass(2);
        }

        Assert.Equal(0.2, bucket.Rate);
    }

    [Fact]
    public async Task Every_ten_quiet_seconds_regain_a_twentieth_up_to_the_documented_rate()
    {
        using var bucket = Bucket(100, 4);
        bucket.Throttled();
        _time.Pass(9.9);
        await TakeAsync(bucket, 1);
        Assert.Equal(2, bucket.Rate);
        for (var step = 1; step <= 12; step++)
        {
            _time.Pass(10);
            await TakeAsync(bucket, 1);
            Assert.Equal(Math.Min(4, 2 + (0.2 * step)), bucket.Rate, 6);
        }
    }

    [Fact]
    public async Task A_throttle_slows_down_also_those_who_wait_already()
    {
        using var bucket = Bucket(1, 4);
        await TakeAsync(bucket, 1);
        _time.Waiting = _ =>
        {
            if (_time.Waits.Count == 0) bucket.Throttled();
        };
        await TakeAsync(bucket, 1);
        Assert.Equal([0.25, 0.25], _time.Seconds);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(1.03)]
    public async Task The_smallest_bucket_still_gives(double capacity)
    {
        using var bucket = Bucket(capacity, 1);
        await TakeAsync(bucket, 3);
        Assert.Equal([1, 1], _time.Seconds);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(0.7)]
    public async Task One_wait_is_enough_for_a_token(double rate)
    {
        using var bucket = Bucket(1, rate);
        await TakeAsync(bucket, 51);
        Assert.Equal(50, _time.Waits.Count);
    }

    [Fact]
    public async Task Those_in_line_come_one_after_the_other()
    {
        using var bucket = Bucket(1, 10);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TakeAsync(bucket, 1)));
        Assert.Equal(Enumerable.Repeat(0.1, 19), _time.Seconds);
    }

    private TokenBucket Bucket(double capacity, double rate) => new(new BucketSize(capacity, rate), _time);

    private static async Task TakeAsync(TokenBucket bucket, int calls)
    {
        for (var call = 0; call < calls; call++) await bucket.TakeAsync(_ => { }, TestContext.Current.CancellationToken);
    }
}
