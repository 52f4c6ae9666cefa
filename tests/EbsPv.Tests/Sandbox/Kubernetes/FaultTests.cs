using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using EbsPv.Sandbox.Server;
using Xunit;
using static EbsPv.Tests.Sandbox.Kubernetes.KubernetesHost;

namespace EbsPv.Tests.Sandbox.Kubernetes;

public class FaultTests
{
    [Fact]
    public async Task Error_is_a_status_body_and_nothing_is_done()
    {
        await using var host = await StartAsync();
        host.Faults.Add(new Fault
        {
            Kind = FaultKind.Error,
            Operation = "create persistentvolumes",
            Status = 429,
            Code = "TooManyRequests",
            Message = "slow down",
            RetryAfter = 5,
        });
        var reply = await host.PostAsync(VolumesPath, Manifests.Volume("pv"));
        Assert.Equal((429, "TooManyRequests", "slow down"), (reply.Code, reply.Reason, reply.Message));
        Assert.Equal(TimeSpan.FromSeconds(5), reply.RetryAfter);
        Assert.Equal(5, reply.Body["details"]!["retryAfterSeconds"]!.GetValue<int>());
        Assert.Empty(host.Api.State.List("persistentvolumes"));
        Assert.Equal(201, (await host.PostAsync(VolumesPath, Manifests.Volume("pv"))).Code);
    }

