using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Protocol;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

public class RateLimitTests
{
    private static readonly string[] Create = ["AvailabilityZone=eu-west-1b", "Size=1", "DryRun=true"];
    private static readonly string[] Filtered = ["Filter.1.Name=size", "Filter.1.Value.1=1"];

    [Theory]
    [InlineData("CreateVolume", 100, 5)]
    [InlineData("DeleteVolume", 100, 5)]
    [InlineData("CreateTags", 100, 10)]
    [InlineData("DescribeAvailabilityZones", 100, 20)]
    [InlineData("DescribeVolumes", 50, 10)]
    [InlineData("DescribeInstances", 50, 10)]
    public async Task A_bucket_holds_and_refills_as_documented(string action, int capacity, int refill)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.Equal(capacity, await ServedAsync(ec2, action, capacity + 7));
        ec2.Pass(1);
        Assert.Equal(refill, await ServedAsync(ec2, action, refill + 3));
        ec2.Pass(1_000);
        Assert.Equal(capacity, await ServedAsync(ec2, action, capacity + 1));
    }

    [Fact]
    public async Task A_filter_or_a_page_draws_from_the_larger_bucket()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.Equal(100, await ServedAsync(ec2, "DescribeVolumes", 101, Filtered));
        Assert.Equal(0, await ServedAsync(ec2, "DescribeVolumes", 1, "MaxResults=5"));
        Assert.Equal(1, await ServedAsync(ec2, "DescribeVolumes", 1));
    }

    [Fact]
    public async Task Actions_and_regions_have_buckets_of_their_own()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.Equal(100, await ServedAsync(ec2, "CreateVolume", 101, Create));
        Assert.Equal(1, await ServedAsync(ec2, "DeleteVolume", 1));
        await ec2.NewClient("us-east-1").CreateVolumeAsync(Ec2Harness.Gp3(zone: "us-east-1a"), Ec2Harness.Stop);
    }

    [Fact]
    public async Task A_throttled_request_is_a_503_that_changes_nothing_and_is_in_the_ledger()
    {
        var one = new Ec2Settings { Buckets = new Dictionary<string, BucketSize> { ["CreateVolume"] = new(1, 0.5) } };
        await using var ec2 = await Ec2Harness.StartAsync(one);
        await ec2.CreateAsync();
        var error = await Ec2Harness.RefusedAsync(() => ec2.CreateAsync(), "RequestLimitExceeded");
        Assert.Equal(("Request limit exceeded.", 503), (error.Message, (int)error.StatusCode));
        Assert.Equal(5, ec2.Server.Ec2.Volumes.Count);
        Assert.Equal([(200, null), (503, "RequestLimitExceeded")], ec2.Server.Ledger.Calls.Select(call => (call.Status, call.Error)));
        ec2.Pass(2);
        await ec2.CreateAsync();
    }

    [Fact]
    public async Task Buckets_can_shrink_in_the_middle()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.Equal(10, await ServedAsync(ec2, "CreateVolume", 10, Create));
        ec2.Server.Ec2.Settings = new Ec2Settings { Buckets = new Dictionary<string, BucketSize> { ["CreateVolume"] = new(20, 1) } };
        Assert.Equal(20, await ServedAsync(ec2, "CreateVolume", 30, Create));
        ec2.Pass(3);
        Assert.Equal(3, await ServedAsync(ec2, "CreateVolume", 5, Create));
    }

    [Fact]
    public async Task Limits_can_be_off()
    {
        await using var ec2 = await Ec2Harness.StartAsync(new Ec2Settings { RateLimits = false });
        Assert.Equal(120, await ServedAsync(ec2, "DescribeVolumes", 120));
    }

    private static async Task<int> ServedAsync(Ec2Harness ec2, string action, int times, params string[] parameters)
    {
        var throttled = 0;
        for (var i = 0; i < times; i++)
            if ((await ec2.CodeAsync(action, parameters)).Code == "RequestLimitExceeded") throttled++;
        return times - throttled;
    }
}
