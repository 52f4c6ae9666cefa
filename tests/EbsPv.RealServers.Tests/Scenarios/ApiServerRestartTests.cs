using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using EbsPv.Module.Tests.Rbac;
using EbsPv.Module.Tests.Scenarios;
using Xunit;

namespace EbsPv.RealServers.Tests.Scenarios;

/// <summary>A real API server that ends, is killed or stands still while volumes are registered.</summary>
public sealed class ApiServerRestartTests(OwnControlPlane own) : IClassFixture<OwnControlPlane>
{
    private const int Count = 500;

    private ControlPlane Plane => own.Plane;

    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public Task One_that_begins_again_has_each_volume_once(string signal) => RunAsync(signal, () =>
    {
        var before = Plane.ApiServer;
        before.Signal(signal);
        // Asked to end, it waits for its watches for a minute.
        for (var waits = 0; waits < 100 && before.IsRunning; waits++) Thread.Sleep(20);
        before.Signal("KILL");
        while (before.IsRunning) Thread.Sleep(20);
        Plane.StartApiServer();
    });

    [Fact]
    public Task One_that_stands_still_has_each_volume_once() => RunAsync("still", () => Pause(Plane.ApiServer));

    [Fact]
    public Task One_whose_store_stands_still_has_each_volume_once() => RunAsync("store", () => Pause(Plane.Etcd));

    private static void Pause(ServerProcess server)
    {
        server.Signal("STOP");
        Thread.Sleep(TimeSpan.FromSeconds(3));
        server.Signal("CONT");
    }

    private async Task RunAsync(string what, Action disturb)
    {
        if (ControlPlane.Missing is { } missing)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
            Assert.Skip(missing);
        }

        var prefix = what.ToLowerInvariant();
        using var session = new ModuleSession(new Dictionary<string, string?> { ["KUBECONFIG"] = Plane.KubeconfigOf(ClusterRoles.UserOf("register")) });

        var running = session.RunAsync(Register(prefix));
        var there = 0;
        await Until.TrueAsync("some are registered", async () => (there = (await RegisteredAsync(prefix)).Count) >= 50);
        disturb();

        await AssertAllOnceAsync(prefix, (await running).WithoutErrors());
        Assert.InRange(there, 50, Count - 1);
        var again = session.Run(Register(prefix)).WithoutErrors();
        Assert.All(again.Each("Adopted"), adopted => Assert.Equal("True", adopted));
        await AssertAllOnceAsync(prefix, again);
    }

    // One post at a time leaves time to disturb it in the middle.
    private static string Register(string prefix) => $$"""
        1..{{Count}} | ForEach-Object { [pscustomobject]@{ VolumeId = 'vol-{{Hash(prefix)}}{0:x9}' -f $_; Name = '{{prefix}}-{0:d3}' -f $_; AvailabilityZone = 'eu-west-1b'; Size = 10 } } |
            Register-EbsPersistentVolume -ThrottleLimit 1
        """;

    private async Task AssertAllOnceAsync(string prefix, ScriptResult result)
    {
        var numbers = Enumerable.Range(1, Count);
        Assert.Equal(numbers.Select(number => $"{prefix}-{number:d3}"), result.Each("Name"));
        Assert.All(result.Each("Status"), status => Assert.Equal("Available", status));
        var handles = (await RegisteredAsync(prefix)).Select(volume => volume["spec"]!["csi"]!["volumeHandle"]!.GetValue<string>());
        Assert.Equal(numbers.Select(number => $"vol-{Hash(prefix)}{number:x9}"), handles.Order(StringComparer.Ordinal));
    }

    private async Task<IReadOnlyList<JsonNode>> RegisteredAsync(string prefix) =>
        [.. (await Plane.Http.PersistentVolumesAsync()).Where(volume => volume["metadata"]!["name"]!.GetValue<string>().StartsWith(prefix, StringComparison.Ordinal))];

    // Eight hexadecimal digits of its own for each test's volumes.
    private static string Hash(string prefix) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(prefix)))[..8];
}
