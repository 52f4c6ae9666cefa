using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Sandbox.Server;
using EbsPv.Tests.Sandbox.Kubernetes;
using EbsPv.Tests.Support;
using Xunit;
using static EbsPv.Tests.Clients.Kubernetes.KubeHarness;

namespace EbsPv.Tests.Clients.Kubernetes;

public class RegistrarTests
{
    private const string Create = "create persistentvolumes", Watch = "watch persistentvolumes";

    [Fact]
    public async Task A_hundred_volumes_cost_a_hundred_posts_and_one_watch()
    {
        await using var kube = await StartAsync();
        var facts = await kube.FactsAsync();
        kube.Host.Ledger.Clear();
        await using var registrar = Registrar(kube, facts);
        var volumes = await Task.WhenAll(Enumerable.Range(1, 100).Select(number => RegisterAsync(registrar, facts, $"pv-{number:d3}", $"vol-{number:x17}")));
        Assert.All(volumes, volume => Assert.Equal(("Available", false), (volume.Status, volume.Adopted)));
        Assert.Equal(new Dictionary<string, int> { [$"kubernetes {Create}"] = 100, ["kubernetes list persistentvolumeclaims"] = 1, [$"kubernetes {Watch}"] = 1 }, kube.Calls);
    }

    [Fact]
    public async Task What_is_registered_already_is_given_back_without_a_call()
    {
        await using var kube = await StartAsync();
        var first = await kube.FactsAsync();
        await using var registrar = Registrar(kube, first);
        await RegisterAsync(registrar, first, "pv");
        var facts = await kube.FactsAsync();
        kube.Host.Ledger.Clear();
        await using var again = Registrar(kube, facts);
        var volume = await RegisterAsync(again, facts, "another-name");
        Assert.Equal(("pv", true), (volume.Name, volume.Adopted));
        Assert.Empty(kube.Calls);
    }

    [Fact]
    public async Task A_name_that_is_taken_for_the_same_volume_is_adopted()
    {
        await using var kube = await StartAsync();
        var facts = await kube.FactsAsync();
        await kube.Cluster.CreatePersistentVolumeAsync(Spec("pv"), Stop);
        await using var registrar = Registrar(kube, facts);
        var volume = await RegisterAsync(registrar, facts, "pv");
        Assert.Equal(("pv", "Available", true), (volume.Name, volume.Status, volume.Adopted));
    }

    [Theory]
    [InlineData(FaultKind.CutAfter)]
    [InlineData(FaultKind.CutBefore)]
    [InlineData(FaultKind.CutInside)]
    public async Task A_post_whose_answer_was_lost_ends_with_one_volume_that_is_ours(FaultKind kind)
    {
        var time = SkippedTime.Pauses();
        await using var kube = await StartAsync(time);
        var facts = await kube.FactsAsync();
        kube.Fail(kind, Create);
        await using var registrar = new Registrar(kube.Cluster, facts, new RegistrationOptions { Wait = false }, time);
        var volume = await RegisterAsync(registrar, facts, "pv");
        Assert.Equal(("pv", false), (volume.Name, volume.Adopted));
        Assert.Single(kube.Host.Api.State.List("persistentvolumes"));
    }

    [Theory]
    [InlineData(FaultKind.Hang)]
    [InlineData(FaultKind.HangAfter)]
    public async Task A_post_that_is_not_answered_within_a_minute_is_looked_after(FaultKind kind)
    {
        var time = new DrivenTime();
        await using var kube = await StartAsync(time);
        var facts = await kube.FactsAsync();
        kube.Fail(kind, Create, times: 3);
        await using var registrar = new Registrar(kube.Cluster, facts, new RegistrationOptions { Wait = false }, time);
        var registering = RegisterAsync(registrar, facts, "pv");
        for (var lost = 1; lost <= 3; lost++)
        {
            while (kube.Host.Ledger.Count(Create) < lost) await Task.Delay(5, Stop);
            await time.UntilWaitingAsync(TimeSpan.FromSeconds(60), Stop);
            time.Advance(TimeSpan.FromSeconds(60));
            await time.UntilWaitingAsync(TimeSpan.FromSeconds(0.2 * lost), Stop);
            time.Advance(TimeSpan.FromSeconds(0.2 * lost));
        }

        Assert.Equal(("pv", false), ((await registering).Name, (await registering).Adopted));
        Assert.Equal(4, kube.Host.Ledger.Count(Create));
        Assert.Single(kube.Host.Api.State.List("persistentvolumes"));
    }

    [Fact]
    public async Task When_what_was_posted_cannot_be_read_either_it_is_asked_for_again()
    {
        var time = SkippedTime.Pauses();
        await using var kube = await StartAsync(time);
        var facts = await kube.FactsAsync();
        kube.Fail(FaultKind.CutAfter, Create);
        kube.Fail(FaultKind.Error, "get persistentvolumes", times: 4);
        await using var registrar = new Registrar(kube.Cluster, facts, new RegistrationOptions { Wait = false }, time);
        Assert.False((await RegisterAsync(registrar, facts, "pv")).Adopted);
        Assert.Equal((3, 5), (kube.Host.Ledger.Count(Create), kube.Host.Ledger.Count("get persistentvolumes")));
        Assert.Single(kube.Host.Api.State.List("persistentvolumes"));
    }

