using System.Collections.Concurrent;
using EbsPv.Clients;
using EbsPv.Clients.Kubernetes;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Sandbox.Server;
using EbsPv.Tests.Clients.Yaml;
using EbsPv.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;
using static EbsPv.Tests.Clients.Kubernetes.KubeHarness;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>Watches that tell nothing: what there is is then asked for.</summary>
public sealed class SilentWatchTests : IDisposable
{
    private const string Watch = "watch persistentvolumes", List = "list persistentvolumes";

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _asked = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task However_often_it_is_silent_each_silence_is_looked_into()
    {
        var time = new DrivenTime();
        await using var kube = await StartAsync(time, options => options.RunBinder = false);
        kube.Fail(FaultKind.Hang, Watch, times: -1);
        var facts = await kube.FactsAsync();
        kube.Host.Ledger.Clear();
        await using var registrar = new Registrar(kube.Cluster, facts, new RegistrationOptions { Timeout = TimeSpan.FromMinutes(10) }, time);
        var waiting = registrar.RegisterAsync(RegistrationPlanner.Plan(Volume("pv"), new RegistrationOptions(), facts, "ctx"), Stop);

        // A minute, which a quiet cluster may well be; then soon again, since the first silence may have hidden something.
        foreach (var (seconds, lists) in new[] { (60, 1), (15, 2), (30, 3), (60, 4), (60, 5) })
        {
            await UntilAsync(kube, Watch, lists);
            await time.UntilWaitingAsync(TimeSpan.FromSeconds(seconds), Stop);
            time.Advance(TimeSpan.FromSeconds(seconds));
            await UntilAsync(kube, List, lists);
            Assert.False(waiting.IsCompleted);
        }

        await UntilAsync(kube, Watch, 6);
        kube.Host.Api.Options.RunBinder = true;
        await kube.Host.SettleAsync();
        Assert.Equal("Available", kube.Host.VolumePhase("pv"));
        await time.UntilWaitingAsync(TimeSpan.FromSeconds(60), Stop);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("Available", (await waiting).Status);
        Assert.Equal(6, kube.Host.Ledger.Count(List));
    }

