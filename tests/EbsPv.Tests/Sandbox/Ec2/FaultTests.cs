using Amazon.EC2.Model;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Server;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

public class FaultTests
{
    // The machine's timers count in milliseconds, which are a hundred seconds at the scale of these tests.
    private static readonly TimeSpan AlmostThreeHours = TimeSpan.FromHours(3) - TimeSpan.FromMinutes(5);

    [Fact]
    public async Task An_error_is_answered_in_EC2_s_shape_and_nothing_is_done()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Faults.Add(new Fault
        {
            Kind = FaultKind.Error, Operation = "CreateVolume", Status = 503, Code = "Unavailable", Message = "so sorry", RetryAfter = 7,
        });
        var error = await Ec2Harness.RefusedAsync(() => ec2.CreateAsync(), "Unavailable");
        Assert.Equal((503, "so sorry"), ((int)error.StatusCode, error.Message));
        Assert.Equal(4, ec2.Server.Ec2.Volumes.Count);
        await ec2.CreateAsync();
        Assert.Equal([(503, "Unavailable"), (200, null)], ec2.Server.Ledger.Calls.Select(call => (call.Status, call.Error)));
    }

    [Fact]
    public async Task A_Retry_After_header_is_sent_when_asked_for()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Faults.Add(new Fault { Kind = FaultKind.Error, RetryAfter = 7 });
        var (response, _) = await ec2.SendAsync(new Dictionary<string, string> { ["Action"] = "DescribeVolumes", ["Version"] = "2016-11-15" });
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Cut_before_does_nothing()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Faults.Add(new Fault { Kind = FaultKind.CutBefore });
        await Assert.ThrowsAnyAsync<Exception>(() => ec2.CreateAsync());
        Assert.Equal(4, ec2.Server.Ec2.Volumes.Count);
        Assert.Equal((0, "CutBefore"), Outcome(ec2));
    }

    [Fact]
    public async Task Cut_after_does_it_and_loses_the_answer()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Faults.Add(new Fault { Kind = FaultKind.CutAfter });
        await Assert.ThrowsAnyAsync<Exception>(() => ec2.CreateAsync(Ec2Harness.Gp3("token")));
        var made = ec2.Server.Ec2.Volumes[^1];
        Assert.Equal(5, ec2.Server.Ec2.Volumes.Count);
        Assert.Equal((0, "CutAfter"), Outcome(ec2));
        Assert.Equal(made.VolumeId, (await ec2.CreateAsync(Ec2Harness.Gp3("token"))).VolumeId);
    }

    [Theory]
    [InlineData(FaultKind.CutInside, 200)]
    [InlineData(FaultKind.HangAfter, 0)]
    public async Task Cut_inside_and_hang_after_do_it_too(FaultKind kind, int status)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Faults.Add(new Fault { Kind = kind });
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Ec2Harness.Stop);
        var call = ec2.Client.CreateVolumeAsync(Ec2Harness.Gp3("token"), giveUp.Token);
        while (ec2.Server.Ledger.Calls.Count == 0) await Task.Delay(5, Ec2Harness.Stop);
        if (kind == FaultKind.HangAfter) await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => call);
        Assert.Equal((status, $"{kind}"), Outcome(ec2));
        Assert.Equal(ec2.Server.Ec2.Volumes[^1].VolumeId, (await ec2.CreateAsync(Ec2Harness.Gp3("token"))).VolumeId);
    }

    [Fact]
    public async Task A_hanging_request_is_in_the_ledger_and_never_answered()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Faults.Add(new Fault { Kind = FaultKind.Hang });
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Ec2Harness.Stop);
        var call = ec2.Client.CreateVolumeAsync(Ec2Harness.Gp3(), giveUp.Token);
        while (ec2.Server.Ledger.Calls.Count == 0 && !call.IsCompleted) await Task.Delay(5, Ec2Harness.Stop);
        Assert.Equal((0, "Hang"), Outcome(ec2));
        Assert.False(call.IsCompleted);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(4, ec2.Server.Ec2.Volumes.Count);
    }

    [Fact]
    public async Task A_server_with_hanging_requests_can_be_stopped()
    {
        var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Faults.Add(new Fault { Kind = FaultKind.Hang });
        var call = ec2.CreateAsync();
        while (ec2.Server.Ledger.Calls.Count == 0 && !call.IsCompleted) await Task.Delay(5, Ec2Harness.Stop);
        await ec2.Server.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => call);
        await ec2.DisposeAsync();
    }

    [Fact]
    public async Task A_delayed_request_is_served_after_sandbox_time()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Clock.Scale = 100_000;
        ec2.Server.Faults.Add(new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromHours(3) });
        var before = ec2.Server.Clock.GetUtcNow();
        await ec2.CreateAsync();
        Assert.True(ec2.Server.Ec2.Volumes[^1].CreateTime - before >= AlmostThreeHours);
    }

    [Fact]
    public async Task Latency_is_sandbox_time_too()
    {
        var slow = new Ec2Settings { LatencyByAction = new Dictionary<string, TimeSpan> { ["CreateVolume"] = TimeSpan.FromHours(3) } };
        await using var ec2 = await Ec2Harness.StartAsync(slow);
        ec2.Server.Clock.Scale = 100_000;
        var before = ec2.Server.Clock.GetUtcNow();
        await ec2.CreateAsync();
        Assert.True(ec2.Server.Ec2.Volumes[^1].CreateTime - before >= AlmostThreeHours);
    }

    [Fact]
    public async Task A_fault_can_aim_at_a_target_and_a_turn()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Faults.Add(new Fault { Kind = FaultKind.Error, Target = KopsCluster.ZoneC, Skip = 1, Code = "InternalError" });
        await ec2.CreateAsync();
        await ec2.CreateAsync(Ec2Harness.Gp3(zone: KopsCluster.ZoneC));
        await ec2.CreateAsync();
        await Ec2Harness.RefusedAsync(() => ec2.CreateAsync(Ec2Harness.Gp3(zone: KopsCluster.ZoneC)), "InternalError");
        await ec2.Client.DeleteVolumeAsync(new DeleteVolumeRequest(KopsCluster.ForeignVolume), Ec2Harness.Stop);
    }

    private static (int, string?) Outcome(Ec2Harness ec2)
    {
        var call = Assert.Single(ec2.Server.Ledger.Calls);
        return (call.Status, call.Error);
    }
}