    [Fact]
    public async Task Four_posts_are_the_most_and_what_they_left_behind_is_adopted_later()
    {
        var time = SkippedTime.Pauses();
        await using var kube = await StartAsync(time);
        var facts = await kube.FactsAsync();
        kube.Fail(FaultKind.Error, Create, times: 3);
        kube.Fail(FaultKind.CutAfter, Create);
        await using var registrar = new Registrar(kube.Cluster, facts, new RegistrationOptions { Wait = false }, time);
        await Refusal.OfAsync(ErrorIds.KubeUnreachable, () => RegisterAsync(registrar, facts, "pv"));
        Assert.Equal(4, kube.Host.Ledger.Count(Create));
        var later = await kube.FactsAsync();
        await using var again = Registrar(kube, later);
        Assert.True((await RegisterAsync(again, later, "pv")).Adopted);
        Assert.Single(kube.Host.Api.State.List("persistentvolumes"));
    }

    [Fact]
    public async Task A_server_that_asks_to_wait_is_asked_again_and_its_volume_is_ours()
    {
        var time = SkippedTime.Pauses();
        await using var kube = await StartAsync(time);
        var facts = await kube.FactsAsync();
        kube.Fail(FaultKind.Error, Create, times: 2, status: 503, retryAfter: 1);
        await using var registrar = new Registrar(kube.Cluster, facts, new RegistrationOptions { Wait = false }, time);
        Assert.False((await RegisterAsync(registrar, facts, "pv")).Adopted);
        Assert.Equal(3, kube.Host.Ledger.Count(Create));
    }

    [Fact]
    public async Task A_name_that_is_taken_for_another_volume_names_its_owner_and_touches_nothing()
    {
        await using var kube = await StartAsync();
        var facts = await kube.FactsAsync();
        await kube.Cluster.CreatePersistentVolumeAsync(Spec("pv", "vol-0fffffffffffffff0"), Stop);
        await using var registrar = Registrar(kube, facts);
        var failure = await Refusal.OfAsync(ErrorIds.PersistentVolumeConflict, () => RegisterAsync(registrar, facts, "pv"));
        Assert.Contains("vol-0fffffffffffffff0", failure.Message);
        Assert.Equal("vol-0123456789abcdef0", failure.Target);
        Assert.Equal("vol-0fffffffffffffff0", (await kube.Cluster.GetPersistentVolumeAsync("pv", Stop))!.VolumeId);
    }

    [Fact]
    public async Task So_does_one_that_is_taken_for_no_EBS_volume_at_all()
    {
        await using var kube = await StartAsync();
        var facts = await kube.FactsAsync();
        kube.Host.Api.State.Seed(Manifests.Volume("pv").With("spec.csi.driver", "\"efs.csi.aws.com\""));
        await using var registrar = Registrar(kube, facts);
        var failure = await Refusal.OfAsync(ErrorIds.PersistentVolumeConflict, () => RegisterAsync(registrar, facts, "pv"));
        Assert.Contains("something other than an EBS volume", failure.Message);
    }

    [Fact]
    public async Task One_failure_does_not_stop_the_others()
    {
        await using var kube = await StartAsync();
        var facts = await kube.FactsAsync();
        kube.Host.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = Create, Target = "pv-2", Status = 422, Code = "Invalid", Times = -1 });
        await using var registrar = Registrar(kube, facts);
        var good = RegisterAsync(registrar, facts, "pv-1", "vol-00000000000000001");
        await Refusal.OfAsync(ErrorIds.PersistentVolumeInvalid, () => RegisterAsync(registrar, facts, "pv-2", "vol-00000000000000002"));
        Assert.Equal("Available", (await good).Status);
    }

    [Fact]
    public async Task What_stays_Pending_is_named_after_the_time_and_kept()
    {
        var time = new DrivenTime();
        await using var kube = await StartAsync(configure: options => options.RunBinder = false);
        var facts = await kube.FactsAsync();
        await using var registrar = new Registrar(kube.Cluster, facts, new RegistrationOptions { Timeout = TimeSpan.FromSeconds(45) }, time);
        var waiting = RegisterAsync(registrar, facts, "pv");
        await time.UntilWaitingAsync(TimeSpan.FromSeconds(45), Stop);
        time.Advance(TimeSpan.FromSeconds(45));
        var failure = await Refusal.OfAsync(ErrorIds.PersistentVolumeWaitTimedOut, () => waiting);
        Assert.Contains("still Pending after 45 seconds", failure.Message);
        Assert.Single(kube.Host.Api.State.List("persistentvolumes"));
    }

    [Fact]
    public async Task Without_waiting_there_is_no_watch()
    {
        await using var kube = await StartAsync(configure: options => options.RunBinder = false);
        var facts = await kube.FactsAsync();
        await using var registrar = new Registrar(kube.Cluster, facts, new RegistrationOptions { Wait = false });
        Assert.Equal("Pending", (await RegisterAsync(registrar, facts, "pv")).Status);
        Assert.Equal(0, kube.Host.Ledger.Count(Watch));
    }

    [Fact]
    public async Task A_watch_that_is_not_allowed_is_told_and_the_volume_stays()
    {
        await using var kube = await StartAsync(configure: options => options.RunBinder = false);
        kube.Allow("list *", "get *", "create *");
        var facts = await kube.FactsAsync();
        await using var registrar = Registrar(kube, facts);
        var failure = await Refusal.OfAsync(ErrorIds.KubePermissionDenied, () => RegisterAsync(registrar, facts, "pv"));
        Assert.Contains("verb watch on persistentvolumes", failure.RecommendedAction);
        Assert.Single(kube.Host.Api.State.List("persistentvolumes"));
    }

    private static Registrar Registrar(KubeHarness kube, ClusterFacts facts) => new(kube.Cluster, facts, new RegistrationOptions());

    private static Task<EbsPersistentVolume> RegisterAsync(Registrar registrar, ClusterFacts facts, string name, string id = "vol-0123456789abcdef0") =>
        registrar.RegisterAsync(RegistrationPlanner.Plan(Volume(name, id), new RegistrationOptions(), facts, "ctx"), Stop);
}
