using EbsPv.Audit;
using EbsPv.Pricing;
using EbsPv.Storage;
using Xunit;
using static EbsPv.Tests.Audit.AuditWorld;

namespace EbsPv.Tests.Audit;

/// <summary>What is found about volumes: where there is something, where there is nothing, and where it cannot be told.</summary>
public class VolumeRuleTests
{
    private static readonly AuditWorld Well = new();

    private static readonly AuditWorld Unregistered = Well with { PersistentVolumes = [] };

    [Fact]
    public void Where_all_is_well_nothing_is_found()
    {
        Assert.Empty(Well.Judge());
        Assert.Empty(Well.Used(("web", "node-b")).With(volume => volume with { State = "in-use", Attachments = [new() { InstanceId = "i-0b", State = "attached" }] }).Judge());
    }

    [Fact]
    public void A_volume_that_is_gone_is_an_error_and_a_new_one_only_may_be()
    {
        var gone = Well with { Volume = null, Sight = VolumeSight.Gone };

        var finding = Assert.Single(gone.Judge());

        Assert.Equal((FindingSeverity.Error, "VolumeGone", "data-01", Id, "uid-data-01"), (finding.Severity, finding.Code, finding.Target, finding.VolumeId, finding.PersistentVolumeUid));
        Assert.Equal((Region, Cluster, "ctx", ZoneB), (finding.Region, finding.ClusterName, finding.Context, finding.AvailabilityZone));
        Assert.Contains("Unregister-EbsPersistentVolume data-01", finding.Recommendation);
        Assert.Equal(FindingSeverity.Warning, Assert.Single(gone.WithPv(one => one with { CreationTimestamp = Now.UtcDateTime.AddSeconds(-30) }).Judge()).Severity);
        Assert.Empty((gone with { Sight = VolumeSight.Unknown }).Judge());
    }

    [Fact]
    public void A_gone_volume_s_snapshot_is_named()
    {
        var gone = Well with { Volume = null, Sight = VolumeSight.Gone, LastSnapshot = Snapshot(TimeSpan.FromHours(5)) };

        Assert.Contains("Restore-EbsPersistentVolume data-01 -SnapshotId snap-0aaaaaaaaaaaaaaa1", Assert.Single(gone.Judge()).Recommendation);
    }

    [Fact]
    public void What_is_no_volume_id_is_gone_however_new()
    {
        var placeholder = (Well with { Volume = null, Sight = VolumeSight.Gone }).WithPv(one => one with { VolumeId = "REPLACE_ME_1", CreationTimestamp = Now.UtcDateTime });

        var finding = Assert.Single(placeholder.Judge());

        Assert.Equal(FindingSeverity.Error, finding.Severity);
        Assert.Contains("REPLACE_ME_1", finding.Message);
    }

    [Fact]
    public void A_volume_that_is_being_deleted_counts_as_gone()
    {
        var deleting = Well.With(volume => volume with { State = "deleting" }) with { Sight = VolumeSight.Gone };

        Assert.Contains("being deleted", Assert.Single(deleting.Judge()).Message);
        Assert.Empty((deleting with { PersistentVolumes = [] }).Judge());
    }

    [Fact]
    public void A_volume_that_failed_is_an_error()
    {
        Assert.Equal(FindingSeverity.Error, Assert.Single(Well.With(volume => volume with { State = "error" }).Judge("VolumeFailed")).Severity);
        Assert.Empty(Well.Judge("VolumeFailed"));
    }

    [Fact]
    public void A_failed_volume_s_snapshot_is_restored_to_its_PersistentVolume_or_to_a_volume()
    {
        var failed = Well.With(volume => volume with { State = "error" }) with { LastSnapshot = Snapshot(TimeSpan.FromHours(5)) };

        Assert.Contains(": Restore-EbsPersistentVolume data-01 -SnapshotId snap-0aaaaaaaaaaaaaaa1 brings", Assert.Single(failed.Judge("VolumeFailed")).Recommendation);
        Assert.DoesNotContain("Register-EbsPersistentVolume", Assert.Single((failed with { PersistentVolumes = [] }).Judge("VolumeUnregistered")).Recommendation);
        Assert.Contains(": Restore-ClusterEbsVolume snap-0aaaaaaaaaaaaaaa1 brings", Assert.Single((failed with { PersistentVolumes = [] }).Judge("VolumeFailed")).Recommendation);
    }

