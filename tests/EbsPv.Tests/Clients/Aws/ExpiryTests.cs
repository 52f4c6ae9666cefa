using EbsPv.Clients;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Server;
using EbsPv.Volumes;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Clients.Aws;

/// <summary>Credentials that end in the middle of a run.</summary>
[Collection(nameof(EnvironmentTests))]
public sealed class ExpiryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ebspv-expiry-");

    // The SDK looks at the variable once in the life of a process: the file is written where it looked.
    private static string Config => Environment.GetEnvironmentVariable("AWS_CONFIG_FILE")!;

    private string Runs => Path.Combine(_folder.FullName, "runs");

    [Fact]
    public async Task A_command_for_credentials_runs_once_for_many_calls_and_once_more_when_they_expire()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is a shell script.");
        WriteProfile();
        await using var server = await StartAsync();
        var making = MakeAsync(server, 60);
        while (!making.IsCompleted && server.Ledger.Count("CreateVolume") < 20) await Task.Delay(5, TestContext.Current.CancellationToken);
        server.Ec2.Settings = server.Ec2.Settings with { ExpiredAccessKeys = new Dictionary<string, string> { ["AKIAEBSPV1"] = "ExpiredToken" } };
        var volumes = await making;

        Assert.Equal(60, volumes.Select(volume => volume.VolumeId).Distinct().Count());
        Assert.Equal(2, (await File.ReadAllLinesAsync(Runs, TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Credentials_that_stay_expired_end_the_run_with_the_login_that_renews_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is a shell script.");
        WriteProfile();
        await using var server = await StartAsync();
        server.Ec2.Settings = server.Ec2.Settings with
        {
            ExpiredAccessKeys = new Dictionary<string, string> { ["AKIAEBSPV1"] = "ExpiredToken", ["AKIAEBSPV2"] = "ExpiredToken" },
        };

        var failure = await Assert.ThrowsAsync<EbsPvException>(() => MakeAsync(server, 1));

        Assert.Equal(ErrorIds.AwsAuthenticationFailed, failure.ErrorId);
        Assert.Contains("aws sso login --profile command", failure.RecommendedAction);
        Assert.Equal(2, (await File.ReadAllLinesAsync(Runs, TestContext.Current.CancellationToken)).Length);
        Assert.DoesNotContain(server.Ec2.AllVolumes, volume => volume.Tags.Any(tag => tag.Key == VolumeTags.Set));
    }

    public void Dispose()
    {
        File.Delete(Config);
        _folder.Delete(recursive: true);
    }

    // Its first credentials are AKIAEBSPV1, its second AKIAEBSPV2, and so on.
    private void WriteProfile()
    {
        var script = Path.Combine(_folder.FullName, "credentials.sh");
        File.WriteAllText(script, $$"""
            #!/bin/sh
            echo run >> '{{Runs}}'
            n=$(wc -l < '{{Runs}}' | tr -d ' ')
            printf '{"Version":1,"AccessKeyId":"AKIAEBSPV%s","SecretAccessKey":"s","SessionToken":"t","Expiration":"2099-01-01T00:00:00Z"}' "$n"

            """);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Config, $"[profile command]\nregion = eu-west-1\ncredential_process = {script}\n");
    }

    private static Task<SandboxServer> StartAsync() => SandboxServer.StartAsync(
        new SandboxOptions { Ec2 = new Ec2Settings { CreateTime = TimeSpan.Zero, Latency = TimeSpan.FromMilliseconds(5) } },
        TestContext.Current.CancellationToken);

    private static async Task<IReadOnlyList<ClusterEbsVolume>> MakeAsync(SandboxServer server, int count)
    {
        var options = new AwsOptions(null, "command", server.Ec2Url.ToString());
        var ec2 = new Connector().ConnectEc2(options, new Recorder());
        var request = new VolumeSetRequest
        {
            Region = "eu-west-1",
            ClusterName = KopsCluster.Name,
            SetName = "expiry",
            Zones = [new ZoneTarget("eu-west-1b", ClusterKind.Kops, [])],
            Count = count,
            Spec = new EbsPv.Volumes.VolumeSpec { Size = 1 },
        };
        var plan = VolumeSetPlanner.Plan(request, await VolumeSetLookup.FindAsync(ec2, request, TestContext.Current.CancellationToken));
        var run = new VolumeSetRun(ec2, request, plan.Slots, new VolumeRunOptions(), new Recorder());
        await run.RunAsync(TestContext.Current.CancellationToken);
        return await Task.WhenAll(Enumerable.Range(0, count).Select(run.VolumeAsync));
    }
}
