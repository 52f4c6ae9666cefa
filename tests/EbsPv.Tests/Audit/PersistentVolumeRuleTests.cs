using EbsPv.Ports;
using EbsPv.Storage;
using Xunit;
using static EbsPv.Tests.Audit.AuditWorld;

namespace EbsPv.Tests.Audit;

/// <summary>What is found about PersistentVolumes: where there is something, where there is nothing, and where it cannot be told.</summary>
public class PersistentVolumeRuleTests
{
    private static readonly AuditWorld Well = new();

    [Theory]
    [InlineData(new[] { ZoneA }, FindingSeverity.Error)]
    [InlineData(new[] { ZoneA, ZoneB }, FindingSeverity.Warning)]
    [InlineData(new[] { ZoneB }, null)]
    [InlineData(new string[0], null)]
    public void An_affinity_has_to_name_the_volume_s_zone_and_no_other(string[] zones, FindingSeverity? severity)
    {
        var world = Well.WithPv(one => one with { NodeAffinityZone = zones });

        Assert.Equal(severity, world.Judge("ZoneMismatch").SingleOrDefault()?.Severity);
        Assert.Empty((world with { Volume = null, Sight = VolumeSight.Unknown }).Judge("ZoneMismatch"));
    }

    [Fact]
    public void The_cure_for_a_wrong_zone_depends_on_whether_it_is_bound()
    {
        var world = Well.WithPv(one => one with { NodeAffinityZone = [ZoneA] });

        Assert.Contains("Unregister-EbsPersistentVolume data-01", world.Judge("ZoneMismatch")[0].Recommendation);
        Assert.Contains("and no other zone than eu-west-1b has a worker now", world.Used().Judge("ZoneMismatch")[0].Recommendation);
        Assert.Contains(
            "Move-EbsPersistentVolume data-01 -DestinationZone eu-west-1a.", (world with { Nodes = [.. world.Nodes, Node("node-a", ZoneA, "i-0a")] }).Used().Judge("ZoneMismatch")[0].Recommendation);
    }

    [Theory]
    [InlineData(ZoneA, true)]
    [InlineData(ZoneB, false)]
    [InlineData(ZoneA + "__" + ZoneB, false)]
    [InlineData(null, false)]
    public void A_zone_label_has_to_be_right_where_there_is_one(string? label, bool isFound)
    {
        var labels = new Dictionary<string, string>();
        if (label is not null) labels["topology.kubernetes.io/zone"] = label;

        Assert.Equal(isFound, Well.WithPv(one => one with { Labels = labels }).Judge("ZoneLabelMismatch").Count == 1);
    }

    [Fact]
    public void Without_affinity_a_label_is_half_the_matter_and_another_affinity_is_not_judged()
    {
        var bare = Well.WithPv(one => one with { HasNodeAffinity = false, NodeAffinityZone = [] });

        var labelled = Assert.Single(bare.Judge());
        var nothing = Assert.Single(bare.WithPv(one => one with { Labels = new Dictionary<string, string>() }).Judge());

        Assert.Equal(("NodeAffinityMissing", FindingSeverity.Warning, true), (labelled.Code, labelled.Severity, labelled.Fixable));
        Assert.Equal(FindingSeverity.Error, nothing.Severity);
        Assert.Equal(["topology.kubernetes.io/zone In [eu-west-1b]"], nothing.WantedNodeAffinity.Select(one => one.ToString()));
        Assert.Empty(Well.WithPv(one => one with { NodeAffinityZone = [] }).Judge("NodeAffinityMissing"));
    }

    [Fact]
    public void The_wanted_affinity_is_the_driver_s_own()
    {
        var auto = Well.WithPv(one => one with { HasNodeAffinity = false, NodeAffinityZone = [], VolumeSource = VolumeSource.EksAutoMode });

        Assert.Equal("topology.ebs.csi.eks.amazonaws.com/zone", Assert.Single(auto.Judge("NodeAffinityMissing")).WantedNodeAffinity[0].Key);
    }

    [Theory]
    [InlineData("20Gi", FindingSeverity.Error)]
    [InlineData("5Gi", FindingSeverity.Warning)]
    [InlineData("10Gi", null)]
    [InlineData("10G", null)]
    [InlineData("ten", null)]
    public void A_capacity_is_held_against_the_size(string capacity, FindingSeverity? severity)
    {
        var world = Well.WithPv(one => one with { Capacity = capacity });

        Assert.Equal(severity, world.Judge("CapacityMismatch").SingleOrDefault()?.Severity);
        Assert.Empty((world.Used() with { Claims = [Claim() with { Conditions = ["FileSystemResizePending"] }] }).Judge("CapacityMismatch"));
    }

