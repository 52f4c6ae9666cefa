using Amazon.EC2.Model;
using EbsPv.Sandbox.Ec2;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

public class DescribeVolumesModificationsTests
{
    private static readonly Ec2Settings Settings = new() { RateLimits = false, ModifyTime = TimeSpan.FromSeconds(5), OptimizeTime = TimeSpan.FromSeconds(60) };

    [Fact]
    public async Task A_volume_that_was_never_modified_is_an_error_by_id_and_nothing_by_filter()
    {
        await using var ec2 = await Ec2Harness.StartAsync(Settings);
        var error = await Ec2Harness.RefusedAsync(
            () => DescribeAsync(ec2, new() { VolumeIds = [KopsCluster.ForeignVolume] }), "InvalidVolumeModification.NotFound");
        Assert.Contains(KopsCluster.ForeignVolume, error.Message);
        await Ec2Harness.RefusedAsync(() => DescribeAsync(ec2, new() { VolumeIds = [Ec2Harness.Nowhere] }), "InvalidVolume.NotFound");
        Assert.Empty(await IdsAsync(ec2, new Filter("volume-id", [KopsCluster.ForeignVolume])));
    }

    [Fact]
    public async Task Filters_choose_by_volume_and_by_state()
    {
        await using var ec2 = await Ec2Harness.StartAsync(Settings);
        await ModifyAsync(ec2, KopsCluster.RootVolumeB);
        ec2.Pass(10);
        await ModifyAsync(ec2, KopsCluster.RootVolumeC);
        string[] both = [KopsCluster.RootVolumeB, KopsCluster.RootVolumeC];
        Assert.Equal(both, await IdsAsync(ec2, new Filter("volume-id", [.. both])));
        Assert.Equal([KopsCluster.RootVolumeB], await IdsAsync(ec2, new Filter("modification-state", ["optimizing"])));
        Assert.Equal([KopsCluster.RootVolumeC], await IdsAsync(ec2, new Filter("modification-state", ["modifying"])));
        Assert.Empty(await IdsAsync(ec2, new Filter("modification-state", ["completed"])));
        await Ec2Harness.RefusedAsync(() => IdsAsync(ec2, new Filter("size", ["1"])), "InvalidParameterValue");
    }

    [Fact]
    public async Task Pages_hold_at_most_500_and_follow_one_another()
    {
        await using var ec2 = await Ec2Harness.StartAsync(Settings);
        var now = ec2.Server.Clock.GetUtcNow();
        var ids = new VolumeSeed { Count = 12 }.Volumes(now).Select(volume => ec2.Server.Ec2.AddVolume(volume).VolumeId).ToList();
        foreach (var id in ids) await ModifyAsync(ec2, id);
        var seen = new List<string>();
        string? token = null;
        do
        {
            var page = await DescribeAsync(ec2, new() { MaxResults = 5, NextToken = token });
            seen.AddRange(page.VolumesModifications.Select(modification => modification.VolumeId));
            token = page.NextToken;
        }
        while (token is not null);
        Assert.Equal(ids, seen);
        Assert.Equal(3, ec2.Server.Ledger.Count("DescribeVolumesModifications"));
        await Ec2Harness.RefusedAsync(() => DescribeAsync(ec2, new() { MaxResults = 501 }), "InvalidParameterValue");
    }

    [Fact]
    public async Task Only_the_latest_modification_is_shown_once_it_is_visible()
    {
        await using var ec2 = await Ec2Harness.StartAsync(Settings with { ModificationVisibilityDelay = TimeSpan.FromSeconds(3) });
        await ModifyAsync(ec2, KopsCluster.RootVolumeB);
        Assert.Empty(await IdsAsync(ec2, new Filter("volume-id", [KopsCluster.RootVolumeB])));
        ec2.Pass(100);
        await ModifyAsync(ec2, KopsCluster.RootVolumeB, 300);
        Assert.Equal(200, Assert.Single((await DescribeAsync(ec2, new() { VolumeIds = [KopsCluster.RootVolumeB] })).VolumesModifications).TargetSize);
        ec2.Pass(10);
        var only = Assert.Single((await DescribeAsync(ec2, new() { VolumeIds = [KopsCluster.RootVolumeB] })).VolumesModifications);
        Assert.Equal((200, 300), (only.OriginalSize, only.TargetSize));
        Assert.InRange(only.Progress!.Value, 1, 99);
    }

    private static Task ModifyAsync(Ec2Harness ec2, string id, int size = 200) =>
        ec2.Client.ModifyVolumeAsync(new() { VolumeId = id, Size = size }, Ec2Harness.Stop);

    private static Task<DescribeVolumesModificationsResponse> DescribeAsync(Ec2Harness ec2, DescribeVolumesModificationsRequest request) =>
        ec2.Client.DescribeVolumesModificationsAsync(request, Ec2Harness.Stop);

    private static async Task<IReadOnlyList<string>> IdsAsync(Ec2Harness ec2, Filter filter)
    {
        var answer = await DescribeAsync(ec2, new() { Filters = [filter], MaxResults = 500 });
        return [.. (answer.VolumesModifications ?? []).Select(modification => modification.VolumeId)];
    }
}