    [Fact]
    public async Task A_watch_that_is_not_even_begun_is_silent_too()
    {
        var time = new DrivenTime();
        await using var server = await ServerAsync((context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        var seen = FirstAsync(Connect(server, time));
        while (_asked.IsEmpty) await Task.Delay(5, Stop);
        await time.UntilWaitingAsync(TimeSpan.FromSeconds(60), Stop);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("pv", await seen);
        Assert.Equal(["watch from 7", "list"], _asked);
    }

    [Fact]
    public async Task One_that_ends_at_once_again_and_again_is_replaced_by_lists_at_growing_distances()
    {
        var time = SkippedTime.Pauses();
        await using var server = await ServerAsync((context, _) => RawServer.AnswerAsync(context, ""));
        Assert.Equal("pv", await FirstAsync(Connect(server, time), after: 3));
        Assert.Equal(["watch from 7", "watch from 7", "watch from 7", "watch from 7", "list", "watch from 8", "list", "watch from 8", "list"], _asked);
        Assert.Equal([0.2, 0.4, 0.8, 1.6, 3.2, 6.4], time.Seconds);
    }

    [Theory]
    [InlineData(500, "InternalError")]
    [InlineData(504, "Timeout")]
    public async Task So_is_one_that_always_fails_while_lists_go_through(int status, string reason)
    {
        var time = SkippedTime.Pauses();
        await using var server = await ServerAsync((context, _) => RawServer.AnswerAsync(context, $$"""{"kind":"Status","reason":"{{reason}}"}""", status: status));
        Assert.Equal("pv", await FirstAsync(Connect(server, time), after: 20));
        Assert.Equal(20, _asked.Count(call => call == "list"));
        Assert.Equal(6.4, time.Seconds.Last());
    }

    [Fact]
    public async Task One_whose_line_never_ends_is_left_after_16_MB()
    {
        var (block, left) = (Enumerable.Repeat((byte)'x', 256 * 1024).ToArray(), 0);
        await using var server = await ServerAsync(async (context, number) =>
        {
            context.RequestAborted.Register(() => Interlocked.Increment(ref left));
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
                await Task.Delay(1, context.RequestAborted);
            }
        });
        Assert.Equal("pv", await FirstAsync(Connect(server, SkippedTime.Pauses())));
        Assert.Equal((4, 1), (_asked.Count(call => call != "list"), _asked.Count(call => call == "list")));
        while (left < 4) await Task.Delay(5, Stop);
    }

    [Fact]
    public async Task Lines_are_bounded_one_by_one()
    {
        var line = new string('x', BoundedLines.MaxLine) + "\n";
        using var good = new BoundedLines(new EndlessStream("", 4L * line.Length, line));
        var buffer = new byte[64 * 1024];
        while (await good.ReadAsync(buffer, Stop) > 0) continue;
        var endless = new EndlessStream(line, 1L << 40);
        using var bad = new BoundedLines(endless);
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (await bad.ReadAsync(buffer, Stop) > 0) continue;
        });
        Assert.InRange(endless.Position, 2L * BoundedLines.MaxLine, (2L * BoundedLines.MaxLine) + (2 * buffer.Length));
    }

    [Theory]
    [InlineData(500, "InternalError")]
    [InlineData(0, "")]
    public async Task A_list_that_fails_is_tried_again(int status, string reason)
    {
        // As of a server that has just begun again and does not know the version any more.
        var lists = 0;
        await using var server = await ServerAsync(
            (context, number) => RawServer.AnswerAsync(context, """{"type":"ERROR","object":{"kind":"Status","reason":"Expired","code":410}}""" + "\n"),
            context => Interlocked.Increment(ref lists) > 3 ? null : status == 0 ? Cut(context) : RawServer.AnswerAsync(context, $$"""{"kind":"Status","reason":"{{reason}}"}""", status: status));
        Assert.Equal("pv", await FirstAsync(Connect(server, SkippedTime.Pauses())));
        Assert.Equal(1, _asked.Count(call => call.StartsWith("watch", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task When_both_fail_again_and_again_it_is_given_up()
    {
        await using var server = await ServerAsync(Failing, context => Failing(context));
        var failure = await Refusal.OfAsync(ErrorIds.KubeServiceFailed, () => FirstAsync(Connect(server, SkippedTime.Pauses())));
        Assert.Equal("InternalError", failure.ServiceCode);
        // Eleven failures; a list, as every read, is sent four times before it counts as one.
        Assert.Equal((4, 7 * 4), (_asked.Count(call => call != "list"), _asked.Count(call => call == "list")));

        static Task Failing(HttpContext context, int number = 0) => RawServer.AnswerAsync(context, """{"kind":"Status","reason":"InternalError"}""", status: 500);
    }

    [Theory]
    [InlineData(403, "Forbidden", ErrorIds.KubePermissionDenied)]
    [InlineData(401, "Unauthorized", ErrorIds.KubeAuthenticationFailed)]
    public async Task A_list_that_is_not_allowed_is_not_tried_again(int status, string reason, string errorId)
    {
        await using var server = await ServerAsync(
            (context, _) => RawServer.AnswerAsync(context, """{"type":"ERROR","object":{"kind":"Status","reason":"Expired","code":410}}""" + "\n"),
            context => RawServer.AnswerAsync(context, $$"""{"kind":"Status","reason":"{{reason}}"}""", status: status));
        await Refusal.OfAsync(errorId, () => FirstAsync(Connect(server, SkippedTime.Pauses())));
        Assert.Equal(["watch from 7", "list"], _asked);
    }

    /// <summary>The name of the first volume that is told, once so many lists have come before.</summary>
    private static async Task<string> FirstAsync(ICluster cluster, int after = 1)
    {
        await foreach (var news in cluster.WatchPersistentVolumesAsync("7", Stop))
            if (--after == 0)
                return news.Present[0].Name;
        throw new InvalidOperationException("The watch ended.");
    }

    private Task<RawServer> ServerAsync(Func<HttpContext, int, Task> watch, Func<HttpContext, Task?>? list = null) => RawServer.StartAsync((context, number) =>
    {
        var isWatch = context.Request.Query["watch"] == "true";
        _asked.Enqueue(isWatch ? $"watch from {context.Request.Query["resourceVersion"]}" : "list");
        if (isWatch) return watch(context, number);
        return list?.Invoke(context) ?? RawServer.AnswerAsync(context, """{"metadata":{"resourceVersion":"8"},"items":[{"metadata":{"name":"pv"},"spec":{"csi":{"driver":"ebs.csi.aws.com","volumeHandle":"vol-1"}}}]}""");
    });

    private ICluster Connect(RawServer server, TimeProvider time) =>
        new Connector(time).ConnectCluster(new KubeOptions(Kubeconfig: _folder.Write("config", Kubeconfigs.Text(server.Url.ToString()))), new Recorder());

    private static Task Cut(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static async Task UntilAsync(KubeHarness kube, string call, int times)
    {
        while (kube.Host.Ledger.Count(call) < times) await Task.Delay(5, Stop);
    }
}
