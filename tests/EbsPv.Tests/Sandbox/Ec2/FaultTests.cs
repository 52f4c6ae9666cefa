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

    [Fact]
    public async Task Cut_inside_does_it_and_answers_half()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Faults.Add(new Fault { Kind = FaultKind.CutInside });
        await Assert.ThrowsAnyAsync<Exception>(() => ec2.CreateAsync(Ec2Harness.Gp3("token")));
        Assert.Equal((200, "CutInside"), Outcome(ec2));
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
    public async Task A_request_can_hang_after_its_work_is_done()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Faults.Add(new Fault { Kind = FaultKind.HangAfter, Operation = "CreateVolume", Name = "lost" });
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Ec2Harness.Stop);
        var call = ec2.Client.CreateVolumeAsync(Ec2Harness.Gp3("token"), giveUp.Token);
        await StruckAsync(ec2, call);
        Assert.Equal(5, ec2.Server.Ec2.Volumes.Count);
        Assert.Equal((0, "HangAfter"), Outcome(ec2));
        Assert.False(call.IsCompleted);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(ec2.Server.Ec2.Volumes[^1].VolumeId, (await ec2.CreateAsync(Ec2Harness.Gp3("token"))).VolumeId);
    }

    [Fact]
    public async Task What_has_been_played_is_told_with_its_target_and_only_once_it_has_struck()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = "CreateVolume", Target = KopsCluster.ZoneC, Name = "first", Times = 2 });
        ec2.Server.Faults.Add(new Fault { Kind = FaultKind.CutAfter, Operation = "CreateVolume" });
        Assert.Equal("[]", await ec2.Http.GetStringAsync(ec2.AdminUrl("faults"), Ec2Harness.Stop));
        await Assert.ThrowsAnyAsync<Exception>(() => ec2.CreateAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => ec2.CreateAsync(Ec2Harness.Gp3(zone: KopsCluster.ZoneC)));
        Assert.Equal(
            $$"""[{"name":null,"kind":"CutAfter","operation":"CreateVolume","target":"{{KopsCluster.ZoneB}}","isHeld":false},"""
            + $$"""{"name":"first","kind":"Error","operation":"CreateVolume","target":"{{KopsCluster.ZoneC}}","isHeld":false}]""",
            await ec2.Http.GetStringAsync(ec2.AdminUrl("faults"), Ec2Harness.Stop));
    }

    [Fact]
    public async Task A_request_is_held_until_it_is_released_and_sees_what_was_done_in_between()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Faults.Add(new Fault { Kind = FaultKind.Pause, Operation = "CreateSnapshot", Name = "fence" });
        var call = ec2.Client.CreateSnapshotAsync(new CreateSnapshotRequest { VolumeId = KopsCluster.ForeignVolume }, Ec2Harness.Stop);
        await StruckAsync(ec2, call);
        Assert.Empty(ec2.Server.Ledger.Calls);
        ec2.Server.Ec2.Write(KopsCluster.ForeignVolume, "late"u8.ToArray(), append: false);

        Assert.Equal(400, (int)(await ec2.AdminAsync("faults/release", """{"name":"other"}""")).Status);
        Assert.False(call.IsCompleted);
        Assert.Equal(204, (int)(await ec2.AdminAsync("faults/release", """{"name":"fence"}""")).Status);
        var snapshot = (await call).Snapshot;
        Assert.Equal("late"u8.ToArray(), ec2.Server.Ec2.Snapshots.Find(KopsCluster.Region, snapshot.SnapshotId)!.Content.ToArray());
        Assert.Equal(400, (int)(await ec2.AdminAsync("faults/release", "{}")).Status);
    }

    [Fact]
    public async Task What_is_held_arrives_although_its_client_has_gone()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Faults.Add(new Fault { Kind = FaultKind.Pause });
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Ec2Harness.Stop);
        var call = ec2.Client.CreateVolumeAsync(Ec2Harness.Gp3(), giveUp.Token);
        await StruckAsync(ec2, call);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(4, ec2.Server.Ec2.Volumes.Count);
        Assert.Equal(204, (int)(await ec2.AdminAsync("faults/release", "{}")).Status);
        while (ec2.Server.Ledger.Calls.Count == 0) await Task.Delay(5, Ec2Harness.Stop);
        Assert.Equal(5, ec2.Server.Ec2.Volumes.Count);
    }

    [Fact]
    public async Task What_is_held_is_never_done_once_the_faults_are_dropped()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Faults.Add(new Fault { Kind = FaultKind.Pause });
        var call = ec2.CreateAsync();
        await StruckAsync(ec2, call);
        using var dropped = await ec2.Http.DeleteAsync(ec2.AdminUrl("faults"), Ec2Harness.Stop);
        await Assert.ThrowsAnyAsync<Exception>(() => call);
        Assert.Equal(4, ec2.Server.Ec2.Volumes.Count);
        Assert.Equal("[]", await ec2.Http.GetStringAsync(ec2.AdminUrl("faults"), Ec2Harness.Stop));
        await ec2.CreateAsync();
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

    private static async Task StruckAsync(Ec2Harness ec2, Task call)
    {
        while (ec2.Server.Faults.Played.Count == 0 && !call.IsCompleted) await Task.Delay(5, Ec2Harness.Stop);
        Assert.False(call.IsCompleted);
    }

    private static (int, string?) Outcome(Ec2Harness ec2)
    {
        var call = Assert.Single(ec2.Server.Ledger.Calls);
        return (call.Status, call.Error);
    }
}
