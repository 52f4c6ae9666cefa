using EbsPv.Errors;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using Xunit;
using static EbsPv.Tests.Clients.Aws.AwsHarness;

namespace EbsPv.Tests.Clients.Aws;

public class ClusterVolumesTests
{
    private const string Cluster = KopsCluster.Name;

    [Fact]
    public async Task The_cluster_s_volumes_are_the_union_of_four_tags_each_volume_once()
    {
        await using var aws = await StartAsync();
        string[] expected =
        [
            Add(aws, ("KubernetesCluster", Cluster)),
            Add(aws, ("ebs.csi.aws.com/cluster-name", Cluster)),
            Add(aws, ("eks:eks-cluster-name", Cluster)),
            Add(aws, ($"kubernetes.io/cluster/{Cluster}", "owned")),
            Add(aws, ("KubernetesCluster", Cluster), ("eks:eks-cluster-name", Cluster), ($"kubernetes.io/cluster/{Cluster}", "shared")),
        ];
        Add(aws, ("KubernetesCluster", $"{Cluster}x"));
        Assert.Equal(expected.Order(), (await FindAsync(aws, Query())).Order());
        Assert.Equal(new Dictionary<string, int> { ["ec2 DescribeVolumes"] = 4 }, aws.Server.Ledger.Counts);
    }

    [Fact]
    public async Task The_control_plane_s_and_the_nodes_own_volumes_are_not_among_them()
    {
        await using var aws = await StartAsync();
        Assert.Empty(await FindAsync(aws, Query()));
        Assert.Empty(await FindAsync(aws, Query() with { VolumeIds = [KopsCluster.EtcdVolume, KopsCluster.RootVolumeB, KopsCluster.ForeignVolume] }));
    }

    [Fact]
    public async Task A_wildcard_in_a_name_finds_nothing_but_itself()
    {
        await using var aws = await StartAsync();
        var odd = Add(aws, ("KubernetesCluster", "*"));
        Add(aws, ("KubernetesCluster", "other"));
        Assert.Equal([odd], await FindAsync(aws, Query() with { ClusterName = "*" }));
    }

    [Fact]
    public async Task A_set_is_found_in_one_call()
    {
        await using var aws = await StartAsync();
        await aws.RunAsync(Request());
        Add(aws, ("KubernetesCluster", Cluster));
        aws.Server.Ledger.Clear();
        Assert.Equal(aws.Made.Take(2).Select(volume => volume.VolumeId), await FindAsync(aws, Query() with { SetName = "manual-ebs" }));
        Assert.Equal(1, aws.Describes);
    }

    [Fact]
    public async Task Ids_and_zones_narrow_it_down_on_the_server()
    {
        await using var aws = await StartAsync();
        var inB = Add(aws, ("KubernetesCluster", Cluster));
        var inC = Add(aws, KopsCluster.ZoneC, ("KubernetesCluster", Cluster));
        Assert.Equal([inC], await FindAsync(aws, Query() with { AvailabilityZones = [KopsCluster.ZoneC] }));
        Assert.Equal([inB], await FindAsync(aws, Query() with { VolumeIds = [inB] }));
        Assert.Empty(await FindAsync(aws, Query() with { VolumeIds = [inB], AvailabilityZones = [KopsCluster.ZoneC] }));
    }

    [Fact]
    public async Task Ids_are_asked_for_two_hundred_at_a_time()
    {
        await using var aws = await StartAsync();
        var ids = Enumerable.Range(0, 450).Select(_ => Add(aws, ("KubernetesCluster", Cluster))).ToList();
        Assert.Equal(450, (await FindAsync(aws, Query() with { VolumeIds = ids })).Count);
        Assert.Equal(3, aws.Describes);
    }

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 4)]
    public async Task Pages_are_followed_by_their_token_also_when_one_is_empty(bool emptyFirst, int calls)
    {
        await using var aws = await StartAsync(new Ec2Settings { EmptyFirstPage = emptyFirst });
        var ids = Enumerable.Range(0, 1_001).Select(_ => Add(aws, ("KubernetesCluster", Cluster), ("ebspv/set", "s"))).ToHashSet();
        Assert.Equal(ids, (await FindAsync(aws, Query() with { SetName = "s" })).ToHashSet());
        Assert.Equal(calls, aws.Describes);
    }

    [Fact]
    public async Task The_next_page_is_on_its_way_while_one_is_used()
    {
        await using var aws = await StartAsync();
        for (var volume = 0; volume < 1_001; volume++) Add(aws, ("KubernetesCluster", Cluster));
        var pages = aws.Ec2.DescribeVolumesAsync([new("tag-key", ["KubernetesCluster"])], Stop).GetAsyncEnumerator(Stop);
        await using var _ = pages;
        Assert.True(await pages.MoveNextAsync());
        while (aws.Describes < 2) await Task.Delay(5, Stop);
        Assert.Equal(500, pages.Current.Count);
        Assert.Equal(2, aws.Describes);
    }

    [Fact]
    public async Task What_is_found_carries_cluster_and_context_and_its_tags_raw()
    {
        await using var aws = await StartAsync();
        var id = Add(aws, ("KubernetesCluster", Cluster), ("Name", "\u202ename"), ("quoted", "\"'$(x)\n{{ }}"));
        var found = Assert.Single(await ListAsync(aws, Query() with { Context = "ctx" }));
        Assert.Equal((id, Cluster, "ctx", "\u202ename"), (found.VolumeId, found.ClusterName, found.Context, found.Name));
        Assert.Equal("\"'$(x)\n{{ }}", found.Tags["quoted"]);
    }

    [Fact]
    public async Task A_server_that_hands_out_one_token_for_ever_is_left()
    {
        const string Page = """
            <DescribeVolumesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>
            <volumeSet/><nextToken>again</nextToken></DescribeVolumesResponse>
            """;
        await using var server = await RawServer.StartAsync(Page);
        var ec2 = new EbsPv.Clients.Connector(new SkippedTime()).ConnectEc2(new("eu-west-1", null, server.Url.ToString()), new Recorder());
        var failure = await Refusal.OfAsync(ErrorIds.AwsServiceFailed, async () =>
        {
            await foreach (var _ in ClusterVolumes.FindAsync(ec2, Query(), Stop)) continue;
        });
        Assert.Contains("token", failure.Message);
        Assert.Equal(2, server.Requests);
    }

    private static VolumeQuery Query() => new(Cluster, null, [], [], null);

    private static async Task<List<string>> FindAsync(AwsHarness aws, VolumeQuery query) =>
        [.. (await ListAsync(aws, query)).Select(volume => volume.VolumeId!)];

    private static async Task<List<ClusterEbsVolume>> ListAsync(AwsHarness aws, VolumeQuery query) =>
        await ClusterVolumes.FindAsync(aws.Ec2, query, Stop).ToListAsync(Stop);

    private static string Add(AwsHarness aws, params (string Key, string Value)[] tags) => Add(aws, KopsCluster.ZoneB, tags);

    private static string Add(AwsHarness aws, string zone, params (string Key, string Value)[] tags) => aws.Server.Ec2.AddVolume(new EbsVolume
    {
        VolumeId = Ec2State.NewId("vol"),
        Region = KopsCluster.Region,
        AvailabilityZone = zone,
        Size = 10,
        Tags = [.. tags.Select(tag => new Ec2Tag(tag.Key, tag.Value))],
    }).VolumeId;
}
