using Amazon.EC2.Model;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Server;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

public class SnapshotTests
{
    private const string Foreign = "snap-0f0e19a1b2c3d4e5f";

    [Fact]
    public async Task A_snapshot_is_pending_until_its_time_has_passed()
    {
        await using var ec2 = await Ec2Harness.StartAsync(new Ec2Settings { SnapshotTime = TimeSpan.FromSeconds(4) });
        var made = await MakeAsync(ec2, KopsCluster.ForeignVolume, "datos", new Tag("ebspv/operation", "op"));
        Assert.Equal(("pending", KopsCluster.ForeignVolume, 100, "datos"), (made.State.Value, made.VolumeId, made.VolumeSize, made.Description));
        ec2.Pass(3);
        var half = Assert.Single(await FindAsync(ec2, new Filter("snapshot-id", [made.SnapshotId])));
        Assert.Equal(("pending", "75%"), (half.State.Value, half.Progress));
        ec2.Pass(1.1);
        var done = Assert.Single(await FindAsync(ec2, new Filter("snapshot-id", [made.SnapshotId])));
        Assert.Equal(("completed", "100%", KopsCluster.AccountId), (done.State.Value, done.Progress, done.OwnerId));
        Assert.Equal("op", Assert.Single(done.Tags).Value);
    }

    [Fact]
    public async Task With_no_snapshot_time_the_answer_is_pending_and_the_next_look_is_completed()
    {
        await using var ec2 = await Ec2Harness.StartAsync(new Ec2Settings { SnapshotTime = TimeSpan.Zero });
        Assert.Equal("pending", (await MakeAsync(ec2, KopsCluster.ForeignVolume)).State.Value);
        Assert.Equal("completed", Assert.Single(await FindAsync(ec2)).State.Value);
    }

    [Fact]
    public async Task A_snapshot_can_end_as_an_error()
    {
        await using var ec2 = await Ec2Harness.StartAsync(new Ec2Settings { SnapshotsFail = true });
        await MakeAsync(ec2, KopsCluster.ForeignVolume);
        ec2.Pass(2);
        Assert.Equal("error", Assert.Single(await FindAsync(ec2)).State.Value);
    }

    [Fact]
    public async Task A_new_snapshot_is_not_shown_before_the_visibility_delay_is_over()
    {
        await using var ec2 = await Ec2Harness.StartAsync(new Ec2Settings { VisibilityDelay = TimeSpan.FromSeconds(5) });
        await MakeAsync(ec2, KopsCluster.ForeignVolume);
        Assert.Empty(await FindAsync(ec2));
        ec2.Pass(5.1);
        Assert.Single(await FindAsync(ec2));
    }

