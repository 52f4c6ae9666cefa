using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Templates;
using EbsPv.Swaps;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Core;

public class RegistrationPlannerTests
{
    private const string Id = "vol-0123456789abcdef0";

    private static readonly VolumeToRegister Volume = new()
    {
        VolumeId = Id,
        Name = "manual-ebs-01",
        AvailabilityZone = Sets.ZoneB,
        Size = 10,
        ClusterName = Sets.Cluster,
        Tags = new Dictionary<string, string> { ["KubernetesCluster"] = Sets.Cluster },
    };

    private static readonly RegistrationOptions Options = new();

    [Fact]
    public void A_volume_becomes_what_the_runbook_wrote_by_hand()
    {
        var plan = RegistrationPlanner.Plan(Volume, Options, Facts.Kops, "ctx");
        var spec = plan.Spec!;
        Assert.Empty(plan.Warnings);
        Assert.Equal(("manual-ebs-01", Id, "10Gi", VolumeSource.Csi), (spec.Name, spec.VolumeId, spec.Capacity, spec.Source));
        Assert.Equal(("Retain", "manual-ebs", "ext4"), (spec.ReclaimPolicy, spec.StorageClassName, spec.FileSystemType));
        Assert.Equal(["ReadWriteOnce"], spec.AccessModes);
        Assert.Equal(
            ["type=ebs", "topology.kubernetes.io/zone=eu-west-1b", "topology.kubernetes.io/region=eu-west-1"],
            spec.Labels.Select(label => $"{label.Key}={label.Value}"));
        Assert.Empty(spec.Annotations);
        Assert.Equal(Sets.ZoneB, Assert.Single(spec.NodeAffinity).Values.Single());
    }

    [Fact]
    public void The_user_s_labels_come_sorted_and_type_may_be_theirs()
    {
        var labels = new Dictionary<string, string> { ["type"] = "db", ["app"] = "x" };
        var spec = RegistrationPlanner.Plan(Volume, Options with { Settings = new PersistentVolumeSettings { Labels = labels } }, Facts.Kops, "ctx").Spec!;
        Assert.Equal(
            ["topology.kubernetes.io/zone", "topology.kubernetes.io/region", "app", "type"], spec.Labels.Select(label => label.Key));
        Assert.Equal("db", spec.Labels.Single(label => label.Key == "type").Value);
    }

    [Theory]
    [InlineData(VolumeSource.Csi, "Delete", "ebs.csi.aws.com")]
    [InlineData(VolumeSource.EksAutoMode, "Delete", "ebs.csi.eks.amazonaws.com")]
    [InlineData(VolumeSource.InTree, "Delete", null)]
    [InlineData(VolumeSource.Csi, "Retain", null)]
    public void Delete_is_carried_out_only_by_the_driver_that_the_annotation_names(VolumeSource source, string policy, string? driver)
    {
        var options = Options with { VolumeSource = source, AllowDeletePolicy = true, Settings = new PersistentVolumeSettings { ReclaimPolicy = policy } };
        var annotation = RegistrationPlanner.Plan(Volume, options, Facts.Kops, "ctx").Spec!.Annotations.SingleOrDefault();
        Assert.Equal(driver, annotation.Value);
        if (driver is not null) Assert.Equal("pv.kubernetes.io/provisioned-by", annotation.Key);
    }

    [Fact]
    public void What_the_driver_lacks_is_warned_of()
    {
        var plan = RegistrationPlanner.Plan(Volume with { Tags = new Dictionary<string, string>() }, Options, Facts.Empty, "ctx");
        Assert.Equal(["DriverMissing"], plan.Warnings.Select(warning => warning.Split(':')[0]));
        Assert.Equal([("DriverTagMissing", Id)], plan.SharedWarnings.Select(warning => (warning.Id, warning.Subject)));
    }

    [Fact]
    public void Who_skips_the_look_ahead_is_warned_of_nothing()
    {
        var plan = RegistrationPlanner.Plan(Volume with { Tags = new Dictionary<string, string>() }, Options with { SkipPreflight = true }, Facts.Empty, "ctx");
        Assert.Empty(plan.Warnings);
        Assert.Empty(plan.SharedWarnings);
    }