    [Fact]
    public async Task Target_is_the_name_also_of_a_new_object()
    {
        await using var host = await StartAsync();
        host.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = "create persistentvolumes", Target = "two" });
        Assert.Equal(201, (await host.PostAsync(VolumesPath, Manifests.Volume("one"))).Code);
        Assert.Equal(500, (await host.PostAsync(VolumesPath, Manifests.Volume("two"))).Code);
    }

    [Fact]
    public async Task Cut_before_does_nothing_and_cut_after_does_everything()
    {
        await using var host = await StartAsync();
        host.Faults.Add(new Fault { Kind = FaultKind.CutBefore, Operation = "create persistentvolumes" });
        await Assert.ThrowsAsync<HttpRequestException>(() => host.PostAsync(VolumesPath, Manifests.Volume("pv")));
        Assert.Empty(host.Api.State.List("persistentvolumes"));

        host.Faults.Add(new Fault { Kind = FaultKind.CutAfter, Operation = "create persistentvolumes" });
        await Assert.ThrowsAsync<HttpRequestException>(() => host.PostAsync(VolumesPath, Manifests.Volume("pv")));
        Assert.Single(host.Api.State.List("persistentvolumes"));
        Assert.Equal([0, 0], host.Ledger.Calls.Where(call => call.Operation == "create persistentvolumes").Select(call => call.Status));
    }

    [Fact]
    public async Task Cut_inside_does_everything_and_answers_half()
    {
        await using var host = await StartAsync();
        host.Faults.Add(new Fault { Kind = FaultKind.CutInside, Operation = "create persistentvolumes" });
        using var request = new HttpRequestMessage(HttpMethod.Post, VolumesPath) { Content = JsonContent.Create(Manifests.Volume("pv")) };
        using var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var content = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var (received, failure) = await ReadToFailureAsync(content);
        Assert.Equal((201, response.Content.Headers.ContentLength / 2), ((int)response.StatusCode, received.Length));
        Assert.IsAssignableFrom<IOException>(failure);
        Assert.Single(host.Api.State.List("persistentvolumes"));
    }

    [Fact]
    public async Task Delay_is_sandbox_time()
    {
        await using var host = await StartAsync();
        host.Clock.Scale = 10_000;
        host.Faults.Add(new Fault { Kind = FaultKind.Delay, Operation = "get version", Delay = TimeSpan.FromMinutes(1) });
        var before = host.Clock.GetUtcNow();
        Assert.Equal(200, (await host.GetAsync("/version")).Code);
        Assert.True(host.Clock.GetUtcNow() - before >= TimeSpan.FromSeconds(59));
    }

    [Fact]
    public async Task Hang_never_answers()
    {
        await using var host = await StartAsync();
        host.Faults.Add(new Fault { Kind = FaultKind.Hang, Operation = "get persistentvolumes" });
        var hanging = host.GetAsync($"{VolumesPath}/pv");
        for (var tries = 0; host.Ledger.Count("get persistentvolumes") == 0 && tries < 2000; tries++)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.Equal(404, (await host.GetAsync($"{VolumesPath}/pv")).Code);
        Assert.False(hanging.IsCompleted);
        host.Client.CancelPendingRequests();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
    }

    [Fact]
    public async Task Hang_after_does_everything_and_never_answers()
    {
        await using var host = await StartAsync();
        host.Faults.Add(new Fault { Kind = FaultKind.HangAfter, Operation = "create persistentvolumes", Target = "pv" });
        var hanging = host.PostAsync(VolumesPath, Manifests.Volume("pv"));
        await StruckAsync(host);
        Assert.Single(host.Api.State.List("persistentvolumes"));
        Assert.False(hanging.IsCompleted);
        Assert.Equal("HangAfter", host.Ledger.Calls.Single().Error);
        host.Client.CancelPendingRequests();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
    }

    [Fact]
    public async Task Paused_request_waits_for_its_release()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        host.Faults.Add(new Fault { Kind = FaultKind.Pause, Operation = "list pods", Name = "check" });
        var listing = host.GetAsync(Pods);
        await StruckAsync(host);
        Assert.True(Assert.Single(host.Faults.Played).IsHeld);
        await host.CreateAsync((Pods, Manifests.Pod("late", "c")));
        host.Faults.Release("check");
        Assert.Equal(["late"], (await listing).Names);
        Assert.False(Assert.Single(host.Faults.Played).IsHeld);
    }

    [Fact]
    public async Task Paused_write_arrives_after_its_client_has_gone_and_not_when_it_is_dropped()
    {
        await using var host = await StartAsync();
        host.Faults.Add(new Fault { Kind = FaultKind.Pause, Operation = "create persistentvolumes", Times = 2 });
        var first = host.PostAsync(VolumesPath, Manifests.Volume("pv"));
        await StruckAsync(host);
        host.Client.CancelPendingRequests();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        host.Faults.Release();
        for (var tries = 0; host.Ledger.Count("create persistentvolumes") == 0 && tries < 2000; tries++)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.Single(host.Api.State.List("persistentvolumes"));

        var second = host.PostAsync(VolumesPath, Manifests.Volume("other"));
        for (var tries = 0; host.Faults.Played.Count < 2 && tries < 2000; tries++)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        host.Faults.Clear();
        await Assert.ThrowsAsync<HttpRequestException>(() => second);
        Assert.Single(host.Api.State.List("persistentvolumes"));
    }

    [Fact]
    public async Task Watch_is_cut_in_the_middle_of_a_line()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        host.Faults.Add(new Fault { Kind = FaultKind.CutAfter, Operation = "watch persistentvolumes" });
        using var response = await host.Client.GetAsync(
            new Uri($"{VolumesPath}?watch=1", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var content = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var (received, failure) = await ReadToFailureAsync(content);
        Assert.IsAssignableFrom<IOException>(failure);
        Assert.StartsWith("{\"type\":\"ADDED\"", received);
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(received));
    }

    [Fact]
    public async Task Watch_goes_silent()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        host.Faults.Add(new Fault { Kind = FaultKind.Hang, Operation = "watch persistentvolumes" });
        await using var silent = await WatchLines.OpenAsync(host, $"{VolumesPath}?watch=1");
        await using var other = await WatchLines.OpenAsync(host, $"{VolumesPath}?watch=1");
        var line = silent.LineAsync();
        Assert.Equal("ADDED pv", await other.SummaryAsync());
        Assert.False(line.IsCompleted);
    }

    [Fact]
    public async Task Watch_can_be_refused_at_its_start()
    {
        await using var host = await StartAsync();
        host.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = "watch persistentvolumes", Status = 429, Code = "TooManyRequests" });
        Assert.Equal(429, (await host.GetAsync($"{VolumesPath}?watch=1")).Code);
    }

    [Fact]
    public async Task Ledger_names_operation_target_and_reason()
    {
        await using var host = await StartAsync();
        await host.PostAsync(VolumesPath, Manifests.Volume("pv"));
        await host.PostAsync(VolumesPath, Manifests.Volume("pv"));
        await host.PatchAsync($"{VolumesPath}/pv/status", "{}");
        await host.GetAsync("/version");
        await host.GetAsync(VolumesPath);
        Assert.Equal(
            ["create persistentvolumes pv 201 ", "create persistentvolumes pv 409 AlreadyExists", "patch persistentvolumes/status pv 200 ",
                "get version  200 ", "list persistentvolumes  200 "],
            host.Ledger.Calls.Select(call => $"{call.Operation} {call.Target} {call.Status} {call.Error}"));
    }

    private static async Task StruckAsync(KubernetesHost host)
    {
        for (var tries = 0; host.Faults.Played.Count == 0 && tries < 2000; tries++)
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    private static async Task<(string Received, Exception? Failure)> ReadToFailureAsync(Stream content)
    {
        var received = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            while (await content.ReadAsync(buffer) is > 0 and var count) received.Write(buffer, 0, count);
            return (System.Text.Encoding.UTF8.GetString(received.ToArray()), null);
        }
        catch (IOException failure)
        {
            return (System.Text.Encoding.UTF8.GetString(received.ToArray()), failure);
        }
    }
}
