using Amazon.EC2.Model;
using EbsPv.Sandbox.Ec2;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

public class VolumeLifeTests
{
    [Fact]
    public async Task A_volume_is_creating_until_its_time_has_passed()
    {
        await using var ec2 = await Ec2Harness.StartAsync(new Ec2Settings { CreateTime = TimeSpan.FromSeconds(4) });
        var volume = await ec2.CreateAsync();
        Assert.Equal("creating", volume.State.Value);
        ec2.Pass(3.9);
        Assert.Equal("creating", await ec2.StateAsync(volume.VolumeId));
        ec2.Pass(0.2);
        Assert.Equal("available", await ec2.StateAsync(volume.VolumeId));
    }

    [Fact]
    public async Task With_no_create_time_the_answer_is_creating_and_the_next_look_is_available()
    {
        await using var ec2 = await Ec2Harness.StartAsync(new Ec2Settings { CreateTime = TimeSpan.Zero });
        var volume = await ec2.CreateAsync(Ec2Harness.Gp3("token"));
        Assert.Equal("creating", volume.State.Value);
        Assert.Equal("available", await ec2.StateAsync(volume.VolumeId));
        Assert.Equal("available", (await ec2.CreateAsync(Ec2Harness.Gp3("token"))).State.Value);
    }

    [Fact]
    public async Task A_spread_lets_volumes_become_available_one_by_one()
    {
        var spread = new Ec2Settings { CreateTime = TimeSpan.FromSeconds(1), CreateTimeSpread = TimeSpan.FromSeconds(9) };
        await using var ec2 = await Ec2Harness.StartAsync(spread);
        for (var i = 0; i < 20; i++) await ec2.CreateAsync();
        var counts = new List<int>();
        foreach (var step in new[] { 0.9, 4.6, 4.6 })
        {
            ec2.Pass(step);
            counts.Add((await ec2.VolumeIdsAsync(new Filter("status", ["available"]), new Filter("size", ["10"]))).Count);
        }
        Assert.Equal(0, counts[0]);
        Assert.InRange(counts[1], 5, 15);
        Assert.Equal(20, counts[2]);
    }

    [Fact]
    public async Task A_new_volume_is_not_shown_before_the_visibility_delay_is_over()
    {
        await using var ec2 = await Ec2Harness.StartAsync(new Ec2Settings { VisibilityDelay = TimeSpan.FromSeconds(5) });
        var volume = await ec2.CreateAsync(Ec2Harness.Gp3("token"));
        ec2.Pass(4.9);
        Assert.DoesNotContain(volume.VolumeId, await ec2.VolumeIdsAsync());
        await Ec2Harness.RefusedAsync(() => ec2.StateAsync(volume.VolumeId), "InvalidVolume.NotFound");
        Assert.Equal(volume.VolumeId, (await ec2.CreateAsync(Ec2Harness.Gp3("token"))).VolumeId);
        ec2.Pass(0.2);
        Assert.Contains(volume.VolumeId, await ec2.VolumeIdsAsync());
    }

    [Fact]
    public async Task A_deleted_volume_is_deleting_then_gone()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await DeleteAsync(ec2, KopsCluster.ForeignVolume);
        Assert.Equal("deleting", await ec2.StateAsync(KopsCluster.ForeignVolume));
        await Ec2Harness.RefusedAsync(() => DeleteAsync(ec2, KopsCluster.ForeignVolume), "InvalidVolume.NotFound");
        ec2.Pass(1);
        await Ec2Harness.RefusedAsync(() => ec2.StateAsync(KopsCluster.ForeignVolume), "InvalidVolume.NotFound");
        Assert.DoesNotContain(KopsCluster.ForeignVolume, await ec2.VolumeIdsAsync());
        Assert.Equal("deleted", ec2.Server.Ec2.StateOf(KopsCluster.ForeignVolume));
    }

    [Fact]
    public async Task An_attached_volume_is_not_deleted()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var error = await Ec2Harness.RefusedAsync(() => DeleteAsync(ec2, KopsCluster.RootVolumeB), "VolumeInUse");
        Assert.Contains(KopsCluster.WorkerB, error.Message);
        Assert.Equal("in-use", await ec2.StateAsync(KopsCluster.RootVolumeB));
    }

    [Fact]
    public async Task A_volume_that_is_not_there_yet_is_not_deleted()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var volume = await ec2.CreateAsync();
        await Ec2Harness.RefusedAsync(() => DeleteAsync(ec2, volume.VolumeId), "IncorrectState");
    }

    [Fact]
    public async Task A_failed_volume_can_be_deleted()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Ec2.Force(KopsCluster.ForeignVolume, "error");
        Assert.Equal("error", await ec2.StateAsync(KopsCluster.ForeignVolume));
        await DeleteAsync(ec2, KopsCluster.ForeignVolume);
        Assert.Equal("deleting", await ec2.StateAsync(KopsCluster.ForeignVolume));
    }

    [Theory]
    [InlineData(Ec2Harness.Nowhere, "InvalidVolume.NotFound")]
    [InlineData("vol-xyz", "InvalidVolumeID.Malformed")]
    [InlineData("REPLACE_ME_1", "InvalidVolumeID.Malformed")]
    public async Task What_does_not_exist_is_not_deleted(string id, string code)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.Contains(id, (await Ec2Harness.RefusedAsync(() => DeleteAsync(ec2, id), code)).Message);
    }

    [Fact]
    public async Task With_no_error_time_a_failed_volume_vanishes_without_a_trace()
    {
        await using var ec2 = await Ec2Harness.StartAsync(new Ec2Settings { ErrorTime = TimeSpan.Zero });
        var volume = await ec2.CreateAsync(new CreateVolumeRequest
        {
            AvailabilityZone = KopsCluster.ZoneB, Size = 1, Encrypted = true, KmsKeyId = "arn:aws:kms:eu-west-1:1:key/bad",
        });
        Assert.Equal("creating", await ec2.StateAsync(volume.VolumeId));
        ec2.Pass(1);
        await Ec2Harness.RefusedAsync(() => ec2.StateAsync(volume.VolumeId), "InvalidVolume.NotFound");
    }

    [Fact]
    public async Task Attaching_and_detaching_moves_between_available_and_in_use()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Ec2.Attach(KopsCluster.ForeignVolume, KopsCluster.WorkerB);
        Assert.Equal("in-use", await ec2.StateAsync(KopsCluster.ForeignVolume));
        ec2.Server.Ec2.Detach(KopsCluster.ForeignVolume);
        Assert.Equal("available", await ec2.StateAsync(KopsCluster.ForeignVolume));
    }

    private static Task DeleteAsync(Ec2Harness ec2, string id) =>
        ec2.Client.DeleteVolumeAsync(new DeleteVolumeRequest(id), Ec2Harness.Stop);
}