    [Fact]
    public void Only_what_a_class_made_and_what_it_says_is_held_against_it()
    {
        var dynamic = Well.WithTags(("KubernetesCluster", Cluster), ("CSIVolumeName", "pvc-1")) with { Classes = [Class("manual-ebs", Driver, ("type", "io2"), ("iops", "5000"))] };

        Assert.Contains("type io2, IOPS 5000", Assert.Single(dynamic.Judge("VolumeTypeDrift")).Message);
        Assert.EndsWith($"Set-ClusterEbsVolume {Id} -VolumeType io2 -Iops 5000.", dynamic.Judge("VolumeTypeDrift")[0].Recommendation, StringComparison.Ordinal);
        Assert.Empty((dynamic with { Classes = [Class("manual-ebs", Driver, ("type", "GP3"))] }).Judge("VolumeTypeDrift"));
        Assert.Empty((dynamic with { Classes = [Class("manual-ebs", Driver)] }).Judge("VolumeTypeDrift"));
        Assert.Empty(dynamic.WithTags(("KubernetesCluster", Cluster)).Judge("VolumeTypeDrift"));
    }

    [Fact]
    public void A_zone_needs_a_worker_that_is_Ready()
    {
        var elsewhere = Well with { Nodes = [Node("node-a", ZoneA, "i-0a"), Node("node-b", ZoneB, "i-0b", ready: false)] };

        Assert.Equal(FindingSeverity.Warning, Assert.Single(elsewhere.Judge("NoWorkerInZone")).Severity);
        var bound = Assert.Single(elsewhere.Used().Judge("NoWorkerInZone"));
        Assert.Equal(FindingSeverity.Error, bound.Severity);
        Assert.Contains("Move-EbsPersistentVolume data-01 -DestinationZone eu-west-1a", bound.Recommendation);
        Assert.Empty(Well.Judge("NoWorkerInZone"));
        Assert.Empty((Well with { Nodes = [] }).Judge("NoWorkerInZone"));
    }

    [Fact]
    public void A_driver_is_missing_once_for_all()
    {
        var without = Well.WithFacts(facts => facts with { Drivers = new HashSet<string>() });

        Assert.Equal(Driver, Assert.Single((without with { PersistentVolumes = [Pv(), Pv("other")] }).Judge("DriverMissing")).Target);
        Assert.Empty(without.WithPv(one => one with { VolumeSource = VolumeSource.InTree }).WithFacts(facts => facts with { MinorVersion = 22 }).Judge("DriverMissing"));
        Assert.Single(without.WithPv(one => one with { VolumeSource = VolumeSource.InTree }).Judge("DriverMissing"));
    }

    [Fact]
    public void A_driver_has_to_be_in_the_zone_and_on_every_worker_of_its_kind()
    {
        var two = Well with { Nodes = [Node("node-b", ZoneB, "i-0b"), Node("node-b2", ZoneB, "i-0b2")] };
        AuditWorld On(params string[] nodes) => two.WithFacts(facts => facts with { DriversByNode = nodes.ToDictionary(node => node, IReadOnlyList<string> (_) => [Driver]) });

        Assert.Equal(["DriverNotInZone eu-west-1b"], On().Judge("DriverNotInZone", "DriverNotOnNode").Select(one => one.ToString()));
        Assert.Equal(["DriverNotOnNode node-b2"], On("node-b").Judge("DriverNotInZone", "DriverNotOnNode").Select(one => one.ToString()));
        Assert.Empty(On("node-b", "node-b2").Judge("DriverNotInZone", "DriverNotOnNode"));
        var auto = two with { Nodes = [Node("node-b", ZoneB, "i-0b"), Node("node-b2", ZoneB, "i-0b2", labels: ("eks.amazonaws.com/compute-type", "auto"))] };
        Assert.Empty(auto.WithFacts(facts => facts with { DriversByNode = new Dictionary<string, IReadOnlyList<string>> { ["node-b"] = [Driver] } }).Judge("DriverNotInZone", "DriverNotOnNode"));
        Assert.Empty((On() with { Nodes = [] }).Judge("DriverNotInZone"));
    }

