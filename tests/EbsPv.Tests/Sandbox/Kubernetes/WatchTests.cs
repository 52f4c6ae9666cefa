using EbsPv.Sandbox.Kubernetes;
using Xunit;
using static EbsPv.Tests.Sandbox.Kubernetes.KubernetesHost;

namespace EbsPv.Tests.Sandbox.Kubernetes;

public class WatchTests
{
    [Fact]
    public async Task Watch_starts_after_its_version_and_follows()
    {
        await using var host = await StartAsync(options => options.RunBinder = false);
        await host.CreateAsync((VolumesPath, Manifests.Volume("old")));
        var version = (await host.GetAsync(VolumesPath)).Body["metadata"]!["resourceVersion"]!.GetValue<string>();
        await host.CreateAsync((VolumesPath, Manifests.Volume("between")));
        await using var watch = await WatchLines.OpenAsync(host, $"{VolumesPath}?watch=true&resourceVersion={version}");
        await host.PatchAsync($"{VolumesPath}/between", """{"metadata":{"labels":{"a":"b"},"finalizers":null}}""");
        await host.DeleteAsync($"{VolumesPath}/between");

        Assert.Equal("ADDED between", await watch.SummaryAsync());
        Assert.Equal("MODIFIED between", await watch.SummaryAsync());
        Assert.Equal("DELETED between", await watch.SummaryAsync());
    }

    [Theory]
    [InlineData("watch=1")]
    [InlineData("watch=1&resourceVersion=0")]
    public async Task Without_a_version_it_begins_with_what_is_there(string query)
    {
        await using var host = await StartAsync(options => options.RunBinder = false);
        await host.CreateAsync((VolumesPath, Manifests.Volume("a")), (VolumesPath, Manifests.Volume("b")));
        await using var watch = await WatchLines.OpenAsync(host, $"{VolumesPath}?{query}");
        await host.CreateAsync((VolumesPath, Manifests.Volume("c")));
        Assert.Equal(["ADDED a", "ADDED b", "ADDED c"], [await watch.SummaryAsync(), await watch.SummaryAsync(), await watch.SummaryAsync()]);
    }

    [Fact]
    public async Task Too_old_a_version_is_told_in_an_event()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        host.Api.State.Compact();
        await using var watch = await WatchLines.OpenAsync(host, $"{VolumesPath}?watch=1&resourceVersion=2");
        var (type, status) = await watch.NextAsync();
        Assert.Equal(("ERROR", 410, "Expired"), (type, status["code"]!.GetValue<int>(), status.Text("reason")));
        Assert.StartsWith("too old resource version: 2 (", status.Text("message"));
        Assert.Null(await watch.LineAsync());
    }

    [Fact]
    public async Task Only_so_much_history_is_kept()
    {
        await using var host = await StartAsync(options => { options.HistoryLimit = 3; options.RunBinder = false; });
        await host.CreateAsync([.. Enumerable.Range(1, 5).Select(number => (VolumesPath, Manifests.Volume($"pv-{number}")))]);
        await using var watch = await WatchLines.OpenAsync(host, $"{VolumesPath}?watch=1&resourceVersion={host.Api.State.Version - 3}");
        Assert.Equal("ADDED pv-3", await watch.SummaryAsync());
        await using var older = await WatchLines.OpenAsync(host, $"{VolumesPath}?watch=1&resourceVersion={host.Api.State.Version - 4}");
        Assert.StartsWith("ERROR", await older.SummaryAsync());
    }

    [Fact]
    public async Task Selector_sees_objects_come_and_go()
    {
        await using var host = await StartAsync(options => options.RunBinder = false);
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")), (VolumesPath, Manifests.Volume("other")));
        await using var watch = await WatchLines.OpenAsync(host, $"{VolumesPath}?watch=1&labelSelector=a&resourceVersion={host.Api.State.Version}");
        await host.PatchAsync($"{VolumesPath}/other", """{"metadata":{"labels":{"b":"1"}}}""");
        await host.PatchAsync($"{VolumesPath}/pv", """{"metadata":{"labels":{"a":"1"}}}""");
        await host.PatchAsync($"{VolumesPath}/pv", """{"metadata":{"labels":{"a":null}}}""");
        Assert.Equal("ADDED pv", await watch.SummaryAsync());
        var (type, owner) = await watch.NextAsync();
        Assert.Equal(("DELETED", $"{host.Api.State.Version}"), (type, owner.ResourceVersion()));
    }

    [Fact]
    public async Task Field_selector_picks_one()
    {
        await using var host = await StartAsync(options => options.RunBinder = false);
        await host.CreateAsync((VolumesPath, Manifests.Volume("a")), (VolumesPath, Manifests.Volume("b")));
        await using var watch = await WatchLines.OpenAsync(host, $"{VolumesPath}?watch=1&fieldSelector=metadata.name%3Db");
        Assert.Equal("ADDED b", await watch.SummaryAsync());
    }

    [Fact]
    public async Task Bookmark_comes_to_those_who_allow_it()
    {
        await using var host = await StartAsync(options => { options.BookmarkInterval = TimeSpan.FromMilliseconds(5); options.RunBinder = false; });
        await using var watch = await WatchLines.OpenAsync(host, $"{VolumesPath}?watch=1&allowWatchBookmarks=true");
        var (type, owner) = await watch.NextAsync();
        Assert.Equal(("BOOKMARK", "PersistentVolume", $"{host.Api.State.Version}"), (type, owner.Text("kind"), owner.ResourceVersion()));
    }

    [Fact]
    public async Task Watch_ends_when_its_time_is_up_on_the_sandbox_clock()
    {
        await using var host = await StartAsync();
        host.Clock.Scale = 10_000;
        await using var watch = await WatchLines.OpenAsync(host, $"{VolumesPath}?watch=1&timeoutSeconds=300");
        Assert.Null(await watch.LineAsync());
    }

    [Fact]
    public async Task Client_that_leaves_leaves_nothing_behind()
    {
        await using var host = await StartAsync();
        // The binder watches too, once it runs.
        await host.Api.SettleAsync(TestContext.Current.CancellationToken);
        var before = host.Api.State.WatcherCount;
        await using (await WatchLines.OpenAsync(host, $"{VolumesPath}?watch=1&resourceVersion=0"))
            for (var tries = 0; host.Api.State.WatcherCount == before && tries < 1000; tries++) await Task.Delay(5, TestContext.Current.CancellationToken);
        for (var tries = 0; host.Api.State.WatcherCount > before && tries < 1000; tries++) await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.Equal(before, host.Api.State.WatcherCount);
    }

    [Fact]
    public async Task Watch_is_in_the_ledger_from_its_start()
    {
        await using var host = await StartAsync();
        await using var watch = await WatchLines.OpenAsync(host, $"{VolumesPath}?watch=1");
        Assert.Equal(("kubernetes", 200), (host.Ledger.Calls.Single(call => call.Operation == "watch persistentvolumes").Service, 200));
    }
}
