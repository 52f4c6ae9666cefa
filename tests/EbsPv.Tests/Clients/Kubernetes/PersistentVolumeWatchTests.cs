using EbsPv.Errors;
using EbsPv.Sandbox.Kubernetes;
using EbsPv.Sandbox.Server;
using EbsPv.Tests.Sandbox.Kubernetes;
using EbsPv.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;
using static EbsPv.Tests.Clients.Kubernetes.KubeHarness;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>A watch that loses nothing, whatever happens to its connection.</summary>
public class PersistentVolumeWatchTests
{
    private const string Watch = "watch persistentvolumes", List = "list persistentvolumes";

    [Fact]
    public async Task A_watch_tells_what_comes_after_its_start()
    {
        await using var kube = await StartAsync();
        kube.Seed("before");
        // Until the binder has made it Available, which would be told as well.
        await kube.Host.SettleAsync();
        var seen = Following(kube, "after");
        kube.Seed("after");
        Assert.Equal(["after"], await seen);
        Assert.Equal((1, 0), (kube.Host.Ledger.Count(Watch), kube.Host.Ledger.Count(List)));
    }

    [Fact]
    public async Task Cut_in_the_middle_of_a_line_it_goes_on_from_the_last_whole_one()
    {
        await using var kube = await StartAsync(Pauses());
        kube.Fail(FaultKind.CutAfter, Watch, times: 3);
        var seen = Following(kube, "c");
        foreach (var name in (string[])["a", "b", "c"]) kube.Seed(name);
        Assert.Equal(["a", "b", "c"], await seen);
        Assert.Equal((4, 0), (kube.Host.Ledger.Count(Watch), kube.Host.Ledger.Count(List)));
    }

    [Theory]
    [InlineData(FaultKind.CutBefore, 500)]
    [InlineData(FaultKind.Error, 500)]
    [InlineData(FaultKind.Error, 429)]
    public async Task A_watch_that_does_not_begin_is_tried_again(FaultKind kind, int status)
    {
        await using var kube = await StartAsync(Pauses());
        kube.Fail(kind, Watch, times: 3, status: status);
        var seen = Following(kube, "a");
        kube.Seed("a");
        Assert.Equal(["a"], await seen);
        Assert.Equal(0, kube.Host.Ledger.Count(List));
    }

    [Fact]
    public async Task A_start_that_the_server_has_forgotten_begins_again_with_a_list()
    {
        await using var kube = await StartAsync(Pauses());
        var version = $"{kube.Host.Api.State.Version}";
        kube.Seed("meanwhile");
        kube.Host.Api.State.Compact();
        var seen = FollowAsync(kube, version, "later");
        while (kube.Host.Ledger.Count(List) == 0) await Task.Delay(5, Stop);
        kube.Seed("later");
        Assert.Equal(["meanwhile", "later"], (await seen).Distinct());
        Assert.Equal((2, 1), (kube.Host.Ledger.Count(Watch), kube.Host.Ledger.Count(List)));
    }

    [Fact]
    public async Task So_does_one_that_is_refused_as_too_old()
    {
        await using var kube = await StartAsync(Pauses());
        kube.Fail(FaultKind.Error, Watch, status: 410, code: "Expired");
        kube.Seed("meanwhile");
        var seen = FollowAsync(kube, "1", "meanwhile");
        Assert.Equal(["meanwhile"], await seen);
        Assert.Equal(1, kube.Host.Ledger.Count(List));
    }

    [Fact]
    public async Task Silence_of_a_minute_is_looked_into_with_a_list()
    {
        var time = new DrivenTime();
        await using var kube = await StartAsync(time);
        kube.Fail(FaultKind.Hang, Watch);
        var seen = Following(kube, "unheard");
        while (kube.Host.Ledger.Count(Watch) == 0) await Task.Delay(5, Stop);
        kube.Seed("unheard");
        await time.UntilWaitingAsync(TimeSpan.FromSeconds(60), Stop);
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(seen.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["unheard"], (await seen).Distinct());
        Assert.Equal(1, kube.Host.Ledger.Count(List));
    }

    [Theory]
    [InlineData(403, "Forbidden", ErrorIds.KubePermissionDenied)]
    [InlineData(401, "Unauthorized", ErrorIds.KubeAuthenticationFailed)]
    public async Task One_that_is_not_allowed_is_not_tried_again(int status, string reason, string errorId)
    {
        await using var kube = await StartAsync(Pauses());
        kube.Fail(FaultKind.Error, Watch, times: -1, status: status, code: reason);
        var failure = await Refusal.OfAsync(errorId, () => FollowAsync(kube, "1", "never"));
        Recorder.AssertNoSecretIn(failure);
        Assert.Equal(1, kube.Host.Ledger.Count(Watch));
    }

    [Fact]
    public async Task It_can_be_stopped()
    {
        await using var kube = await StartAsync();
        using var stop = new CancellationTokenSource();
        var following = Task.Run(async () =>
        {
            await foreach (var _ in kube.Cluster.WatchPersistentVolumesAsync("1", stop.Token)) continue;
        }, Stop);
        while (kube.Host.Ledger.Count(Watch) == 0) await Task.Delay(5, Stop);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }

    // What a minute without news means has a test of its own.
    private static SkippedTime Pauses() => SkippedTime.Pauses();

    private static Task<List<string>> Following(KubeHarness kube, string last) => FollowAsync(kube, $"{kube.Host.Api.State.Version}", last);

    /// <summary>The names as they are told, until the last one; a name that changes is told once.</summary>
    private static async Task<List<string>> FollowAsync(KubeHarness kube, string version, string last)
    {
        var names = new List<string>();
        await foreach (var news in kube.Cluster.WatchPersistentVolumesAsync(version, Stop))
        {
            foreach (var volume in news.Present.Where(volume => !names.Contains(volume.Name))) names.Add(volume.Name);
            if (names.Contains(last)) break;
        }

        return names;
    }
}