    [Fact]
    public async Task There_are_fifteen_seconds_between_snapshots_of_a_volume_and_none_between_volumes()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await MakeAsync(ec2, KopsCluster.ForeignVolume);
        await MakeAsync(ec2, KopsCluster.EtcdVolume);
        ec2.Pass(14.9);
        await Ec2Harness.RefusedAsync(() => MakeAsync(ec2, KopsCluster.ForeignVolume), "SnapshotCreationPerVolumeRateExceeded");
        ec2.Pass(0.2);
        await MakeAsync(ec2, KopsCluster.ForeignVolume);
    }

    [Theory]
    [InlineData("gp3", 5)]
    [InlineData("st1", 1)]
    [InlineData("sc1", 1)]
    public async Task A_volume_has_so_many_pending_snapshots_and_no_more(string type, int most)
    {
        await using var ec2 = await Ec2Harness.StartAsync(new Ec2Settings { SnapshotTime = TimeSpan.FromHours(1) });
        ec2.Server.Ec2.Change(KopsCluster.ForeignVolume, volume => volume with { VolumeType = type });
        for (var i = 0; i < most; i++)
        {
            await MakeAsync(ec2, KopsCluster.ForeignVolume);
            ec2.Pass(16);
        }

        await Ec2Harness.RefusedAsync(() => MakeAsync(ec2, KopsCluster.ForeignVolume), "ConcurrentSnapshotLimitExceeded");
        ec2.Pass(3_600);
        await MakeAsync(ec2, KopsCluster.ForeignVolume);
    }

    [Theory]
    [InlineData("CreateSnapshot", 100, 5)]
    [InlineData("DeleteSnapshot", 100, 5)]
    [InlineData("DescribeSnapshots", 50, 10)]
    public async Task A_bucket_holds_and_refills_as_documented(string action, int capacity, int refill)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.Equal(capacity, await ServedAsync(ec2, action, capacity + 3));
        ec2.Pass(1);
        Assert.Equal(refill, await ServedAsync(ec2, action, refill + 3));
    }

    [Fact]
    public async Task A_token_is_unknown_to_CreateSnapshot()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.Equal("UnknownParameter", (await ec2.CodeAsync("CreateSnapshot", $"VolumeId={KopsCluster.ForeignVolume}", "ClientToken=t")).Code);
        Assert.Empty(await FindAsync(ec2));
    }

    [Theory]
    [InlineData(Ec2Harness.Nowhere, "InvalidVolume.NotFound")]
    [InlineData("vol-xyz", "InvalidVolumeID.Malformed")]
    public async Task What_does_not_exist_has_no_snapshot(string id, string code)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await Ec2Harness.RefusedAsync(() => MakeAsync(ec2, id), code);
    }

    [Fact]
    public async Task A_volume_that_is_not_there_yet_or_no_longer_has_no_snapshot()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var volume = await ec2.CreateAsync();
        await Ec2Harness.RefusedAsync(() => MakeAsync(ec2, volume.VolumeId), "IncorrectState");
        await ec2.Client.DeleteVolumeAsync(new DeleteVolumeRequest(KopsCluster.ForeignVolume), Ec2Harness.Stop);
        await Ec2Harness.RefusedAsync(() => MakeAsync(ec2, KopsCluster.ForeignVolume), "InvalidVolume.NotFound");
    }

    [Fact]
    public async Task Filters_find_what_they_say()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var made = await MakeAsync(ec2, KopsCluster.ForeignVolume, "", new Tag("ebspv/operation", "a*b"));
        var other = await MakeAsync(ec2, KopsCluster.EtcdVolume);
        ec2.Server.Ec2.AddSnapshot(new EbsSnapshot { SnapshotId = Foreign, VolumeSize = 8, OwnerId = "999988887777" });

        await FindsAsync([made], new Filter("tag:ebspv/operation", [@"a\*b"]));
        await FindsAsync([made], new Filter("tag-key", ["ebspv/operation"]));
        await FindsAsync([other], new Filter("volume-id", [KopsCluster.EtcdVolume]));
        await FindsAsync([made, other], new Filter("status", ["pending"]));
        await FindsAsync([made, other], new Filter("owner-id", [KopsCluster.AccountId]));
        Assert.Equal([made.SnapshotId, other.SnapshotId, Foreign], Ids(await FindAsync(ec2)));
        var own = await ec2.Client.DescribeSnapshotsAsync(new DescribeSnapshotsRequest { OwnerIds = ["self"] }, Ec2Harness.Stop);
        Assert.Equal([made.SnapshotId, other.SnapshotId], Ids(own.Snapshots));
        await Ec2Harness.RefusedAsync(() => FindAsync(ec2, new Filter("state", ["pending"])), "InvalidParameterValue");

        async Task FindsAsync(Snapshot[] expected, Filter filter) => Assert.Equal(Ids(expected), Ids(await FindAsync(ec2, filter)));
    }

    [Fact]
    public async Task Pages_go_from_5_to_1000_and_do_not_go_with_ids()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        for (var i = 0; i < 1_003; i++) ec2.Server.Ec2.AddSnapshot(new EbsSnapshot { SnapshotId = $"snap-{i:x17}", VolumeSize = 1 });
        var first = await ec2.Client.DescribeSnapshotsAsync(new DescribeSnapshotsRequest { MaxResults = 2_000 }, Ec2Harness.Stop);
        var last = await ec2.Client.DescribeSnapshotsAsync(
            new DescribeSnapshotsRequest { MaxResults = 2_000, NextToken = first.NextToken }, Ec2Harness.Stop);
        Assert.Equal((1_000, 3, null), (first.Snapshots.Count, last.Snapshots.Count, last.NextToken));
        Assert.Equal("InvalidParameterValue", (await ec2.CodeAsync("DescribeSnapshots", "MaxResults=4")).Code);
        Assert.Equal("InvalidParameterCombination", (await ec2.CodeAsync("DescribeSnapshots", "MaxResults=5", $"SnapshotId.1={Foreign}")).Code);
    }

    [Fact]
    public async Task A_deleted_snapshot_is_gone_and_one_of_others_is_not_deleted()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var made = await MakeAsync(ec2, KopsCluster.ForeignVolume);
        ec2.Server.Ec2.AddSnapshot(new EbsSnapshot { SnapshotId = Foreign, VolumeSize = 8, OwnerId = "999988887777" });
        await DeleteAsync(made.SnapshotId);
        Assert.Equal([Foreign], Ids(await FindAsync(ec2)));
        await Ec2Harness.RefusedAsync(() => DeleteAsync(made.SnapshotId), "InvalidSnapshot.NotFound");
        await Ec2Harness.RefusedAsync(() => DeleteAsync(Foreign), "AuthFailure");
        await Ec2Harness.RefusedAsync(() => DeleteAsync("vol-0123456789abcdef0"), "InvalidSnapshotID.Malformed");

        Task DeleteAsync(string id) => ec2.Client.DeleteSnapshotAsync(new DeleteSnapshotRequest(id), Ec2Harness.Stop);
    }

    [Fact]
    public async Task A_cut_answer_leaves_a_snapshot_behind()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Faults.Add(new Fault { Kind = FaultKind.CutAfter, Operation = "CreateSnapshot" });
        await Assert.ThrowsAnyAsync<Exception>(() => MakeAsync(ec2, KopsCluster.ForeignVolume));
        Assert.Single(await FindAsync(ec2));
    }

    [Fact]
    public async Task A_volume_is_made_of_a_snapshot_once_it_is_completed()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var made = await MakeAsync(ec2, KopsCluster.ForeignVolume);
        var request = new CreateVolumeRequest { AvailabilityZone = KopsCluster.ZoneC, SnapshotId = made.SnapshotId };
        await Ec2Harness.RefusedAsync(() => ec2.CreateAsync(request), "IncorrectState");
        ec2.Pass(2);
        var volume = await ec2.CreateAsync(request);
        Assert.Equal((100, made.SnapshotId, true), (volume.Size, volume.SnapshotId, volume.Encrypted));
    }

    private static async Task<Snapshot> MakeAsync(Ec2Harness ec2, string volumeId, string description = "", params Tag[] tags)
    {
        var request = new CreateSnapshotRequest { VolumeId = volumeId, Description = description };
        if (tags.Length > 0) request.TagSpecifications = [new TagSpecification { ResourceType = "snapshot", Tags = [.. tags] }];
        return (await ec2.Client.CreateSnapshotAsync(request, Ec2Harness.Stop)).Snapshot;
    }

    private static async Task<IReadOnlyList<Snapshot>> FindAsync(Ec2Harness ec2, params Filter[] filters)
    {
        var request = new DescribeSnapshotsRequest { Filters = filters.Length == 0 ? null : [.. filters], MaxResults = 1_000 };
        return (await ec2.Client.DescribeSnapshotsAsync(request, Ec2Harness.Stop)).Snapshots ?? [];
    }

    private static IEnumerable<string> Ids(IEnumerable<Snapshot> snapshots) => snapshots.Select(snapshot => snapshot.SnapshotId);

    private static async Task<int> ServedAsync(Ec2Harness ec2, string action, int times)
    {
        var served = 0;
        for (var i = 0; i < times; i++)
            if ((await ec2.CodeAsync(action)).Code != "RequestLimitExceeded") served++;
        return served;
    }
}
