using Amazon.EC2.Model;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

public class DescribeVolumesTests
{
    private const string Root = KopsCluster.RootVolumeB + " " + KopsCluster.RootVolumeC;

    [Theory]
    [InlineData("tag:KubernetesCluster", "vecino.k8s.local", KopsCluster.ForeignVolume)]
    [InlineData("tag:KubernetesCluster", "VECINO.k8s.local", "")]
    [InlineData("tag:kubernetescluster", "vecino.k8s.local", "")]
    [InlineData("tag:KubernetesCluster", "vec*", KopsCluster.ForeignVolume)]
    [InlineData("tag:KubernetesCluster", @"vec\*", "")]
    [InlineData("tag-key", "k8s.io/etcd/*", KopsCluster.EtcdVolume)]
    [InlineData("volume-id", KopsCluster.ForeignVolume, KopsCluster.ForeignVolume)]
    [InlineData("volume-id", Ec2Harness.Nowhere, "")]
    [InlineData("status", "in-use", Root)]
    [InlineData("availability-zone", KopsCluster.ZoneC, KopsCluster.RootVolumeC)]
    [InlineData("availability-zone-id", "euw1-az2", KopsCluster.RootVolumeC)]
    [InlineData("size", "128", Root)]
    [InlineData("size", "12?", Root)]
    [InlineData("attachment.instance-id", KopsCluster.WorkerC, KopsCluster.RootVolumeC)]
    [InlineData("attachment.device", "/dev/sda1", Root)]
    [InlineData("attachment.delete-on-termination", "true", Root)]
    [InlineData("attachment.status", "attached", Root)]
    [InlineData("snapshot-id", "snap-*", Root)]
    [InlineData("encrypted", "false", "")]
    [InlineData("volume-type", "gp2", "")]
    [InlineData("create-time", "1999*", "")]
    public async Task A_filter_finds_what_EC2_would_find(string name, string value, string expected)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), await ec2.VolumeIdsAsync(new Filter(name, [value])));
    }

    [Fact]
    public async Task Values_are_joined_by_or_and_filters_by_and()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var zones = new Filter("availability-zone", [KopsCluster.ZoneA, KopsCluster.ZoneB]);
        Assert.Equal([KopsCluster.EtcdVolume, KopsCluster.RootVolumeB, KopsCluster.ForeignVolume], await ec2.VolumeIdsAsync(zones));
        Assert.Equal([KopsCluster.RootVolumeB], await ec2.VolumeIdsAsync(zones, new Filter("status", ["in-use"])));
    }

    [Theory]
    [InlineData("colour")]
    [InlineData("Status")]
    [InlineData("tag:")]
    public async Task An_unknown_filter_is_refused(string name)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var error = await Ec2Harness.RefusedAsync(() => ec2.VolumeIdsAsync(new Filter(name, ["x"])), "InvalidParameterValue");
        Assert.Equal($"The filter '{name}' is invalid", error.Message);
    }

    [Fact]
    public async Task Filters_have_limits()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var fifty = Enumerable.Range(0, 50).Select(i => new Filter($"tag:k{i}", ["v"])).ToArray();
        Assert.Empty(await ec2.VolumeIdsAsync(fifty));
        await Ec2Harness.RefusedAsync(() => ec2.VolumeIdsAsync([.. fifty, new Filter("size", ["1"])]), "FilterLimitExceeded");

        var values = Enumerable.Range(0, 200).Select(i => $"v{i}").ToList();
        Assert.Empty(await ec2.VolumeIdsAsync(new Filter("tag:a", values)));
        await Ec2Harness.RefusedAsync(() => ec2.VolumeIdsAsync(new Filter("tag:a", [.. values, "x"])), "FilterLimitExceeded");

        Assert.Empty(await ec2.VolumeIdsAsync(new Filter("tag:a", [new string('v', 255)])));
        await Ec2Harness.RefusedAsync(() => ec2.VolumeIdsAsync(new Filter("tag:a", [new string('v', 256)])), "InvalidParameterValue");
    }

    [Fact]
    public async Task Pages_hold_everything_once()
    {
        await using var ec2 = await SeededAsync(23);
        var pages = await PagesAsync(ec2, 5, new Filter("tag:many", ["1"]));
        Assert.Equal([5, 5, 5, 5, 3], pages.Select(page => page.Count));
        Assert.Equal(23, pages.SelectMany(page => page).Distinct().Count());
    }

    [Fact]
    public async Task A_last_page_that_is_full_has_no_token()
    {
        await using var ec2 = await SeededAsync(10);
        Assert.Equal([5, 5], (await PagesAsync(ec2, 5, new Filter("tag:many", ["1"]))).Select(page => page.Count));
    }

    [Fact]
    public async Task What_comes_and_goes_between_two_pages_moves_nothing()
    {
        await using var ec2 = await SeededAsync(12);
        var request = new DescribeVolumesRequest { MaxResults = 5, Filters = [new Filter("tag:many", ["1"])] };
        var first = await ec2.Client.DescribeVolumesAsync(request, Ec2Harness.Stop);
        ec2.Server.Ec2.Force(first.Volumes[4].VolumeId, "deleted");
        request.NextToken = first.NextToken;
        var second = await ec2.Client.DescribeVolumesAsync(request, Ec2Harness.Stop);
        request.NextToken = second.NextToken;
        var third = await ec2.Client.DescribeVolumesAsync(request, Ec2Harness.Stop);
        Assert.Equal(12, first.Volumes.Concat(second.Volumes).Concat(third.Volumes).Select(volume => volume.VolumeId).Distinct().Count());
        Assert.Null(third.NextToken);
    }

    [Fact]
    public async Task A_first_page_may_come_empty_with_a_token()
    {
        await using var ec2 = await Ec2Harness.StartAsync(new Ec2Settings { EmptyFirstPage = true });
        Assert.Equal([0, 4], (await PagesAsync(ec2, 5)).Select(page => page.Count));
    }

    [Fact]
    public async Task A_page_has_at_most_500_also_when_more_are_asked_for()
    {
        await using var ec2 = await SeededAsync(600);
        Assert.Equal([500, 100], (await PagesAsync(ec2, 1_000, new Filter("tag:many", ["1"]))).Select(page => page.Count));
        Assert.Equal(600, (await ec2.VolumeIdsAsync(new Filter("tag:many", ["1"]))).Count);
    }

    [Theory]
    [InlineData("InvalidParameterValue", "MaxResults=4")]
    [InlineData("InvalidParameterValue", "NextToken=nonsense")]
    [InlineData("InvalidParameterCombination", "MaxResults=5", "VolumeId.1=vol-0e7cd0a1b2c3d4e5f")]
    public async Task Paging_has_rules(string code, params string[] parameters)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.Equal(code, (await ec2.CodeAsync("DescribeVolumes", parameters)).Code);
    }

    [Fact]
    public async Task A_token_is_good_for_its_own_filters_only()
    {
        await using var ec2 = await SeededAsync(10);
        var first = await ec2.Client.DescribeVolumesAsync(new DescribeVolumesRequest { MaxResults = 5 }, Ec2Harness.Stop);
        var other = new DescribeVolumesRequest { MaxResults = 5, NextToken = first.NextToken, Filters = [new Filter("size", ["1"])] };
        await Ec2Harness.RefusedAsync(() => ec2.Client.DescribeVolumesAsync(other, Ec2Harness.Stop), "InvalidParameterValue");
    }

    [Fact]
    public async Task One_unknown_id_fails_the_call_and_is_named()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var request = new DescribeVolumesRequest { VolumeIds = [KopsCluster.EtcdVolume, Ec2Harness.Nowhere] };
        var error = await Ec2Harness.RefusedAsync(() => ec2.Client.DescribeVolumesAsync(request, Ec2Harness.Stop), "InvalidVolume.NotFound");
        Assert.Equal($"The volume '{Ec2Harness.Nowhere}' does not exist.", error.Message);
        await Ec2Harness.RefusedAsync(() => ec2.StateAsync("aws://eu-west-1a/vol-1"), "InvalidVolumeID.Malformed");
    }

    [Fact]
    public async Task A_volume_shows_its_attachment_and_its_tags()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var request = new DescribeVolumesRequest { VolumeIds = [KopsCluster.RootVolumeB] };
        var volume = Assert.Single((await ec2.Client.DescribeVolumesAsync(request, Ec2Harness.Stop)).Volumes);
        var attachment = Assert.Single(volume.Attachments);
        Assert.Equal((KopsCluster.WorkerB, "/dev/sda1", "attached", true),
            (attachment.InstanceId, attachment.Device, attachment.State.Value, attachment.DeleteOnTermination));
        Assert.Contains(volume.Tags, tag => tag is { Key: "KubernetesCluster", Value: KopsCluster.Name });
        Assert.Equal("snap-0a1b2c3d4e5f60718", volume.SnapshotId);
    }

    private static async Task<Ec2Harness> SeededAsync(int count)
    {
        var ec2 = await Ec2Harness.StartAsync();
        var seed = new VolumeSeed { Count = count, Tags = { ["many"] = "1", ["Name"] = "v-{n}" } };
        foreach (var volume in seed.Volumes(ec2.Server.Clock.GetUtcNow())) ec2.Server.Ec2.AddVolume(volume);
        return ec2;
    }

    private static async Task<List<IReadOnlyList<string>>> PagesAsync(Ec2Harness ec2, int size, params Filter[] filters)
    {
        var pages = new List<IReadOnlyList<string>>();
        var request = new DescribeVolumesRequest { MaxResults = size, Filters = [.. filters] };
        do
        {
            var answer = await ec2.Client.DescribeVolumesAsync(request, Ec2Harness.Stop);
            pages.Add([.. (answer.Volumes ?? []).Select(volume => volume.VolumeId)]);
            request.NextToken = answer.NextToken;
        }
        while (request.NextToken is not null);
        return pages;
    }
}
