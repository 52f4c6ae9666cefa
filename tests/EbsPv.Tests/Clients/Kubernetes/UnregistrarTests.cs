using System.Text.Json.Nodes;
using EbsPv.Errors;
using EbsPv.Sandbox.Kubernetes;
using EbsPv.Sandbox.Server;
using EbsPv.Tests.Sandbox.Kubernetes;
using EbsPv.Tests.Support;
using EbsPv.Unregistration;
using Xunit;
using static EbsPv.Tests.Clients.Kubernetes.KubeHarness;

namespace EbsPv.Tests.Clients.Kubernetes;

public class UnregistrarTests
{
    private const string Delete = "delete persistentvolumes", Patch = "patch persistentvolumes", Watch = "watch persistentvolumes", Get = "get persistentvolumes";
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_hundred_cost_a_hundred_deletions_and_one_watch()
    {
        await using var kube = await StartAsync();
        foreach (var number in Enumerable.Range(1, 100)) kube.Seed($"pv-{number}");
        var (all, run) = await BeginAsync(kube);
        await Task.WhenAll(all.Select(volume => run.RemoveAsync(volume, Stop)));
        Assert.Equal(new Dictionary<string, int> { [$"kubernetes {Delete}"] = 100, [$"kubernetes {Watch}"] = 1 }, kube.Calls);
        Assert.Empty(kube.Host.Api.State.List("persistentvolumes"));
        await run.DisposeAsync();
    }

    [Theory]
    [InlineData("Bound", "u", true)]
    [InlineData("Available", "u", true)]
    [InlineData("Pending", "u", true)]
    [InlineData("Available", null, false)]
    [InlineData("Released", "u", false)]
    [InlineData("Failed", "u", false)]
    [InlineData("Terminating", "u", false)]
    public void One_that_a_claim_has_or_is_getting_stays(string status, string? uid, bool stays)
    {
        var volume = new EbsPersistentVolume { Name = "pv", Status = status, Claim = "default/data", ClaimUid = uid };
        if (stays) Assert.Contains("to the claim default/data", Refusal.Of(ErrorIds.PersistentVolumeBound, () => UnregistrationRules.CheckUnbound(volume)).Message, StringComparison.Ordinal);
        else UnregistrationRules.CheckUnbound(volume);
    }