    [Fact]
    public void Of_two_PersistentVolumes_for_one_volume_the_bound_one_is_taken_and_both_are_named()
    {
        var facts = Facts.Kops with { ByVolumeId = Facts.Volumes(Facts.Registered(Id, "Available") with { Name = "a" }, Facts.Registered(Id, "Bound") with { Name = "b" }) };
        var plan = RegistrationPlanner.Plan(Volume, Options, facts, "ctx");
        Assert.Equal("b", plan.Existing!.Name);
        Assert.StartsWith("VolumeRegisteredTwice: the PersistentVolumes a and b ", Assert.Single(plan.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_volume_that_is_registered_is_not_kept_for_another_claim()
    {
        var facts = Facts.Kops with { ByVolumeId = Facts.Volumes(Facts.Registered(Id, "Available")) };
        var kept = Volume with { Settings = new PersistentVolumeSettings { Claim = new ClaimReference("default", "data") } };
        Assert.NotNull(RegistrationPlanner.Plan(kept, Options, facts, "ctx").Existing);
        var other = kept with { Settings = new PersistentVolumeSettings { Claim = new ClaimReference("default", "other") } };
        Assert.Contains("default/data", Refusal.Of(ErrorIds.ClaimConflict, () => RegistrationPlanner.Plan(other, Options, facts, "ctx")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "StorageClassMissing")]
    [InlineData("ebs.csi.aws.com", "StorageClassProvisions")]
    [InlineData("kubernetes.io/no-provisioner", "")]
    public void A_class_that_is_missing_or_provisions_is_warned_of(string? provisioner, string id)
    {
        var found = provisioner is null ? null : new Ports.StorageClassInfo { Name = "manual-ebs", Provisioner = provisioner };
        var facts = Facts.Kops with { StorageClasses = new Dictionary<string, Ports.StorageClassInfo?> { ["manual-ebs"] = found } };
        Assert.Equal(id, string.Join(' ', RegistrationPlanner.Plan(Volume, Options, facts, "ctx").Warnings.Select(warning => warning.Split(':')[0])));
    }

    [Theory]
    [InlineData("Available", null)]
    [InlineData("Bound", null)]
    [InlineData("Pending", null)]
    [InlineData("Released", "Repair-EbsPersistentVolume -Code PersistentVolumeReleased")]
    [InlineData("Failed", "kubectl describe pv there")]
    [InlineData("Terminating", "Get-ClusterEbsVolume -VolumeId")]
    public void A_registered_volume_is_taken_as_it_is_and_its_ill_is_named_with_the_cure(string status, string? cure)
    {
        var facts = Facts.Kops with { ByVolumeId = Facts.Volumes(Facts.Registered(Id, status)) };
        var plan = RegistrationPlanner.Plan(Volume with { Tags = null }, Options, facts, "ctx");
        Assert.Null(plan.Spec);
        Assert.Equal("there", plan.Existing!.Name);
        if (cure is null) Assert.Empty(plan.Warnings);
        else Assert.Contains(cure, Assert.Single(plan.Warnings));
    }

    [Fact]
    public void One_that_is_being_replaced_is_told_the_line_that_finishes_and_nothing_that_would_hinder_it()
    {
        var intent = new SwapIntent
        {
            Operation = "9d1c6f0a-2f4e-4b0e-9a53-0d7f3c1e8b42", Kind = SwapKind.Move, PersistentVolume = "there", PersistentVolumeUid = "u", VolumeId = Id, Region = "eu-west-1", DestinationZone = "eu-west-1c", Manifest = "{}",
        };
        var holder = Facts.Registered(Id, "Released") with
        {
            Name = "there-ebspv-swap", Labels = new Dictionary<string, string> { ["ebspv/swap-of"] = "there" }, Annotations = new Dictionary<string, string> { ["ebspv/swap"] = intent.ToJson() },
        };
        var facts = Facts.Kops with { ByVolumeId = Facts.Volumes(Facts.Registered(Id, "Released"), holder) };

        var warning = Assert.Single(RegistrationPlanner.Plan(Volume with { Tags = null }, Options, facts, "ctx").Warnings);

        Assert.StartsWith("SwapUnderWay: The PersistentVolume there is in the middle of another change", warning, StringComparison.Ordinal);
        Assert.Contains("Move-EbsPersistentVolume there -DestinationZone eu-west-1c", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_s_reason_is_shown_without_control_characters() =>
        Assert.DoesNotContain('\e', RegistrationPlanner.Cure(Facts.Registered(Id, "Failed") with { Reason = "\e[2J" })!);

    [Theory]
    [InlineData("i-1", "i-1 i-2", false)]
    [InlineData("i-1 i-9", "i-1 i-2", false)]
    [InlineData("i-8 i-9", "i-1 i-2", true)]
    [InlineData("", "i-1", false)]
    [InlineData("i-8", "", false)]
    public void Workers_and_nodes_that_are_known_and_disjoint_are_two_clusters(string workers, string nodes, bool mismatch)
    {
        var volume = Volume with { InstanceId = workers.Split(' ', StringSplitOptions.RemoveEmptyEntries) };
        var facts = Facts.Kops with { InstanceIds = nodes.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet() };
        Assert.Equal(workers.Length == 0 || nodes.Length == 0, RegistrationPlanner.IsUnverified(volume, facts));
        if (!mismatch) Assert.NotNull(RegistrationPlanner.Plan(volume, Options, facts, "ctx").Spec);
        else Assert.Contains("'ctx'", Refusal.Of(ErrorIds.ClusterMismatch, () => RegistrationPlanner.Plan(volume, Options, facts, "ctx")).Message);
    }

    [Fact]
    public void Two_clusters_are_told_apart_before_anything_is_adopted()
    {
        var facts = Facts.Kops with
        {
            InstanceIds = new HashSet<string> { "i-1" },
            ByVolumeId = Facts.Volumes(Facts.Registered(Id, "Available")),
        };
        Refusal.Of(ErrorIds.ClusterMismatch, () => RegistrationPlanner.Plan(Volume with { InstanceId = ["i-9"] }, Options, facts, "ctx"));
    }

    [Fact]
    public void A_good_volume_passes_with_tags_and_without()
    {
        RegistrationPlanner.Check(Volume, Options);
        RegistrationPlanner.Check(Volume with { Tags = null }, Options);
        RegistrationPlanner.Check(Volume with { VolumeId = null }, Options);
    }

    [Theory]
    [InlineData("k8s.io/etcd/main", "a/a", ErrorIds.ControlPlaneVolume)]
    [InlineData("k8s.io/role/master", "1", ErrorIds.ControlPlaneVolume)]
    [InlineData("ebspv/retired-set", "manual-ebs", ErrorIds.VolumeRetired)]
    [InlineData("kubernetes.io/cluster/vecino", "owned", ErrorIds.VolumeClusterAmbiguous)]
    public void Volumes_that_are_not_for_pods_are_refused(string key, string value, string errorId)
    {
        var volume = Volume with { Tags = new Dictionary<string, string>(Volume.Tags!) { [key] = value } };
        Assert.Equal(Id, Refusal.Of(errorId, () => RegistrationPlanner.Check(volume, Options)).Target);
    }

    [Fact]
    public void What_cannot_be_registered_is_refused_before_any_call()
    {
        Refusal.Of(ErrorIds.PvNameInvalid, () => RegistrationPlanner.Check(Volume with { Name = "Not Possible" }, Options));
        Refusal.Of(ErrorIds.VolumeIdInvalid, () => RegistrationPlanner.Check(Volume with { VolumeId = "REPLACE_ME_1" }, Options));
        Refusal.Of(ErrorIds.WrongResourceKind, () => RegistrationPlanner.Check(Volume with { VolumeId = "snap-0123456789abcdef0" }, Options));
        Refusal.Of(ErrorIds.ZoneNotAZone, () => RegistrationPlanner.Check(Volume with { AvailabilityZone = "eu-west-1" }, Options));
    }

    [Fact]
    public void A_rehearsal_shows_what_would_be_made()
    {
        var planned = RegistrationPlanner.Planned(RegistrationPlanner.Plan(Volume, Options, Facts.Kops, "ctx"), "ctx");
        Assert.Equal(("manual-ebs-01", "planned", "10Gi", Id), (planned.Name, planned.Status, planned.Capacity, planned.VolumeId));
        Assert.Equal((Sets.ZoneB, "eu-west-1", Sets.Cluster, "ctx"), (planned.AvailabilityZone, planned.Region, planned.ClusterName, planned.Context));
    }

    [Fact]
    public void A_document_for_another_PersistentVolume_than_its_volume_has_is_refused()
    {
        var facts = Facts.Kops with { ByVolumeId = Facts.Volumes(Facts.Registered(Id, "Available")) };
        var template = new PersistentVolumeTemplate { Document = new("pv.yml", 2, 17, ""), Settings = new(), Rest = "{}", Name = "other" };
        var volume = Volume with { Name = "other", Template = template };
        var message = Refusal.Of(ErrorIds.PersistentVolumeConflict, () => RegistrationPlanner.Plan(volume, Options, facts, "ctx")).Message;
        Assert.Equal($"pv.yml, document 2 (line 17) is for other, and the volume that it would take, {Id}, is registered as there already. Nothing was registered.", message);
        Assert.NotNull(RegistrationPlanner.Plan(volume with { Template = template with { Name = "there" } }, Options, facts, "ctx").Existing);
        Assert.NotNull(RegistrationPlanner.Plan(volume with { Template = template with { Name = null } }, Options with { IsNamed = true }, facts, "ctx").Existing);
    }
}
