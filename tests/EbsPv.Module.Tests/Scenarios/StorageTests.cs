using System.Globalization;
using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>The report and the audit where it takes the sandbox: exact calls, volumes of the past, rights that are missing, clusters that differ.</summary>
public sealed class StorageTests(SandboxBackend backend) : SandboxTests(backend)
{
    private const string Past = "2026-01-01T00:00:00Z";

    [Fact]
    public async Task A_report_reads_pages_of_500_and_asks_for_the_snapshots_of_200_volumes_at_a_time()
    {
        await SeedAsync(1001);

        var cost = await CostAsync("Get-ClusterStorageReport");

        AssertCost(
            cost,
            // A page for each 500 that the first tag finds, and one for each of the other three tags.
            ("ec2 DescribeInstances", 5),
            ("ec2 DescribeSnapshots", 6),
            ("ec2 DescribeVolumes", 3 + 3),
            ("kubernetes list nodes", 1),
            ("kubernetes list persistentvolumeclaims", 1),
            ("kubernetes list persistentvolumes", 1),
            ("kubernetes list pods", 1),
            ("kubernetes list storageclasses", 1),
            ("kubernetes list volumeattachments", 1));
    }

    [Fact]
    public async Task A_report_without_snapshots_and_cluster_check_asks_for_neither()
    {
        await SeedAsync(3);

        var cost = await CostAsync("Get-ClusterStorageReport -SkipSnapshots -SkipClusterCheck");

        Assert.Equal(["ec2 DescribeVolumes"], cost.Keys.Where(call => call.StartsWith("ec2", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_audit_asks_for_no_snapshot_that_it_does_not_need()
    {
        await SeedAsync(600);

        var cost = await CostAsync("Test-EbsPersistentVolume");
        var withAge = await CostAsync("Test-EbsPersistentVolume -SnapshotAge 1d");

        AssertCost(
            cost,
            ("ec2 DescribeInstances", 5),
            ("ec2 DescribeVolumes", 2 + 3),
            ("kubernetes get version", 1),
            ("kubernetes list csidrivers", 1),
            ("kubernetes list csinodes", 1),
            ("kubernetes list deployments", 1),
            ("kubernetes list nodes", 1),
            ("kubernetes list persistentvolumeclaims", 1),
            ("kubernetes list persistentvolumes", 1),
            ("kubernetes list pods", 1),
            ("kubernetes list statefulsets", 1),
            ("kubernetes list storageclasses", 1),
            ("kubernetes list volumeattachments", 1));
        Assert.Equal(3, withAge["ec2 DescribeSnapshots"]);
    }

    [Fact]
    public async Task What_is_piped_is_looked_up_by_id()
    {
        await SeedAsync(600);

        var cost = await CostAsync("Get-ClusterEbsVolume -Name volume-7 | Test-EbsPersistentVolume");

        Assert.Equal((2 + 3) + 1, cost["ec2 DescribeVolumes"]);
    }

    [Fact]
    public async Task A_volume_without_a_snapshot_and_one_with_an_old_one()
    {
        await SeedAsync(2);
        var ids = Session.Run("Get-ClusterEbsVolume | Register-EbsPersistentVolume").WithoutErrors().Each("VolumeId");
        foreach (var day in new[] { 2, 1 })
            await Admin.AddSnapshotAsync(new { snapshotId = $"snap-0aaaaaaaaaaaaaaa{day}", volumeId = ids[0], volumeSize = 10, startTime = $"2026-02-0{day}T00:00:00Z" });

        var findings = Session.Run("Test-EbsPersistentVolume -Code SnapshotMissing -SnapshotAge 12:00:00").WithoutErrors();

        Assert.Equal(ids.Order(), findings.Each("Target").Order());
        Assert.Single(findings.Each("Message"), message => message!.Contains("snap-0aaaaaaaaaaaaaaa2", StringComparison.Ordinal));
        Assert.Single(findings.Each("Message"), message => message!.Contains("no completed snapshot", StringComparison.Ordinal));
        Assert.Equal("snap-0aaaaaaaaaaaaaaa2", Session.Run("Get-ClusterStorageReport").WithoutErrors().Each("LastSnapshotId").Single(id => id is not null));
    }

    [Fact]
    public async Task A_volume_that_failed()
    {
        var id = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume").WithoutErrors().Each("VolumeId")[0]!;
        await Admin.ChangeVolumeAsync(id, new { state = "error" });

        Assert.Equal(["VolumeFailed"], Session.Run("Test-EbsPersistentVolume").WithoutErrors().Each("Code"));
    }

    [Fact]
    public async Task A_volume_that_failed_comes_back_by_the_line_of_its_finding()
    {
        var id = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume").WithoutErrors().Each("VolumeId")[0]!;
        await Admin.AddSnapshotAsync(new { snapshotId = "snap-0aaaaaaaaaaaaaaa1", volumeId = id, volumeSize = 10, startTime = "2026-02-01T00:00:00Z" });
        await Admin.ChangeVolumeAsync(id, new { state = "error" });

        var line = Assert.Single(Session.Run("Test-EbsPersistentVolume -Code VolumeFailed").WithoutErrors().Each("Recommendation"))!;

        Assert.EndsWith(": Restore-EbsPersistentVolume manual-ebs-01 -SnapshotId snap-0aaaaaaaaaaaaaaa1 brings that data back.", line, StringComparison.Ordinal);
        Assert.Equal(["manual-ebs-01"], Session.Run("Restore-EbsPersistentVolume manual-ebs-01 -SnapshotId snap-0aaaaaaaaaaaaaaa1 -Confirm:$false").WithoutErrors().Each("Name"));
    }

    [Fact]
    public async Task A_StatefulSet_that_deletes_its_claims_when_it_is_scaled_down()
    {
        var set = KubeObjects.StatefulSet("web", "data", "manual-ebs", 2);
        set["spec"]!["persistentVolumeClaimRetentionPolicy"] = new JsonObject { ["whenScaled"] = "Delete", ["whenDeleted"] = "Retain" };
        await Backend.Kube.CreateAsync(KubeHttp.StatefulSets, set);
        Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -StatefulSet web -ClaimTemplate data -ClaimNamespace default").WithoutErrors();

        var finding = Assert.Single(Session.Run("Test-EbsPersistentVolume -Code ScaleDownDeletesClaim").WithoutErrors().Output);

        Assert.Equal("StatefulSet default/web", ScriptResult.Text(finding, "Target"));
    }

    [Fact]
    public async Task A_PersistentVolume_of_the_in_tree_driver()
    {
        var id = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10").WithoutErrors().Each("VolumeId")[0];
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("old", $"\"awsElasticBlockStore\":{{\"volumeID\":\"aws://eu-west-1b/{id}\"}}"));

        Assert.Equal(["NodeAffinityMissing old", "InTreeSource old"], Session.Run("Test-EbsPersistentVolume").WithoutErrors().Output.Select(one => one.ToString()));
    }

    [Theory]
    [InlineData("Get-ClusterStorageReport")]
    [InlineData("Test-EbsPersistentVolume")]
    [InlineData("Test-EbsPersistentVolume -Quiet")]
    public async Task What_may_not_be_read_is_an_error_and_nothing_is_concluded_from_it(string script)
    {
        Session.Run(Line).WithoutErrors();
        await Admin.AddFaultAsync(new { kind = "Error", operation = "DescribeVolumes", times = 99, code = "UnauthorizedOperation", status = 403 });

        var result = Session.Run(script);

        Assert.Empty(result.Output);
        result.OnlyError("AwsPermissionDenied");
    }

    [Theory]
    [InlineData("Get-ClusterStorageReport")]
    [InlineData("Test-EbsPersistentVolume")]
    public async Task The_volumes_of_one_cluster_are_not_held_against_another(string script)
    {
        Session.Run(Line).WithoutErrors();
        foreach (var node in await Backend.Kube.ListAsync(KubeHttp.Nodes))
        {
            await Backend.Kube.DeleteAsync($"{KubeHttp.Nodes}/{Name(node)}");
            node["spec"]!["providerID"] = $"aws:///{IBackend.ZoneB}/i-0fffffffffffffff1";
            node["metadata"]!.AsObject().Remove("resourceVersion");
            node["metadata"]!.AsObject().Remove("uid");
            await Backend.Kube.CreateAsync(KubeHttp.Nodes, node.DeepClone());
        }

        var result = Session.Run(script);

        Assert.Empty(result.Output);
        Assert.Contains("-SkipClusterCheck", result.OnlyError("ClusterMismatch").ErrorDetails.RecommendedAction);
        Session.Run($"{script} -SkipClusterCheck").WithoutErrors();
    }

    [Fact]
    public async Task Where_nothing_shows_which_cluster_it_is_orphans_are_not_judged()
    {
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10").WithoutErrors();
        await Admin.AddFaultAsync(new { kind = "Error", operation = "DescribeInstances", times = 99, code = "UnauthorizedOperation", status = 403 });

        var result = Session.Run("Test-EbsPersistentVolume").WithoutErrors();

        Assert.Empty(result.Output);
        var warning = Assert.Single(result.Warnings);
        Assert.StartsWith("ClusterNotVerified", warning);
        Assert.Contains("The credentials may not call ec2:DescribeInstances", warning);
        Assert.Equal(["VolumeUnregistered"], Session.Run("Test-EbsPersistentVolume -SkipClusterCheck").WithoutErrors().Each("Code"));
    }

    [Theory]
    [InlineData("Get-ClusterStorageReport -Region us-east-1")]
    [InlineData("Test-EbsPersistentVolume -Region us-east-1 -Quiet")]
    [InlineData("Resize-EbsPersistentVolume manual-ebs-01 -Size 20 -Region us-east-1")]
    [InlineData("Move-EbsPersistentVolume manual-ebs-01 us-east-1a -Confirm:$false")]
    public void A_region_in_which_the_cluster_has_no_node_is_not_taken_for_one_where_all_is_well(string script)
    {
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume").WithoutErrors();

        var result = Session.Run(script);

        Assert.Empty(result.Output);
        Assert.Contains($"are in {IBackend.ZoneB}, {IBackend.ZoneC}, and EC2 is asked in us-east-1", result.OnlyError("ClusterMismatch").Exception.Message.Replace("eu-west-1a, ", "", StringComparison.Ordinal));
    }

    private async Task SeedAsync(int count) => await Admin.AddVolumesAsync(new
    {
        count,
        availabilityZones = new[] { IBackend.ZoneB },
        createTime = DateTime.Parse(Past, CultureInfo.InvariantCulture),
        tags = new Dictionary<string, string> { ["Name"] = "volume-{n}", ["KubernetesCluster"] = IBackend.Cluster },
    });
}