    [Fact]
    public void A_volume_that_nothing_stands_for_is_told_with_age_and_cost()
    {
        var finding = Assert.Single(Unregistered.Judge());

        Assert.Equal((FindingSeverity.Warning, "VolumeUnregistered", Id, false), (finding.Severity, finding.Code, finding.Target, finding.Fixable));
        Assert.Equal($"No PersistentVolume stands for the volume {Id} (data-01, 10 GiB gp3 in eu-west-1b, made 30 days ago). It costs 0.88 USD a month.", finding.Message);
    }

    [Fact]
    public void Without_a_price_no_cost_is_told()
    {
        var finding = Assert.Single(Unregistered.With(volume => volume with { Region = "ap-south-2" }).Judge());

        Assert.DoesNotContain("cost", finding.Message);
    }

    [Theory]
    [InlineData("ebspv/retired-by", "move")]
    [InlineData("eks:eks-cluster-name", "vecino")]
    public void A_retired_volume_and_one_of_two_clusters_are_no_orphans(string key, string value) =>
        Assert.Empty(Unregistered.WithTags(("KubernetesCluster", Cluster), (key, value)).Judge("VolumeUnregistered"));

    [Fact]
    public void What_a_driver_has_just_made_is_no_orphan_yet()
    {
        var dynamic = Unregistered.WithTags(("KubernetesCluster", Cluster), ("CSIVolumeName", "pvc-1"));

        Assert.Empty(dynamic.With(volume => volume with { CreateTime = Now.UtcDateTime.AddMinutes(-5) }).Judge("VolumeUnregistered"));
        Assert.Single(dynamic.Judge("VolumeUnregistered"));
        Assert.Empty(Unregistered.With(volume => volume with { State = "creating" }).Judge("VolumeUnregistered"));
    }

    [Fact]
    public void Where_it_may_be_another_cluster_nothing_is_an_orphan() =>
        Assert.Empty(Unregistered.WithFacts(facts => facts with { IsVerified = false }).Judge("VolumeUnregistered"));

    [Fact]
    public void Two_clusters_names_and_another_cluster_s_name()
    {
        var two = Well.WithTags(("KubernetesCluster", Cluster), ("eks:eks-cluster-name", "vecino"));
        var other = Well.WithTags(("KubernetesCluster", "vecino"));

        Assert.Equal(["VolumeClusterAmbiguous"], two.Judge().Select(one => one.Code));
        Assert.Equal(["VolumeNotOfCluster"], other.Judge().Select(one => one.Code));
        Assert.Empty((other with { PersistentVolumes = [] }).Judge());
        Assert.DoesNotContain(Well.WithTags(("by", "hand")).Judge(), one => one.Code == "VolumeNotOfCluster");
    }

    [Fact]
    public void Two_PersistentVolumes_for_one_volume_are_one_finding()
    {
        var finding = Assert.Single((Well with { PersistentVolumes = [Pv(), Pv("other")] }).Judge());

        Assert.Equal(("VolumeRegisteredTwice", Id), (finding.Code, finding.Target));
        Assert.Contains("data-01 and other", finding.Message);
        Assert.Contains("Unregister-EbsPersistentVolume other removes that one", finding.Recommendation);
        var bound = Pv("other") with { Status = "Bound" };
        Assert.Contains("Unregister-EbsPersistentVolume data-01 removes that one", Assert.Single((Well with { PersistentVolumes = [Pv(), bound] }).Judge("VolumeRegisteredTwice")).Recommendation);
        var taken = Pv() with { Status = "Bound" };
        Assert.DoesNotContain("-EbsPersistentVolume", Assert.Single((Well with { PersistentVolumes = [taken, bound] }).Judge("VolumeRegisteredTwice")).Recommendation);
        // The claim that goes would take the one disk with it.
        Assert.Contains("Move-EbsPersistentVolume other -PrepareOnly", Assert.Single((Well with { PersistentVolumes = [taken, bound with { ReclaimPolicy = "Delete" }] }).Judge("VolumeRegisteredTwice")).Recommendation);
    }

