using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Lost answers, refusals and limits: no duplicate, the right result, and the rest of the run goes on.</summary>
public sealed class FaultTests(SandboxBackend backend) : SandboxTests(backend)
{
    [Fact]
    public async Task A_create_whose_answer_is_lost_makes_no_second_volume()
    {
        await Admin.AddFaultAsync(new { kind = "CutAfter", operation = "CreateVolume" });

        var result = Session.Run(Line).WithoutErrors();

        await AssertOneSetAsync(result);
        Assert.Equal(3, (await Admin.CountsAsync())["ec2 CreateVolume"]);
    }

    [Fact]
    public async Task A_create_that_never_arrives_is_sent_again()
    {
        await Admin.AddFaultAsync(new { kind = "CutBefore", operation = "CreateVolume" });

        await AssertOneSetAsync(Session.Run(Line).WithoutErrors());
    }

    [Theory]
    [InlineData("CutAfter")]
    [InlineData("CutBefore")]
    public async Task A_post_whose_answer_is_lost_makes_the_PersistentVolume_all_the_same(string kind)
    {
        await Admin.AddFaultAsync(new { kind, operation = "create persistentvolumes" });

        await AssertOneSetAsync(Session.Run(Line).WithoutErrors());
    }

    [Fact]
    public async Task A_watch_that_is_cut_goes_on()
    {
        await Admin.AddFaultAsync(new { kind = "CutBefore", operation = "watch persistentvolumes" });

        await AssertOneSetAsync(Session.Run(Line).WithoutErrors());
    }

    [Fact]
    public async Task Throttled_calls_are_sent_again_until_they_pass()
    {
        await Admin.AddFaultAsync(new { kind = "Error", operation = "CreateVolume", status = 503, code = "RequestLimitExceeded", message = "Request limit exceeded.", times = 2 });
        await Admin.AddFaultAsync(new { kind = "Error", operation = "create persistentvolumes", status = 429, code = "TooManyRequests", retryAfter = 1 });

        var result = Session.Run(Line).WithoutErrors();

        await AssertOneSetAsync(result);
        Assert.Equal([503, 503, 200, 200], (await Admin.CallsAsync()).Where(call => call.Operation == "CreateVolume").Select(call => call.Status));
    }

    [Fact]
    public async Task The_module_keeps_within_EC2s_rate_by_itself()
    {
        await Admin.SetAsync(new { rateLimits = true, buckets = new { CreateVolume = new { capacity = 10, refillPerSecond = 20 } } });
        var environment = Backend.Variables.Append(new("EBSPV_EC2_RATES", "CreateVolume=10:20"));

        (await ShellProcess.RunAsync(ShellProcess.Import + "'eu-west-1b' | New-ClusterEbsVolume -Size 10 -CountPerZone 30", environment)).Succeeded();

        var creates = (await Admin.CallsAsync()).Where(call => call.Operation == "CreateVolume").ToList();
        Assert.Equal(30, creates.Count(call => call.Status == 200));
        Assert.True(creates.Count <= 32, $"{creates.Count} creates for 30 volumes");
    }

    [Fact]
    public async Task A_zone_without_capacity_leaves_the_other_zones_finished()
    {
        await Admin.SetAsync(new { zonesWithoutCapacity = new[] { IBackend.ZoneB } });

        var result = Session.Run(Line);

        Assert.Contains(IBackend.ZoneB, result.OnlyError("InsufficientVolumeCapacity").Exception.Message);
        Assert.Equal([IBackend.ZoneC], result.Each("AvailabilityZone"));
        Assert.Equal([IBackend.ZoneC], (await Backend.Ec2.VolumesAsync()).Select(volume => volume.Zone));
    }

    [Fact]
    public async Task When_capacity_is_back_the_same_line_fills_the_gap()
    {
        await Admin.SetAsync(new { zonesWithoutCapacity = new[] { IBackend.ZoneB } });
        Session.Run(Line);
        await Admin.SetAsync(new { zonesWithoutCapacity = Array.Empty<string>() });

        var result = Session.Run(Line).WithoutErrors();

        Assert.Equal([IBackend.ZoneB, IBackend.ZoneC], result.Each("AvailabilityZone"));
        Assert.Equal(["False", "True"], result.Each("Adopted"));
    }

    [Fact]
    public async Task Answers_whose_first_page_is_empty_are_read_to_the_end()
    {
        Session.Run(Line).WithoutErrors();
        await Admin.SetAsync(new { emptyFirstPage = true });

        var again = Session.Run(Line).WithoutErrors();

        Assert.Equal(["True", "True"], again.Each("Adopted"));
        await AssertOneSetAsync(again);
    }

    [Fact]
    public async Task A_denied_action_is_named()
    {
        await Admin.SetAsync(new { deniedActions = new Dictionary<string, string[]> { ["*"] = ["CreateVolume"] } });

        var error = Session.Run("'eu-west-1b' | New-ClusterEbsVolume -Size 10").OnlyError("AwsPermissionDenied");

        Assert.Contains("ec2:CreateVolume", error.Exception.Message);
    }

    private async Task AssertOneSetAsync(ScriptResult result)
    {
        var volumes = await Backend.Ec2.VolumesAsync();
        Assert.Equal([$"{IBackend.ZoneB}/1", $"{IBackend.ZoneC}/1"], volumes.Select(volume => volume.Tags["ebspv/slot"]));
        Assert.Equal(volumes.Select(volume => volume.Id), result.Each("VolumeId"));
        Assert.Equal(["Available", "Available"], result.Each("Status"));
        Assert.Equal(2, (await Backend.Kube.PersistentVolumesAsync()).Count);
    }
}
