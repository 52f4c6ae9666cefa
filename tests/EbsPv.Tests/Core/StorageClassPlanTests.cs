using System.Text.Json.Nodes;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using Xunit;

namespace EbsPv.Tests.Core;

public class StorageClassPlanTests
{
    private static readonly StorageClassInfo Ours = new()
    {
        Name = "manual-ebs", Provisioner = "kubernetes.io/no-provisioner", VolumeBindingMode = "WaitForFirstConsumer", Zones = ["eu-west-1b"],
        Labels = new Dictionary<string, string> { ["app.kubernetes.io/managed-by"] = "EbsPv" },
    };

    [Fact]
    public void A_class_that_is_missing_is_made_for_the_zones_in_order()
    {
        var plan = For(null, "c b c", "gp3 gp3")!;
        Assert.Equal(("manual-ebs", "gp3"), (plan.Name, plan.VolumeType));
        Assert.Equal(["eu-west-1b", "eu-west-1c"], plan.Zones);
        Assert.Equal("Create the StorageClass manual-ebs for eu-west-1b, eu-west-1c (no provisioner, WaitForFirstConsumer, Retain, volumes may grow)", plan.Description);
    }

    [Theory]
    [InlineData("gp3 gp2")]
    [InlineData("gp3 -")]
    [InlineData("-")]
    public void Its_type_is_said_only_when_there_is_one(string types) => Assert.Null(For(null, "b", types)!.VolumeType);

    [Fact]
    public void Our_own_gets_the_zones_that_it_lacks()
    {
        var plan = For(Ours, "a b", "gp3")!;
        Assert.Equal(["eu-west-1a", "eu-west-1b"], plan.Zones);
        Assert.Equal("Add eu-west-1a to the zones of the StorageClass manual-ebs", plan.Description);
        Assert.Null(For(Ours, "b", "gp3"));
    }

    [Fact]
    public void What_is_not_ours_or_is_not_limited_stays_as_it_is()
    {
        Assert.Null(For(Ours with { Labels = new Dictionary<string, string>() }, "a", "gp3"));
        Assert.Null(For(Ours with { Labels = new Dictionary<string, string> { ["app.kubernetes.io/managed-by"] = "Helm" } }, "a", "gp3"));
        Assert.Null(For(Ours with { Provisioner = "ebs.csi.aws.com" }, "a", "gp3"));
        Assert.Null(For(Ours with { HasOnlyZones = false }, "a", "gp3"));
        Assert.Null(For(Ours with { Zones = [] }, "a", "gp3"));
    }

    [Fact]
    public void What_is_written_is_what_the_issue_asks_for() => Assert.Equal(
        """{"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"manual-ebs","labels":{"app.kubernetes.io/managed-by":"EbsPv"}},"provisioner":"kubernetes.io/no-provisioner","parameters":{"type":"gp3"},"reclaimPolicy":"Retain","volumeBindingMode":"WaitForFirstConsumer","allowVolumeExpansion":true,"allowedTopologies":[{"matchLabelExpressions":[{"key":"topology.kubernetes.io/zone","values":["eu-west-1b","eu-west-1c"]}]}]}""",
        StorageClassDocument.ToJson(new StorageClassSpec("manual-ebs", ["eu-west-1b", "eu-west-1c"], "gp3")));

    [Fact]
    public void Without_a_type_or_zones_nothing_is_said_of_them()
    {
        var document = JsonNode.Parse(StorageClassDocument.ToJson(new StorageClassSpec("manual-ebs", [], null)))!;
        Assert.Null(document["parameters"]);
        Assert.Null(document["allowedTopologies"]);
    }

    [Theory]
    [InlineData(null, null, false, "StorageClassMissing")]
    [InlineData(null, null, true, "")]
    [InlineData("kubernetes.io/no-provisioner", "WaitForFirstConsumer", false, "")]
    [InlineData("kubernetes.io/no-provisioner", "Immediate", false, "StorageClassImmediate")]
    [InlineData("ebs.csi.aws.com", "WaitForFirstConsumer", false, "StorageClassProvisions")]
    [InlineData("ebs.csi.aws.com", "Immediate", true, "StorageClassProvisions")]
    public void What_may_happen_is_told(string? provisioner, string? mode, bool makes, string warning)
    {
        var found = provisioner is null ? null : new StorageClassInfo { Name = "manual-ebs", Provisioner = provisioner, VolumeBindingMode = mode };
        var facts = Facts.Kops with { StorageClasses = new Dictionary<string, StorageClassInfo?> { ["manual-ebs"] = found } };
        Assert.Equal(warning, string.Join(' ', StorageClassRules.Warnings("manual-ebs", "eu-west-1b", facts, new RegistrationOptions { CreateStorageClass = makes }).Select(one => one.Split(':')[0])));
        Assert.Empty(StorageClassRules.Warnings("otra", "eu-west-1b", facts, new RegistrationOptions()));
    }

    [Theory]
    [InlineData("eu-west-1b", true, true, "")]
    [InlineData("", true, true, "")]
    [InlineData("eu-west-1a", true, true, "StorageClassLacksZone")]
    [InlineData("eu-west-1b", false, true, "StorageClassCannotGrow")]
    [InlineData("eu-west-1a", false, true, "StorageClassLacksZone StorageClassCannotGrow")]
    [InlineData("eu-west-1a", false, false, "")]
    public void A_class_that_is_not_ours_is_told_where_it_is_not_what_would_be_made(string zones, bool grows, bool makes, string warnings)
    {
        var foreign = Ours with { Labels = new Dictionary<string, string>(), Zones = zones.Split(' ', StringSplitOptions.RemoveEmptyEntries), AllowVolumeExpansion = grows };
        Assert.Equal(warnings, Told(foreign));
        Assert.Equal("", Told(foreign with { Labels = Ours.Labels }));

        string Told(StorageClassInfo found) => string.Join(' ', StorageClassRules.Warnings(
            "manual-ebs", "eu-west-1b", Facts.Kops with { StorageClasses = new Dictionary<string, StorageClassInfo?> { ["manual-ebs"] = found } }, new RegistrationOptions { CreateStorageClass = makes }).Select(one => one.Split(':')[0]));
    }

    private static StorageClassPlan? For(StorageClassInfo? existing, string zones, string types) => StorageClassPlan.For(
        "manual-ebs", existing, [.. zones.Split(' ').Select(zone => $"eu-west-1{zone}")], [.. types.Split(' ').Select(type => type == "-" ? null : type)]);
}