    [Fact]
    public void A_holder_of_a_swap_is_no_second_registration()
    {
        var holder = Pv("data-01-ebspv-swap") with { Labels = new Dictionary<string, string> { ["ebspv/swap-of"] = "data-01" } };

        var note = new Dictionary<string, string> { ["ebspv/swap"] = "…" };
        Assert.Equal(["SwapUnderWay"], (Well with { PersistentVolumes = [Pv(), holder] }).Judge().Select(one => one.Code));
        Assert.Equal(["SwapUnderWay"], (Well with { PersistentVolumes = [holder] }).Judge().Select(one => one.Code));
        // While the PersistentVolume is there it can be given back; without it nobody has the data.
        Assert.Equal([FindingSeverity.Warning], (Well with { PersistentVolumes = [Pv(), holder with { Annotations = note }] }).Judge().Select(one => one.Severity));
        Assert.Equal([FindingSeverity.Error], (Well with { PersistentVolumes = [holder with { Annotations = note }] }).Judge().Select(one => one.Severity));
    }

    [Fact]
    public void The_new_disk_of_a_swap_is_no_orphan()
    {
        const string Note = """{"operation":"0f8fad5b-d9cb-469f-a165-70867728950e","kind":"Move","persistentVolume":"data-01","persistentVolumeUid":"u","volumeId":"v","region":"r","destinationZone":"z","manifest":{}}""";
        var world = Well.Used() with { Claims = [Claim() with { Annotations = new Dictionary<string, string> { ["ebspv/swap"] = Note } }] };
        var fresh = new StorageItem { VolumeId = "vol-0fedcba9876543210", Volume = Well.Volume! with { VolumeId = "vol-0fedcba9876543210", Tags = new Dictionary<string, string>(Well.Volume!.Tags) { ["ebspv/operation"] = "0f8fad5b-d9cb-469f-a165-70867728950e" } } };

        Assert.Empty(new StorageAudit(world.Known(), FindingCodes.Checked(null)).Judge(fresh));
        Assert.Equal(["SwapUnderWay"], world.Judge().Select(one => one.Code));
        var between = world with { PersistentVolumes = [], Claims = [world.Claims[0] with { Status = "Lost" }] };
        Assert.Empty(new StorageAudit(between.Known(), FindingCodes.Checked(null)).Judge(fresh));
        Assert.Equal(["SwapUnderWay default/data"], (between with { Sight = VolumeSight.Gone, Volume = null }).Judge().Select(one => one.ToString()));
        Assert.Single(new StorageAudit(Well.Known(), FindingCodes.Checked(null)).Judge(fresh));
    }

    [Theory]
    [InlineData(ClusterKind.Kops, "owned", true)]
    [InlineData(ClusterKind.Kops, null, true)]
    [InlineData(ClusterKind.Kops, "shared", false)]
    [InlineData(ClusterKind.Eks, "owned", false)]
    [InlineData(ClusterKind.Unknown, null, false)]
    public void kops_deletes_what_is_not_shared(ClusterKind kind, string? value, bool isFound)
    {
        var tagged = value is null ? Well.WithTags(("KubernetesCluster", Cluster)) : Well.WithTags(("KubernetesCluster", Cluster), ($"kubernetes.io/cluster/{Cluster}", value));

        var findings = tagged.WithFacts(facts => facts with { Kind = kind }).Judge("KopsProtectionMissing");

        Assert.Equal(isFound, findings.Count == 1);
        if (isFound) Assert.Equal("shared", findings[0].WantedTags[$"kubernetes.io/cluster/{Cluster}"]);
    }