    [Theory]
    [InlineData(ClusterKind.Kops, VolumeSource.Csi, "", "KubernetesCluster=proyecto.k8s.local", FindingSeverity.Error)]
    [InlineData(ClusterKind.Kops, VolumeSource.Csi, "KubernetesCluster=proyecto.k8s.local", "", null)]
    [InlineData(ClusterKind.Eks, VolumeSource.Csi, "KubernetesCluster=proyecto.k8s.local", "ebs.csi.aws.com/cluster=true ebs.csi.aws.com/cluster-name=proyecto.k8s.local", FindingSeverity.Error)]
    [InlineData(ClusterKind.Eks, VolumeSource.Csi, "ebs.csi.aws.com/cluster=true", "", null)]
    [InlineData(ClusterKind.Eks, VolumeSource.Csi, "kubernetes.io/created-for/pvc/name=data", "", null)]
    [InlineData(ClusterKind.EksAutoMode, VolumeSource.EksAutoMode, "ebs.csi.aws.com/cluster=true", "eks:eks-cluster-name=proyecto.k8s.local", FindingSeverity.Error)]
    [InlineData(ClusterKind.EksAutoMode, VolumeSource.EksAutoMode, "eks:eks-cluster-name=proyecto.k8s.local", "", null)]
    [InlineData(ClusterKind.Unknown, VolumeSource.Csi, "", "KubernetesCluster=proyecto.k8s.local ebs.csi.aws.com/cluster=true ebs.csi.aws.com/cluster-name=proyecto.k8s.local", FindingSeverity.Warning)]
    [InlineData(ClusterKind.Unknown, VolumeSource.Csi, "KubernetesCluster=proyecto.k8s.local", "", null)]
    [InlineData(ClusterKind.Kops, VolumeSource.Csi, "eks:eks-cluster-name=vecino", "", null)]
    public void A_driver_s_role_goes_by_tags(ClusterKind kind, VolumeSource source, string has, string wants, FindingSeverity? severity)
    {
        var tags = has.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(tag => (tag.Split('=')[0], tag.Split('=')[1])).ToArray();

        var finding = Well.WithTags(tags).WithPv(one => one with { VolumeSource = source }).WithFacts(facts => facts with { Kind = kind }).Judge("DriverTagMissing").SingleOrDefault();

        Assert.Equal(severity, finding?.Severity);
        Assert.Equal(wants, string.Join(' ', (finding?.WantedTags ?? new Dictionary<string, string>()).Select(tag => $"{tag.Key}={tag.Value}")));
    }

    [Fact]
    public void Delete_is_for_volumes_that_were_made_for_a_claim()
    {
        var delete = Well.WithPv(one => one with { ReclaimPolicy = "Delete" });

        Assert.Equal(("Retain", true), (Assert.Single(delete.Judge("ReclaimPolicyDelete")).WantedReclaimPolicy, delete.Judge("ReclaimPolicyDelete")[0].Fixable));
        Assert.Empty(delete.WithTags(("KubernetesCluster", Cluster), ("kubernetes.io/created-for/pvc/name", "data")).Judge("ReclaimPolicyDelete"));
        Assert.Empty((delete with { Volume = null, Sight = VolumeSight.Unknown }).Judge("ReclaimPolicyDelete"));
        Assert.Empty(Well.Judge("ReclaimPolicyDelete"));
    }

    [Theory]
    [InlineData("default/data-web-0", true, "Retain", FindingSeverity.Warning)]
    [InlineData("default/data-web-12", true, "Delete", FindingSeverity.Error)]
    [InlineData("default/data-web-x", true, "Retain", null)]
    [InlineData("other/data-web-0", true, "Retain", null)]
    [InlineData("default/data-web-0", false, "Retain", null)]
    public void A_StatefulSet_that_deletes_claims_when_scaled_is_told_once(string claim, bool deletes, string policy, FindingSeverity? severity)
    {
        var set = new Workload("StatefulSet", "default", "web") { ClaimTemplates = [new("data", null, [], null, "Filesystem")], DeletesClaimsWhenScaled = deletes };
        var world = (Well with { PersistentVolumes = [Pv(), Pv("other")] })
            .WithPv(one => one with { Claim = claim, ReclaimPolicy = policy, Status = "Bound" }).WithFacts(facts => facts with { Workloads = [set] });

        Assert.Equal(severity, world.Judge("ScaleDownDeletesClaim").SingleOrDefault()?.Severity);
    }

