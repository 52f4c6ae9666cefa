using System.Text.Json.Nodes;
using EbsPv.Errors;
using EbsPv.PersistentVolumeClaims;
using EbsPv.PersistentVolumes;
using EbsPv.Sandbox.Server;
using EbsPv.Tests.Clients.Kubernetes;
using EbsPv.Tests.Sandbox.Kubernetes;
using EbsPv.Tests.Support;
using Xunit;
using static EbsPv.Tests.Clients.Kubernetes.KubeHarness;

namespace EbsPv.Tests.ClaimMaking;

/// <summary>Claims that are posted and waited for, whatever happens to the answers.</summary>
public class ClaimMakerTests
{
    private const string Create = "create persistentvolumeclaims", Watch = "watch persistentvolumeclaims", Get = "get persistentvolumeclaims", List = "list persistentvolumeclaims";

    [Fact]
    public async Task A_hundred_claims_cost_a_list_a_post_each_and_one_watch()
    {
        await using var kube = await StartAsync();
        var volumes = await SeedAsync(kube, 100);
        await using var maker = await BeginAsync(kube);
        var claims = await Task.WhenAll(volumes.Select(volume => MakeAsync(maker, volume)));
        Assert.All(claims, claim => Assert.Equal(("Bound", false), (claim.Status, claim.Adopted)));
        Assert.Equal(volumes.Select(volume => volume.Name), claims.Select(claim => claim.VolumeName));
        Assert.Equal(new Dictionary<string, int> { [$"kubernetes {Create}"] = 100, [$"kubernetes {List}"] = 1, [$"kubernetes {Watch}"] = 1 }, kube.Calls);
    }

    [Fact]
    public async Task What_is_there_is_taken_without_a_post()
    {
        await using var kube = await StartAsync();
        var volume = (await SeedAsync(kube, 1))[0];
        await using (var first = await BeginAsync(kube)) await MakeAsync(first, volume);
        kube.Host.Ledger.Clear();
        await using var maker = await BeginAsync(kube);
        var claim = await MakeAsync(maker, volume);
        Assert.Equal(("Bound", true), (claim.Status, claim.Adopted));
        Assert.Equal(new Dictionary<string, int> { [$"kubernetes {List}"] = 1 }, kube.Calls);
    }

    [Theory]
    [InlineData(FaultKind.CutAfter)]
    [InlineData(FaultKind.CutBefore)]
    [InlineData(FaultKind.Error)]
    public async Task A_post_whose_answer_was_lost_ends_with_one_claim_that_is_ours(FaultKind kind)
    {
        var time = SkippedTime.Pauses();
        await using var kube = await StartAsync(time);
        var volume = (await SeedAsync(kube, 1))[0];
        await using var maker = await BeginAsync(kube, new ClaimOptions { Wait = false }, time);
        kube.Fail(kind, Create);
        Assert.False((await MakeAsync(maker, volume)).Adopted);
        Assert.Single(kube.Host.Api.State.List("persistentvolumeclaims"));
    }

    [Fact]
    public async Task A_server_that_is_never_heard_is_given_up()
    {
        var time = SkippedTime.Pauses();
        await using var kube = await StartAsync(time);
        var volume = (await SeedAsync(kube, 1))[0];
        await using var maker = await BeginAsync(kube, time: time);
        kube.Fail(FaultKind.CutBefore, Create, times: 100);
        await Refusal.OfAsync(ErrorIds.KubeUnreachable, () => MakeAsync(maker, volume));
        Assert.Empty(kube.Host.Api.State.List("persistentvolumeclaims"));
    }

