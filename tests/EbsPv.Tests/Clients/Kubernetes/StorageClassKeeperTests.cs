using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Sandbox.Server;
using EbsPv.Tests.Sandbox.Kubernetes;
using EbsPv.Tests.Support;
using Xunit;
using static EbsPv.Tests.Clients.Kubernetes.KubeHarness;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>A class that several runs make, and add their zones to, side by side.</summary>
public class StorageClassKeeperTests
{
    private const string Create = "create storageclasses", Patch = "patch storageclasses", Get = "get storageclasses";

    [Fact]
    public async Task It_is_made_in_one_call_as_it_is_read_back()
    {
        await using var kube = await StartAsync();
        await ApplyAsync(kube, "eu-west-1c", "eu-west-1b");
        Assert.Equal(new Dictionary<string, int> { [$"kubernetes {Create}"] = 1 }, kube.Calls);
        var made = (await kube.Cluster.GetStorageClassAsync("manual-ebs", Stop))!;
        Assert.Equal(("kubernetes.io/no-provisioner", "WaitForFirstConsumer", true, false), (made.Provisioner, made.VolumeBindingMode, made.AllowVolumeExpansion, made.IsDefault));
        Assert.Equal(["eu-west-1b", "eu-west-1c"], made.Zones);
        Assert.True(StorageClassRules.IsOurs(made));
    }

    [Fact]
    public async Task One_that_somebody_made_meanwhile_gets_the_zones_that_it_lacks()
    {
        await using var kube = await StartAsync();
        var late = StorageClassPlan.For("manual-ebs", null, ["eu-west-1c"], ["gp3"])!;
        await ApplyAsync(kube, "eu-west-1b");
        await StorageClassKeeper.ApplyAsync(kube.Cluster, late, Stop);
        Assert.Equal(["eu-west-1b", "eu-west-1c"], (await kube.Cluster.GetStorageClassAsync("manual-ebs", Stop))!.Zones);
    }

    [Fact]
    public async Task One_of_somebody_else_that_came_meanwhile_stays_as_it_is()
    {
        await using var kube = await StartAsync();
        kube.Host.Api.State.Seed(Manifests.Class("manual-ebs"));
        await ApplyAsync(kube, "eu-west-1b");
        Assert.Empty((await kube.Cluster.GetStorageClassAsync("manual-ebs", Stop))!.Zones);
        Assert.Equal((1, 1, 0), (kube.Host.Ledger.Count(Create), kube.Host.Ledger.Count(Get) - 1, kube.Host.Ledger.Count(Patch)));
    }

    [Fact]
    public async Task A_change_on_what_was_read_before_somebody_else_s_is_made_again_on_top()
    {
        await using var kube = await StartAsync();
        await ApplyAsync(kube, "eu-west-1b");
        var before = (await kube.Cluster.GetStorageClassAsync("manual-ebs", Stop))!;
        var late = StorageClassPlan.For("manual-ebs", before, ["eu-west-1c"], ["gp3"])!;
        await kube.Cluster.SetStorageClassZonesAsync(before, ["eu-west-1a", "eu-west-1b"], Stop);
        await StorageClassKeeper.ApplyAsync(kube.Cluster, late, Stop);
        Assert.Equal(["eu-west-1a", "eu-west-1b", "eu-west-1c"], (await kube.Cluster.GetStorageClassAsync("manual-ebs", Stop))!.Zones);
    }

    [Fact]
    public async Task One_that_changes_all_the_time_is_given_up()
    {
        await using var kube = await StartAsync();
        await ApplyAsync(kube, "eu-west-1b");
        kube.Fail(FaultKind.Error, Patch, times: 100, status: 409, code: "Conflict");
        var plan = StorageClassPlan.For("manual-ebs", await kube.Cluster.GetStorageClassAsync("manual-ebs", Stop), ["eu-west-1c"], ["gp3"])!;
        await Refusal.OfAsync(ErrorIds.KubeObjectConflict, () => StorageClassKeeper.ApplyAsync(kube.Cluster, plan, Stop));
        Assert.Equal(5, kube.Host.Ledger.Count(Patch));
    }

    [Theory]
    [InlineData(FaultKind.CutAfter, 1)]
    [InlineData(FaultKind.CutBefore, 2)]
    [InlineData(FaultKind.Error, 2)]
    public async Task Of_an_answer_that_is_lost_it_is_looked_up_what_became(FaultKind fault, int posts)
    {
        await using var kube = await StartAsync();
        kube.Fail(fault, Create);
        await ApplyAsync(kube, "eu-west-1b");
        Assert.Equal((posts, 1), (kube.Host.Ledger.Count(Create), kube.Host.Ledger.Count(Get)));
        Assert.Equal(["eu-west-1b"], (await kube.Cluster.GetStorageClassAsync("manual-ebs", Stop))!.Zones);
    }

    [Fact]
    public async Task Zones_that_were_added_although_the_answer_is_lost_are_not_added_again()
    {
        await using var kube = await StartAsync();
        await ApplyAsync(kube, "eu-west-1b");
        kube.Fail(FaultKind.CutAfter, Patch);
        await StorageClassKeeper.ApplyAsync(kube.Cluster, StorageClassPlan.For("manual-ebs", await kube.Cluster.GetStorageClassAsync("manual-ebs", Stop), ["eu-west-1c"], ["gp3"])!, Stop);
        Assert.Equal(1, kube.Host.Ledger.Count(Patch));
        Assert.Equal(["eu-west-1b", "eu-west-1c"], (await kube.Cluster.GetStorageClassAsync("manual-ebs", Stop))!.Zones);
    }

    [Fact]
    public async Task Zones_are_read_in_whichever_words_they_are_written()
    {
        await using var kube = await StartAsync();
        kube.Host.Api.State.Seed(Manifests.Class("otra", """
            "allowedTopologies": [ { "matchLabelExpressions": [ { "key": "failure-domain.beta.kubernetes.io/zone", "values": ["eu-west-1b"] }, { "key": "disco", "values": ["ssd"] } ] } ]
            """));
        var found = (await kube.Cluster.GetStorageClassAsync("otra", Stop))!;
        Assert.Equal(["eu-west-1b"], found.Zones);
        Assert.False(found.HasOnlyZones);
    }

    private static Task ApplyAsync(KubeHarness kube, params string[] zones) =>
        StorageClassKeeper.ApplyAsync(kube.Cluster, StorageClassPlan.For("manual-ebs", null, zones, ["gp3"])!, Stop);
}
