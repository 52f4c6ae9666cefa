using EbsPv.Errors;
using EbsPv.Sandbox.Ec2;
using EbsPv.Snapshots;
using EbsPv.Tests.Removal;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Snapshots;

/// <summary>Which snapshots are a cluster's, whoever made them, and what it costs to list them.</summary>
public class ClusterSnapshotsTests
{
    private const string Cluster = KopsCluster.Name;
    private const string Gone = "vol-0dead000000000001";

    [Fact]
    public async Task Those_of_its_volumes_are_found_without_any_tag_and_those_of_gone_volumes_by_theirs()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        string[] expected =
        [
            sandbox.By(SnapshotMaker.Dlm, volumeId), sandbox.By(SnapshotMaker.Backup, volumeId), sandbox.By(SnapshotMaker.Csi, volumeId),
            sandbox.By(SnapshotMaker.Velero, volumeId), sandbox.By(SnapshotMaker.Nobody, volumeId), sandbox.Own(volumeId, 1),
            sandbox.Own(Gone, 1), sandbox.Own(Gone, 1, ("KubernetesCluster", null), ("ebs.csi.aws.com/cluster-name", Cluster)),
            sandbox.Own(Gone, 1, ("KubernetesCluster", null), ($"kubernetes.io/cluster/{Cluster}", "owned")),
        ];

        var found = await FindAsync(sandbox);

        Assert.Equal(expected.Order(), found.Select(snapshot => snapshot.SnapshotId).Order());
        Assert.Equal(
            [SnapshotSource.DataLifecycleManager, SnapshotSource.AwsBackup, SnapshotSource.VolumeSnapshot, SnapshotSource.Velero, SnapshotSource.Unknown, SnapshotSource.EbsPv],
            expected[..6].Select(id => found.Single(snapshot => snapshot.SnapshotId == id).Source));
        Assert.All(found, snapshot => Assert.Equal((Cluster, "ctx"), (snapshot.ClusterName, snapshot.Context)));
    }

    [Fact]
    public async Task Those_of_the_control_plane_of_nodes_and_of_other_clusters_are_none()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        foreach (var volumeId in new[] { KopsCluster.EtcdVolume, KopsCluster.RootVolumeB, KopsCluster.ForeignVolume })
        {
            sandbox.By(SnapshotMaker.Dlm, volumeId);
            // Of a tool that tags everything with the cluster's name.
            if (volumeId != KopsCluster.ForeignVolume) sandbox.Own(volumeId, 1);
        }

        sandbox.Own(Gone, 1, ("k8s.io/etcd/main", "a/a"));

        Assert.Empty(await FindAsync(sandbox));
    }

    [Fact]
    public async Task A_star_in_a_cluster_s_name_finds_no_other_cluster_s()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        sandbox.Own(sandbox.Seed(), 1);

        Assert.Empty(await FindAsync(sandbox, new SnapshotQuery("proyecto.*", "ctx")));
    }

    [Fact]
    public async Task It_costs_a_call_a_tag_for_volumes_and_for_snapshots_and_one_for_200_volumes()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        foreach (var volumeId in sandbox.Seed(201)) sandbox.By(SnapshotMaker.Dlm, volumeId);

        Assert.Equal(201, (await FindAsync(sandbox)).Count);
        Assert.Equal(new Dictionary<string, int> { ["ec2 DescribeSnapshots"] = 4 + 2, ["ec2 DescribeVolumes"] = 4 }, sandbox.Server.Ledger.Counts);
    }

    [Fact]
    public async Task Pages_are_followed_to_the_end_also_when_one_is_empty()
    {
        await using var sandbox = await RemoveHarness.StartAsync(new Ec2Settings { EmptyFirstPage = true });
        var volumeId = sandbox.Seed();
        for (var number = 0; number < 1001; number++) sandbox.Own(volumeId, number);

        Assert.Equal(1001, (await FindAsync(sandbox)).Select(snapshot => snapshot.SnapshotId).Distinct().Count());
    }

    [Fact]
    public async Task States_are_chosen_by_EC2_and_checked()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var volumeId = sandbox.Seed();
        sandbox.Own(volumeId, 1);
        var pending = sandbox.Own(volumeId, 0, "pending");

        var found = await FindAsync(sandbox, new SnapshotQuery(Cluster, "ctx") { States = ["pending"] });

        Assert.Equal([pending], found.Select(snapshot => snapshot.SnapshotId));
    }

    [Fact]
    public async Task By_id_a_volume_may_be_gone_and_what_carries_another_cluster_s_name_is_left_out()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var expected = sandbox.By(SnapshotMaker.Dlm, Gone);
        sandbox.Own(Gone, 1, ("KubernetesCluster", KopsCluster.ForeignCluster));
        sandbox.Own(Gone, 1, ("k8s.io/etcd/main", "a/a"));

        var found = await FindAsync(sandbox, new SnapshotQuery(Cluster, "ctx") { VolumeIds = [Gone] });

        Assert.Equal([expected], found.Select(snapshot => snapshot.SnapshotId));
        Assert.Equal(new Dictionary<string, int> { ["ec2 DescribeSnapshots"] = 1 }, sandbox.Server.Ledger.Counts);
    }

    [Fact]
    public async Task Volumes_asked_for_by_id_are_the_cluster_s_or_gone_or_named_by_a_PersistentVolume()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var (own, untagged, both) = (sandbox.Seed(), sandbox.Seed(("KubernetesCluster", null), ($"kubernetes.io/cluster/{Cluster}", null)), sandbox.Seed(("ebs.csi.aws.com/cluster-name", "otro")));
        VolumeToSnapshot[] asked =
        [
            new(own), new(Gone), new(both), new(untagged, "datos"), new(untagged), new(KopsCluster.EtcdVolume), new(KopsCluster.RootVolumeB), new(KopsCluster.ForeignVolume),
        ];

        var volumes = await SnapshotVolumes.ReadAsync(sandbox.Ec2, Cluster, asked, RemoveHarness.Stop);

        Assert.Equal([own, Gone, both, untagged], volumes.Ids);
        Assert.Equal([Gone], volumes.Gone);
        Assert.Equal(
            [ErrorIds.VolumeNotOfCluster, ErrorIds.ControlPlaneVolume, ErrorIds.ControlPlaneVolume, ErrorIds.VolumeNotOfCluster],
            volumes.Refusals.Select(refusal => refusal.ErrorId));
    }

    [Fact]
    public async Task The_newest_of_each_volume_are_those_of_the_latest_moments()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var (one, other) = (sandbox.Seed(), sandbox.Seed());
        sandbox.Own(one, 3);
        var (second, first, alone) = (sandbox.Own(one, 2), sandbox.By(SnapshotMaker.Dlm, one, 1), sandbox.Own(other, 9));

        var newest = SnapshotOrder.NewestOf(await FindAsync(sandbox), 2).GroupBy(snapshot => snapshot.VolumeId).ToDictionary(group => group.Key, group => group.Select(snapshot => snapshot.SnapshotId));

        Assert.Equal([first, second], newest[one]);
        Assert.Equal([alone], newest[other]);
    }

    private static async Task<List<ClusterEbsSnapshot>> FindAsync(RemoveHarness sandbox, SnapshotQuery? query = null)
    {
        sandbox.Server.Ledger.Clear();
        var found = new List<ClusterEbsSnapshot>();
        await foreach (var snapshot in ClusterSnapshots.FindAsync(sandbox.Ec2, query ?? new SnapshotQuery(Cluster, "ctx"), RemoveHarness.Stop)) found.Add(snapshot);
        return found;
    }
}