    [Fact]
    public async Task A_name_that_somebody_took_meanwhile_is_taken_over_or_named()
    {
        await using var kube = await StartAsync();
        var volumes = await SeedAsync(kube, 2);
        await using var maker = await BeginAsync(kube, new ClaimOptions { Wait = false });
        kube.Host.Api.State.Seed(Manifests.Claim("pv-1", claim => claim["spec"]!["volumeName"] = "pv-1"));
        kube.Host.Api.State.Seed(Manifests.Claim("pv-2", claim => claim["spec"]!["volumeName"] = "other"));
        Assert.True((await MakeAsync(maker, volumes[0])).Adopted);
        Assert.Contains("is for other", (await Refusal.OfAsync(ErrorIds.ClaimConflict, () => MakeAsync(maker, volumes[1]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_that_goes_to_another_volume_while_it_is_waited_for_is_told_so()
    {
        await using var kube = await StartAsync(configure: options => options.RunBinder = false);
        var volume = (await SeedAsync(kube, 1))[0] with { Claim = "default/pv-1" };
        kube.Host.Api.State.Seed(Manifests.Claim("pv-1"));
        await using var maker = await BeginAsync(kube);
        var making = MakeAsync(maker, volume);
        while (kube.Host.Ledger.Count(Watch) == 0) await Task.Yield();
        var claim = kube.Host.Api.State.List("persistentvolumeclaims").Single();
        (claim["spec"]!["volumeName"], claim["status"]) = ("other", new JsonObject { ["phase"] = "Bound" });
        kube.Host.Api.State.Seed(claim);
        Assert.Contains("or to another claim", (await Refusal.OfAsync(ErrorIds.ClaimLost, () => making)).Message, StringComparison.Ordinal);
        Assert.Equal(0, kube.Host.Ledger.Count(Create));
    }

    [Fact]
    public async Task A_claim_that_loses_its_volume_is_told_so()
    {
        await using var kube = await StartAsync(configure: options => options.RunBinder = false);
        var volume = (await SeedAsync(kube, 1))[0];
        await using var maker = await BeginAsync(kube);
        var making = MakeAsync(maker, volume);
        while (kube.Host.Ledger.Count(Watch) == 0) await Task.Yield();
        var claim = kube.Host.Api.State.List("persistentvolumeclaims").Single();
        claim["status"] = new JsonObject { ["phase"] = "Lost" };
        kube.Host.Api.State.Seed(claim);
        Assert.Contains("default/pv-1 is Lost", (await Refusal.OfAsync(ErrorIds.ClaimLost, () => making)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_stays_Pending_is_named_after_the_time_and_kept()
    {
        var time = new DrivenTime();
        await using var kube = await StartAsync(configure: options => options.RunBinder = false);
        var volume = (await SeedAsync(kube, 1))[0];
        await using var maker = await BeginAsync(kube, new ClaimOptions { Timeout = TimeSpan.FromSeconds(45) }, time);
        var making = MakeAsync(maker, volume);
        await time.UntilWaitingAsync(TimeSpan.FromSeconds(45), Stop);
        time.Advance(TimeSpan.FromSeconds(45));
        var failure = await Refusal.OfAsync(ErrorIds.ClaimWaitTimedOut, () => making);
        Assert.Contains("still Pending after 45 seconds", failure.Message, StringComparison.Ordinal);
        Assert.Contains("kubectl describe pvc -n default pv-1", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(kube.Host.Api.State.List("persistentvolumeclaims"));
    }

    [Fact]
    public async Task What_is_not_allowed_is_named()
    {
        await using var kube = await StartAsync();
        var volume = (await SeedAsync(kube, 1))[0];
        kube.Allow("list *", "get *", "watch *");
        await using var maker = await BeginAsync(kube);
        Assert.Contains("verb create on persistentvolumeclaims", (await Refusal.OfAsync(ErrorIds.KubePermissionDenied, () => MakeAsync(maker, volume))).RecommendedAction, StringComparison.Ordinal);
    }

    private static async Task<List<EbsPersistentVolume>> SeedAsync(KubeHarness kube, int count)
    {
        foreach (var number in Enumerable.Range(1, count)) await kube.Cluster.CreatePersistentVolumeAsync(Spec($"pv-{number}", $"vol-{number:x17}"), Stop);
        await kube.Host.SettleAsync();
        var all = new List<EbsPersistentVolume>();
        await foreach (var page in kube.Cluster.ListPersistentVolumesAsync(Stop)) all.AddRange(page.Items);
        kube.Host.Ledger.Clear();
        return all;
    }

    private static Task<ClaimMaker> BeginAsync(KubeHarness kube, ClaimOptions? options = null, TimeProvider? time = null) =>
        ClaimMaker.BeginAsync(kube.Cluster, "default", options ?? new ClaimOptions(), Stop, time);

    private static Task<EbsPersistentVolumeClaim> MakeAsync(ClaimMaker maker, EbsPersistentVolume volume)
    {
        var claim = new ClaimReference("default", volume.Name);
        return maker.MakeAsync(volume, claim, maker.Plan(volume, claim), Stop);
    }
}