    [Fact]
    public void A_StatefulSet_of_which_one_volume_alone_would_be_deleted_is_an_error_whichever_is_seen_first()
    {
        var set = new Workload("StatefulSet", "default", "web") { ClaimTemplates = [new("data", null, [], null, "Filesystem")], DeletesClaimsWhenScaled = true };
        EbsPersistentVolume[] both = [Pv() with { Claim = "default/data-web-0", Status = "Bound" }, Pv("other") with { Claim = "default/data-web-1", Status = "Bound", ReclaimPolicy = "Delete" }];

        Assert.All(new[] { both, [both[1], both[0]] }, volumes =>
        {
            var finding = Assert.Single((Well with { PersistentVolumes = volumes }).WithFacts(facts => facts with { Workloads = [set] }).Judge("ScaleDownDeletesClaim"));
            Assert.Equal(FindingSeverity.Error, finding.Severity);
            Assert.Contains("the data of other goes with them", finding.Message, StringComparison.Ordinal);
            Assert.Contains(@"'^default/(data)-web-\d+$' | Move-EbsPersistentVolume -PrepareOnly", finding.Recommendation, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void What_is_stuck_is_told()
    {
        var released = Well.WithPv(one => one with { Status = "Released", Claim = "default/data", ClaimUid = "old" });

        Assert.Equal(("PersistentVolumeReleased", true), (Assert.Single(released.Judge()).Code, released.Judge()[0].Fixable));
        Assert.Contains("is there again, Pending", (released with { Claims = [Claim(null, "Pending") with { StorageClassName = "fast" }], Classes = [Class("fast", Driver)] }).Judge("PersistentVolumeReleased")[0].Message);
        Assert.Equal("PersistentVolumeFailed", Assert.Single(Well.WithPv(one => one with { Status = "Failed", Reason = "no plugin" }).Judge()).Code);
        var terminating = Assert.Single(Well.WithPv(one => one with { Status = "Terminating", Finalizers = ["kubernetes.io/pv-protection"] }).Judge());
        Assert.Equal("PersistentVolumeTerminating", terminating.Code);
        Assert.Contains("kubernetes.io/pv-protection", terminating.Message);
    }

    [Fact]
    public void A_class_with_a_provisioner_matters_while_nothing_is_bound()
    {
        var provisions = Well with { Classes = [Class("manual-ebs", Driver)] };

        Assert.Equal("manual-ebs", Assert.Single(provisions.Judge("StorageClassProvisions")).Target);
        Assert.Empty(provisions.Used().Judge("StorageClassProvisions"));
        Assert.Empty((Well with { Classes = [Class("manual-ebs", "kubernetes.io/no-provisioner")] }).Judge("StorageClassProvisions"));
        Assert.Empty(Well.Judge("StorageClassProvisions"));
    }

    [Fact]
    public void A_volume_has_to_be_where_its_pod_is()
    {
        var two = (Well with { Nodes = [Node("node-b", ZoneB, "i-0b"), Node("node-b2", ZoneB, "i-0b2")] }).With(volume => volume with { Attachments = [new() { InstanceId = "i-0b", State = "attached" }] });

        Assert.Single(two.Used(("web", "node-b2")).Judge("AttachedElsewhere"));
        Assert.Empty(two.Used(("web", "node-b")).Judge("AttachedElsewhere"));
        Assert.Empty(two.Used(("web", "node-b2"), ("old", "node-b")).Judge("AttachedElsewhere"));
        Assert.Empty(two.Used(("web", null)).Judge("AttachedElsewhere"));
        Assert.Empty(two.Used(("web", "gone")).Judge("AttachedElsewhere"));
        Assert.Empty(two.Used(("web", "node-b2")).With(volume => volume with { MultiAttachEnabled = true }).Judge("AttachedElsewhere"));
        Assert.Empty(two.Used(("web", "node-b2")).With(volume => volume with { Attachments = [new() { InstanceId = "i-0b", State = "detaching" }] }).Judge("AttachedElsewhere"));
    }

    [Theory]
    [InlineData(VolumeSource.InTree, 33, true, true)]
    [InlineData(VolumeSource.InTree, 33, false, true)]
    [InlineData(VolumeSource.InTree, 22, true, true)]
    [InlineData(VolumeSource.InTree, 22, false, false)]
    [InlineData(VolumeSource.Csi, 33, true, false)]
    public void The_in_tree_source_is_told_where_Kubernetes_has_it_no_more_or_the_driver_is_there(VolumeSource source, int minor, bool hasDriver, bool isFound)
    {
        var world = Well.WithPv(one => one with { VolumeSource = source }).WithFacts(facts => facts with { MinorVersion = minor, Drivers = hasDriver ? facts.Drivers : new HashSet<string>() });
        var findings = world.Judge("InTreeSource");

        Assert.Equal(isFound, findings.Count == 1);
        if (isFound) Assert.Equal((FindingSeverity.Information, true), (findings[0].Severity, findings[0].Fixable));
    }
}