    [Theory]
    [InlineData("Delete", true)]
    [InlineData("Retain", false)]
    public void Before_a_claim_is_deleted_its_volume_has_to_be_kept(string policy, bool warns)
    {
        var volume = new EbsPersistentVolume { Name = "pv", Status = "Bound", Claim = "default/data", ClaimUid = "u", ReclaimPolicy = policy };

        var action = Refusal.Of(ErrorIds.PersistentVolumeBound, () => UnregistrationRules.CheckUnbound(volume)).RecommendedAction!;

        Assert.Equal(warns, action.Contains("Move-EbsPersistentVolume pv -PrepareOnly", StringComparison.Ordinal));
        Assert.EndsWith("kubectl delete pvc -n default data, and run the line again.", action, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_Delete_Retain_comes_first_and_the_provisioner_lets_go_before_the_deletion()
    {
        await using var kube = await StartAsync();
        kube.Host.Api.State.Seed(ProvisionerTests.Provisioned("pv", "Delete"));
        await kube.Host.SettleAsync();
        var (all, run) = await BeginAsync(kube);
        Assert.Contains("external-provisioner.volume.kubernetes.io/finalizer", all[0].Finalizers);
        await run.RemoveAsync(all[0], Stop);
        Assert.Equal((1, 1), (kube.Host.Ledger.Count(Patch), kube.Host.Ledger.Count(Delete)));
        Assert.Empty(kube.Host.Api.State.List("persistentvolumes"));
        await run.DisposeAsync();
    }

    [Fact]
    public async Task A_provisioner_that_does_not_run_is_named_and_nothing_is_deleted()
    {
        var time = new DrivenTime();
        await using var kube = await StartAsync();
        kube.Host.Api.State.Seed(ProvisionerTests.Provisioned("pv", "Delete"));
        await kube.Host.SettleAsync();
        kube.Host.Api.Options.RunProvisioner = false;
        var (all, run) = await BeginAsync(kube, time);
        var removing = run.RemoveAsync(all[0], Stop);
        await time.UntilWaitingAsync(Long, Stop);
        time.Advance(Long);
        var failure = await Refusal.OfAsync(ErrorIds.ProvisionerNotRunning, () => removing);
        Assert.Contains("external-provisioner of the driver ebs.csi.aws.com", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, kube.Host.Ledger.Count(Delete));
        var kept = (await kube.Cluster.GetPersistentVolumeAsync("pv", Stop))!;
        Assert.Equal(("Retain", "Available"), (kept.ReclaimPolicy, kept.Status));
        await run.DisposeAsync();
    }

    [Fact]
    public async Task So_is_the_binder_that_would_delete_an_in_tree_volume()
    {
        var time = new DrivenTime();
        await using var kube = await StartAsync();
        kube.Host.Api.State.Seed(Manifests.Volume("pv", volume => volume["metadata"]!["finalizers"] = new JsonArray("kubernetes.io/pv-controller")));
        var (all, run) = await BeginAsync(kube, time);
        var removing = run.RemoveAsync(all[0], Stop);
        await time.UntilWaitingAsync(Long, Stop);
        time.Advance(Long);
        var failure = await Refusal.OfAsync(ErrorIds.ProvisionerNotRunning, () => removing);
        Assert.Contains("persistent-volume binder of kube-controller-manager does not run", failure.Message, StringComparison.Ordinal);
        Assert.Contains("kube-controller-manager", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(0, kube.Host.Ledger.Count(Delete));
        await run.DisposeAsync();
    }

    [Fact]
    public async Task Who_holds_it_is_explained_and_its_finalizer_stays()
    {
        var time = new DrivenTime();
        await using var kube = await StartAsync();
        kube.Host.Api.State.Seed(Manifests.Volume("pv", volume => volume["metadata"]!["finalizers"] = new JsonArray("external-attacher/ebs-csi-aws-com", "acme.io/backup")));
        kube.Host.Api.State.Seed(Manifests.Attachment("csi-1", "pv", "ip-172-20-42-11.eu-west-1.compute.internal"));
        var (all, run) = await BeginAsync(kube, time);
        var removing = run.RemoveAsync(all[0], Stop);
        await time.UntilWaitingAsync(Long, Stop);
        await TerminatingAsync(kube, "pv");
        time.Advance(Long);
        var failure = await Refusal.OfAsync(ErrorIds.PersistentVolumeHeld, () => removing);
        Assert.Contains("external-attacher has detached it", failure.Message, StringComparison.Ordinal);
        Assert.Contains("acme.io/backup, which is none of Kubernetes' own", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await kube.Cluster.GetPersistentVolumeAsync("pv", Stop))!.Finalizers.Count(one => one != "kubernetes.io/pv-protection"));
        await run.DisposeAsync();
    }

    [Fact]
    public async Task One_that_a_claim_gets_while_the_provisioner_is_waited_for_stays()
    {
        await using var kube = await StartAsync();
        kube.Host.Api.State.Seed(ProvisionerTests.Provisioned("pv", "Delete"));
        await kube.Host.SettleAsync();
        kube.Host.Api.Options.RunProvisioner = false;
        var (all, run) = await BeginAsync(kube);
        var removing = run.RemoveAsync(all[0], Stop);
        while ((await kube.Cluster.GetPersistentVolumeAsync("pv", Stop))!.ReclaimPolicy != "Retain") await Task.Yield();
        kube.Host.Api.State.Seed(Manifests.Claim("data", claim =>
        {
            claim["spec"]!["volumeName"] = "pv";
            claim["spec"]!["volumeMode"] = "Filesystem";
        }));
        await kube.Host.SettleAsync();
        kube.Host.Api.Options.RunProvisioner = true;
        var bound = (await kube.Cluster.GetPersistentVolumeAsync("pv", Stop))!;
        Assert.Equal("Bound", bound.Status);
        await kube.Cluster.PatchPersistentVolumeAsync(bound, new Ports.PersistentVolumePatch { Labels = new Dictionary<string, string?> { ["seen"] = "yes" } }, Stop);

        await Refusal.OfAsync(ErrorIds.PersistentVolumeBound, () => removing);

        Assert.Equal(0, kube.Host.Ledger.Count(Delete));
        Assert.Equal(("Bound", "Retain"), ((await kube.Cluster.GetPersistentVolumeAsync("pv", Stop))!.Status, (await kube.Cluster.GetPersistentVolumeAsync("pv", Stop))!.ReclaimPolicy));
        await run.DisposeAsync();
    }

    [Fact]
    public async Task One_that_was_made_anew_while_the_provisioner_is_waited_for_is_left_alone()
    {
        var time = new DrivenTime();
        await using var kube = await StartAsync(time);
        kube.Host.Api.State.Seed(ProvisionerTests.Provisioned("pv", "Delete"));
        await kube.Host.SettleAsync();
        kube.Host.Api.Options.RunProvisioner = false;
        var (all, run) = await BeginAsync(kube, time);
        kube.Fail(FaultKind.Hang, Watch);
        var removing = run.RemoveAsync(all[0], Stop);
        while (kube.Host.Ledger.Count(Watch) == 0) await Task.Delay(5, Stop);
        // Nothing is told of that: the list after the silence shows another one of the name.
        kube.Host.Api.State.Remove("persistentvolumes", "pv");
        kube.Seed("pv");
        foreach (var pause in new[] { TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(200) })
        {
            await time.UntilWaitingAsync(pause, Stop);
            time.Advance(pause);
        }

        await Refusal.OfAsync(ErrorIds.PersistentVolumeConflict, () => removing);

        Assert.Equal(0, kube.Host.Ledger.Count(Delete));
        Assert.NotNull(await kube.Cluster.GetPersistentVolumeAsync("pv", Stop));
        await run.DisposeAsync();
    }

    [Fact]
    public async Task A_bound_one_is_left_alone_without_a_call()
    {
        await using var kube = await StartAsync();
        kube.Seed("pv");
        var (all, run) = await BeginAsync(kube);
        var failure = await Refusal.OfAsync(ErrorIds.PersistentVolumeBound, () => run.RemoveAsync(all[0] with { Status = "Bound", Claim = "shop/data" }, Stop));
        Assert.Contains("kubectl delete pvc -n shop data", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(kube.Calls);
        await run.DisposeAsync();
    }

    [Fact]
    public async Task One_that_somebody_bound_meanwhile_is_seen_and_left_alone()
    {
        await using var kube = await StartAsync();
        kube.Seed("pv");
        var (all, run) = await BeginAsync(kube);
        kube.Host.Api.State.Seed(Manifests.Claim("data", claim => claim["spec"]!["volumeName"] = "pv"));
        await kube.Host.SettleAsync();
        await Refusal.OfAsync(ErrorIds.PersistentVolumeBound, () => run.RemoveAsync(all[0], Stop));
        Assert.Equal("Bound", (await kube.Cluster.GetPersistentVolumeAsync("pv", Stop))!.Status);
        await run.DisposeAsync();
    }

    [Fact]
    public async Task One_that_was_made_anew_meanwhile_is_left_alone()
    {
        await using var kube = await StartAsync();
        kube.Seed("pv");
        var (all, run) = await BeginAsync(kube);
        await kube.Cluster.DeletePersistentVolumeAsync((await kube.Cluster.GetPersistentVolumeAsync("pv", Stop))!, Stop);
        await kube.Host.SettleAsync();
        kube.Seed("pv");
        await Refusal.OfAsync(ErrorIds.PersistentVolumeConflict, () => run.RemoveAsync(all[0], Stop));
        Assert.NotNull(await kube.Cluster.GetPersistentVolumeAsync("pv", Stop));
        await run.DisposeAsync();
    }

    [Theory]
    [InlineData(FaultKind.CutAfter, Delete)]
    [InlineData(FaultKind.CutBefore, Delete)]
    [InlineData(FaultKind.Error, Delete)]
    [InlineData(FaultKind.CutAfter, Patch)]
    [InlineData(FaultKind.CutBefore, Patch)]
    public async Task A_lost_answer_is_looked_after(FaultKind kind, string operation)
    {
        var time = new SkippedTime { Longest = TimeSpan.FromSeconds(30) };
        await using var kube = await StartAsync(time);
        kube.Host.Api.State.Seed(ProvisionerTests.Provisioned("pv", "Delete"));
        await kube.Host.SettleAsync();
        var (all, run) = await BeginAsync(kube, time);
        kube.Fail(kind, operation);
        await run.RemoveAsync(all[0], Stop);
        Assert.Empty(kube.Host.Api.State.List("persistentvolumes"));
        await run.DisposeAsync();
    }

    [Fact]
    public async Task What_is_not_allowed_is_named()
    {
        await using var kube = await StartAsync();
        kube.Seed("pv");
        kube.Allow("list *", "get *", "watch *");
        var (all, run) = await BeginAsync(kube);
        var failure = await Refusal.OfAsync(ErrorIds.KubePermissionDenied, () => run.RemoveAsync(all[0], Stop));
        Assert.Contains("delete", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("Available", (await kube.Cluster.GetPersistentVolumeAsync("pv", Stop))!.Status);
        await run.DisposeAsync();
    }

    private static async Task<(List<EbsPersistentVolume> All, Unregistrar Run)> BeginAsync(KubeHarness kube, TimeProvider? time = null)
    {
        await kube.Host.SettleAsync();
        var all = new List<EbsPersistentVolume>();
        var version = "";
        await foreach (var page in kube.Cluster.ListPersistentVolumesAsync(Stop))
        {
            all.AddRange(page.Items);
            version = page.ResourceVersion;
        }

        kube.Host.Ledger.Clear();
        return (all, new Unregistrar(kube.Cluster, version, 8, Long, time));
    }

    private static async Task TerminatingAsync(KubeHarness kube, string name)
    {
        while ((await kube.Cluster.GetPersistentVolumeAsync(name, Stop))?.Status != "Terminating") await Task.Yield();
        await kube.Host.SettleAsync();
    }
}
