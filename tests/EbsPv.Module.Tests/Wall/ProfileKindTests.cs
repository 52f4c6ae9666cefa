using System.Security.Cryptography;
using System.Text;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using EbsPv.Module.Tests.Scenarios;
using Xunit;

namespace EbsPv.Module.Tests.Wall;

/// <summary>Profiles whose keys come from another service, each in a process of its own: the SDK looks for its files once a process.</summary>
public sealed class ProfileKindTests(SandboxBackend backend) : SandboxTests(backend)
{
    private readonly string _home = TestProcess.NewFolder("home");

    [Fact]
    public async Task An_SSO_profile_works_with_the_login_that_is_there()
    {
        WriteConfig("""
            [profile work]
            region = eu-west-1
            sso_session = company
            sso_account_id = 123456789012
            sso_role_name = Storage
            [sso-session company]
            sso_start_url = https://company.awsapps.com/start
            sso_region = eu-west-1
            sso_registration_scopes = sso:account:access
            """);
        WriteLogin("company", DateTime.UtcNow.AddHours(2));

        var lines = (await RunAsync("(Get-WorkerZone -ProfileName work).AvailabilityZone")).Succeeded().Lines;

        Assert.Equal(["eu-west-1b", "eu-west-1c"], lines);
        Assert.Contains(await Admin.CallsAsync(), call => call is { Service: "sso", Operation: "GetRoleCredentials", Target: "123456789012/Storage", Status: 200 });
    }

    [Fact]
    public async Task A_login_that_has_ended_names_the_command_that_renews_it()
    {
        WriteConfig("""
            [profile work]
            region = eu-west-1
            sso_session = company
            sso_account_id = 123456789012
            sso_role_name = Storage
            [sso-session company]
            sso_start_url = https://company.awsapps.com/start
            sso_region = eu-west-1
            """);
        WriteLogin("company", DateTime.UtcNow.AddHours(-2));

        var result = await RunAsync("Get-WorkerZone -ProfileName work");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("aws sso login --profile work", result.Error);
        Assert.DoesNotContain(await Admin.CallsAsync(), call => call.Service == "ec2");
    }

    [Fact]
    public async Task A_web_identity_works_as_pods_have_it()
    {
        var token = Path.Combine(_home, "token");
        await File.WriteAllTextAsync(token, "eyJ.web.identity", TestContext.Current.CancellationToken);
        WriteConfig($"""
            [profile pod]
            region = eu-west-1
            role_arn = arn:aws:iam::123456789012:role/Pod
            web_identity_token_file = {token}
            """);

        var lines = (await RunAsync("(Get-WorkerZone -ProfileName pod).AvailabilityZone")).Succeeded().Lines;

        Assert.Equal(["eu-west-1b", "eu-west-1c"], lines);
        Assert.Contains(await Admin.CallsAsync(), call => call is { Operation: "AssumeRoleWithWebIdentity", Target: "arn:aws:iam::123456789012:role/Pod", Status: 200 });
    }

    [Fact]
    public async Task A_profile_that_is_missing_is_an_error_although_other_credentials_are_there()
    {
        WriteConfig("[profile work]\nregion = eu-west-1\n");

        var result = await ShellProcess.RunAsync(
            ShellProcess.Import + "Get-WorkerZone -ProfileName other", new Dictionary<string, string?>(Backend.Variables) { ["AWS_CONFIG_FILE"] = Config });

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("There is no usable AWS profile 'other'", result.Error);
        Assert.Empty(await Admin.CallsAsync());
    }

    private string Config => Path.Combine(_home, "config");

    private void WriteConfig(string text) => File.WriteAllText(Config, text);

    // Where the aws CLI keeps a login: the name of the file is the hash of the session's name.
    private void WriteLogin(string session, DateTime ends)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_home, ".aws", "sso", "cache"));
        var name = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(session))).ToLowerInvariant();
        File.WriteAllText(Path.Combine(folder.FullName, $"{name}.json"), $$"""
            {"startUrl":"https://company.awsapps.com/start","region":"eu-west-1","accessToken":"login","expiresAt":"{{ends:yyyy-MM-ddTHH:mm:ssZ}}"}
            """);
    }

    private Task<ShellResult> RunAsync(string script) => ShellProcess.RunAsync(
        ShellProcess.Import + script,
        new Dictionary<string, string?>(Backend.Variables)
        {
            ["HOME"] = _home, ["USERPROFILE"] = _home, ["AWS_CONFIG_FILE"] = Config, ["AWS_ACCESS_KEY_ID"] = null, ["AWS_SECRET_ACCESS_KEY"] = null,
        });
}
