using EbsPv.Errors;
using EbsPv.Growth;
using EbsPv.Ports;
using EbsPv.Tests.Audit;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Growth;

public class GrowthPlannerTests
{
    private static readonly EbsPersistentVolume Free = AuditWorld.Pv();
    private static readonly EbsPersistentVolume Bound = Free with { Status = "Bound", Claim = "default/data", ClaimUid = "claim" };
    private static readonly EbsPersistentVolumeClaim Claim = AuditWorld.Claim() with { Capacity = "10Gi" };
    private static readonly ClusterEbsVolume Volume = new AuditWorld().Volume!;

    [Theory]
    [InlineData(true, true, GrowthWay.ByClaim, null)]
    [InlineData(false, true, GrowthWay.ByVolume, "does not allow it")]
    [InlineData(null, true, GrowthWay.ByVolume, "there is no StorageClass manual-ebs")]
    [InlineData(true, false, GrowthWay.ByVolume, "the cluster has no driver ebs.csi.aws.com")]
    public void The_claim_comes_first_where_its_class_and_driver_allow_it(bool? allows, bool hasDriver, GrowthWay way, string? why)
    {
        var plan = Plan(Bound, Claim, Volume, 20, Facts(allows, hasDriver));

        Assert.Equal(way, plan.Way);
        if (why is null) Assert.Null(plan.WhyNotByClaim);
        else Assert.Contains(why, plan.WhyNotByClaim);
        Assert.Equal(way == GrowthWay.ByVolume, plan.VolumeChange is not null);
    }

    [Fact]
    public void A_claim_that_is_bound_to_another_asks_for_nothing() =>
        Assert.Contains("no claim is bound", Plan(Bound, Claim with { VolumeName = "other" }, Volume, 20, Facts(true)).WhyNotByClaim);

    [Fact]
    public void What_the_in_tree_driver_mounts_grows_volume_first() =>
        Assert.Equal(GrowthWay.ByVolume, Plan(Bound with { VolumeSource = VolumeSource.InTree }, Claim, Volume, 20, Facts(true)).Way);

    [Theory]
    [InlineData(10, "10Gi", GrowthWay.ByVolume, true)]
    [InlineData(20, "10Gi", GrowthWay.ByVolume, false)]
    [InlineData(20, "20Gi", GrowthWay.None, false)]
    public void A_run_goes_on_where_an_earlier_one_was_cut_off(int size, string capacity, GrowthWay way, bool sends)
    {
        var plan = Plan(Free with { Capacity = capacity }, null, Volume with { Size = size }, 20, Facts(null));

        Assert.Equal((way, sends), (plan.Way, plan.VolumeChange is not null));
    }

    [Theory]
    [InlineData("20Gi", "20Gi", "20Gi", "", GrowthWay.None)]
    [InlineData("20Gi", "20Gi", "10Gi", "FileSystemResizePending", GrowthWay.None)]
    [InlineData("20Gi", "10Gi", "10Gi", "FileSystemResizePending", GrowthWay.ByClaim)]
    [InlineData("20Gi", "20Gi", "10Gi", "", GrowthWay.ByClaim)]
    [InlineData("10Gi", "20Gi", "20Gi", "", GrowthWay.ByClaim)]
    public void By_claim_it_is_done_when_only_the_file_system_waits_for_a_pod(string request, string capacity, string has, string condition, GrowthWay way)
    {
        var claim = Claim with { Request = request, Capacity = has, Conditions = condition.Length == 0 ? [] : [condition] };

        Assert.Equal(way, Plan(Bound with { Capacity = capacity }, claim, Volume with { Size = 20 }, 20, Facts(true)).Way);
    }

    [Theory]
    [InlineData(30, "10Gi", "10Gi")]
    [InlineData(10, "30Gi", "10Gi")]
    [InlineData(10, "10Gi", "30Gi")]
    public void Nothing_of_it_may_be_larger_than_what_is_asked_for(int size, string capacity, string request) => Assert.Contains(
        "Ask for 30 GiB",
        Refusal.Of(ErrorIds.ResizeNotLarger, () => Plan(Bound with { Capacity = capacity }, Claim with { Request = request }, Volume with { Size = size }, 20, Facts(true))).RecommendedAction);

    [Fact]
    public void What_is_being_replaced_deleted_or_another_cluster_s_does_not_grow()
    {
        var noted = Claim with { Annotations = new Dictionary<string, string> { ["ebspv/swap"] = "{}" } };
        var holder = AuditWorld.Pv("data-01-ebspv-swap") with { Labels = new Dictionary<string, string> { ["ebspv/swap-of"] = "data-01" } };

        Refusal.Of(ErrorIds.SwapUnderWay, () => Plan(Bound, noted, Volume, 20, Facts(true)));
        Refusal.Of(ErrorIds.SwapUnderWay, () => Plan(Free, null, Volume, 20, Facts(true) with { PersistentVolumes = [Free, holder] }));
        Refusal.Of(ErrorIds.PersistentVolumeNotResizable, () => Plan(Bound, Claim with { Status = "Pending" }, Volume, 20, Facts(true)));
        Refusal.Of(ErrorIds.PersistentVolumeNotResizable, () => Plan(Bound with { Status = "Terminating" }, Claim, Volume, 20, Facts(true)));
        Refusal.Of(ErrorIds.VolumeNotOfCluster, () => Plan(Free, null, Volume with { Tags = new Dictionary<string, string> { ["KubernetesCluster"] = "vecino" } }, 20, Facts(true)));
    }

    private static GrowthPlan Plan(EbsPersistentVolume volume, EbsPersistentVolumeClaim? claim, ClusterEbsVolume disk, int size, GrowthFacts facts) =>
        GrowthPlanner.Plan(volume, claim, disk, size, facts, AuditWorld.Cluster, null);

    private static GrowthFacts Facts(bool? allows, bool hasDriver = true) => new(
        [],
        "1",
        allows is { } expands
            ? new Dictionary<string, StorageClassInfo> { ["manual-ebs"] = AuditWorld.Class("manual-ebs", "kubernetes.io/no-provisioner") with { AllowVolumeExpansion = expands } }
            : new Dictionary<string, StorageClassInfo>(),
        hasDriver ? new HashSet<string> { AuditWorld.Driver } : new HashSet<string>(),
        []);
}
