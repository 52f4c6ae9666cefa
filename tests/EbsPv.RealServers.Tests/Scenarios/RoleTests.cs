using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using EbsPv.Module.Tests.Scenarios;
using Xunit;

namespace EbsPv.RealServers.Tests.Scenarios;

/// <summary>Profiles that assume a role, at an STS that this project did not write. A process of its own: the SDK looks for its files once.</summary>
[Collection(RealServersBackend.CollectionName)]
public sealed class RoleTests(RealServersBackend backend) : ScenarioBase(backend)
{
    // The account of the keys is moto's own, 123456789012; what a role may see is its own account's.
    [Fact]
    public async Task A_profile_with_a_role_sees_what_the_role_s_account_has()
    {
        const string Script = """
            (Get-WorkerZone -ProfileName papel).AvailabilityZone
            try { Get-WorkerZone -ProfileName ajeno -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
            """;

        var result = await ShellProcess.RunAsync(ShellProcess.Import + Script, await WithProfilesAsync());

        Assert.Equal([IBackend.ZoneB, IBackend.ZoneC, "WorkerNotFound,EbsPv.PowerShell.Commands.GetWorkerZoneCommand"], result.Lines);
    }

    private async Task<Dictionary<string, string?>> WithProfilesAsync()
    {
        var config = Path.Combine(TestProcess.NewFolder("profiles"), "config");
        await File.WriteAllTextAsync(config, """
            [profile base]
            aws_access_key_id = testing
            aws_secret_access_key = testing

            [profile papel]
            role_arn = arn:aws:iam::123456789012:role/almacen
            source_profile = base

            [profile ajeno]
            role_arn = arn:aws:iam::210987654321:role/almacen
            source_profile = base

            """);
        return new Dictionary<string, string?>(Backend.Variables)
        {
            ["AWS_CONFIG_FILE"] = config,
            ["AWS_ACCESS_KEY_ID"] = null,
            ["AWS_SECRET_ACCESS_KEY"] = null,
        };
    }
}
