using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Ctrl+C. A create once sent goes on behind the scenes, so that these have a sandbox of their own, which takes the rest with it.</summary>
public sealed class StopTests(SandboxBackend backend) : ScenarioBase(backend), IClassFixture<SandboxBackend>
{
    private const string Forty = "Get-WorkerZone | New-ClusterEbsVolume -Size 10 -CountPerZone 20";

    // A guard against hanging, not a measure.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task While_creates_hang_it_returns_and_the_next_run_finishes_without_duplicates()
    {
        await backend.Admin.AddFaultAsync(new { kind = "Hang", operation = "CreateVolume", times = -1 });
        var running = Session.RunAsync(Forty);
        await CreatesAsync(8);

        await Session.StopAsync().WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.True((await running).Stopped);
        await backend.Admin.ClearFaultsAsync();
        var again = Session.Run(Forty).WithoutErrors();
        Assert.Equal(40, again.Output.Count);
        var volumes = await backend.Ec2.VolumesAsync();
        Assert.Equal(40, volumes.Count);
        Assert.Equal(40, volumes.Select(volume => volume.Tags["ebspv/slot"]).Distinct().Count());
    }

    [Fact]
    public async Task What_was_made_unheard_is_adopted_by_the_next_run()
    {
        await backend.Admin.AddFaultAsync(new { kind = "Hang", operation = "CreateVolume", skip = 1, times = -1 });
        var running = Session.RunAsync("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -ThrottleLimit 1");
        await CreatesAsync(2);

        await Session.StopAsync().WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.Empty((await running).Output);
        await backend.Admin.ClearFaultsAsync();
        var again = Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10").WithoutErrors();
        Assert.Equal(["True", "False"], again.Each("Adopted"));
        Assert.Equal(2, (await backend.Ec2.VolumesAsync()).Count);
    }

    [Fact]
    public async Task While_PersistentVolumes_stay_Pending_it_returns_and_the_next_run_adopts_them()
    {
        await backend.Admin.SetKubernetesAsync(new { runBinder = false });
        var running = Session.RunAsync(Line);
        await Until.TrueAsync("the watch is on", async () => (await backend.Admin.CountsAsync()).ContainsKey("kubernetes watch persistentvolumes"));

        await Session.StopAsync().WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.True((await running).Stopped);
        var again = Session.Run(Line + " -NoWait").WithoutErrors();
        Assert.Equal(["True", "True"], again.Each("Adopted"));
        Assert.Equal(["Pending", "Pending"], again.Each("Status"));
    }

    [Fact]
    public async Task A_watch_does_not_outlive_its_pipeline()
    {
        await backend.Admin.SetKubernetesAsync(new { runBinder = false });
        var others = await backend.Admin.WatchersAsync();
        var running = Session.RunAsync(Line);
        await Until.TrueAsync("the watch is on", async () => await backend.Admin.WatchersAsync() == others + 1);

        await Session.StopAsync().WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.True((await running).Stopped);
        await Until.TrueAsync("the watch is over", async () => await backend.Admin.WatchersAsync() == others);
    }

    private Task CreatesAsync(int count) =>
        Until.TrueAsync($"{count} creates have arrived", async () => (await backend.Admin.CountsAsync()).GetValueOrDefault("ec2 CreateVolume") == count);
}