    [Fact]
    public void What_a_driver_deletes_with_its_claim_needs_no_protection_from_kops()
    {
        var dynamic = Well.WithTags(("KubernetesCluster", Cluster), ("CSIVolumeName", "pvc-1"));

        Assert.Empty(dynamic.WithPv(one => one with { ReclaimPolicy = "Delete" }).Judge("KopsProtectionMissing"));
        Assert.Single(dynamic.Judge("KopsProtectionMissing"));
    }

    [Theory]
    [InlineData(100, true, "It costs 11.00 USD a month, and would cost 8.80.")]
    [InlineData(2000, true, "It costs 220.00 USD a month, and would cost 198.00.")]
    public void gp2_is_told_what_it_would_cost_as_gp3(int size, bool isFound, string cost)
    {
        var findings = Well.With(volume => volume with { VolumeType = "gp2", Size = size, Iops = Math.Clamp(size * 3, 100, 16000), Throughput = null }).Judge("VolumeTypeGp2");

        Assert.Equal(isFound, findings.Count == 1);
        Assert.Contains(cost, findings[0].Message);
        Assert.Contains("Set-ClusterEbsVolume", findings[0].Recommendation);
    }

    [Fact]
    public void gp2_that_gp3_would_cost_more_than_is_left_alone_and_without_prices_nothing_is_claimed()
    {
        var gp2 = Well.With(volume => volume with { VolumeType = "gp2", Size = 200, Iops = 600, Throughput = null });

        Assert.Empty(gp2.WithFacts(facts => facts with { Prices = VolumePrices.Read("eu-west-1.gp3.throughput=9") }).Judge("VolumeTypeGp2"));
        Assert.Contains("is not known", Assert.Single(gp2.With(volume => volume with { Region = "ap-south-2" }).Judge("VolumeTypeGp2")).Message);
        Assert.Empty(Well.Judge("VolumeTypeGp2"));
    }

    [Theory]
    [InlineData(5, 30, false)]
    [InlineData(30, 30, true)]
    [InlineData(null, 30, true)]
    [InlineData(null, 0, false)]
    public void A_snapshot_may_be_as_old_as_is_asked_for(int? hours, int days, bool isFound)
    {
        var world = (Well with { LastSnapshot = hours is { } age ? Snapshot(TimeSpan.FromHours(age)) : null })
            .With(volume => volume with { CreateTime = Now.UtcDateTime.AddDays(-days) });

        Assert.Equal(isFound, world.WithFacts(facts => facts with { SnapshotAge = TimeSpan.FromHours(24) }).Judge("SnapshotMissing").Count == 1);
        Assert.Empty(world.Judge("SnapshotMissing"));
    }

    [Fact]
    public async Task Members_of_a_set_that_differ_are_one_finding_when_all_are_seen()
    {
        var items = new[] { 3000, 3000, 4000 }.Select((iops, number) => new StorageItem
        {
            VolumeId = $"vol-{number:d8}", Volume = Well.Volume! with { VolumeId = $"vol-{number:d8}", SetName = "manual-ebs", Size = 10 + number, Iops = iops },
        }).ToList();

        var found = await new StorageAudit(Well.Known(), FindingCodes.Checked(["SetDrift"])).JudgeAsync(items.ToAsyncEnumerable(), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        var alike = await new StorageAudit(Well.Known(), FindingCodes.Checked(["SetDrift"])).JudgeAsync(items.Take(2).ToAsyncEnumerable(), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal("The members of the set manual-ebs are not alike: 2 of gp3, 3000 IOPS, 125 MiB/s; 1 of gp3, 4000 IOPS, 125 MiB/s. vol-00000002 is gp3, 4000 IOPS, 125 MiB/s.", Assert.Single(found).Message);
        Assert.Empty(alike);
    }

    private static ClusterEbsSnapshot Snapshot(TimeSpan age) =>
        new() { SnapshotId = "snap-0aaaaaaaaaaaaaaa1", VolumeId = Id, Region = Region, State = "completed", StartTime = (Now - age).UtcDateTime };
}
