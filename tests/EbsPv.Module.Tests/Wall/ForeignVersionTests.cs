using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using EbsPv.Module.Tests.Scenarios;
using Xunit;

namespace EbsPv.Module.Tests.Wall;

/// <summary>Another module brought other versions of our libraries, before us or after us: both go on working.</summary>
public sealed class ForeignVersionTests(SandboxBackend backend) : SandboxTests(backend)
{
    private const string SourceKey = "AKIASOURCESOURCE1234";

    // Loaded and used: an assembly that only lies there would prove nothing.
    private static readonly string LoadForeign = $$"""
        foreach ($path in '{{Checkout.Foreign("AWSSDK.Core", "4.0.3.3")}}', '{{Checkout.Foreign("AWSSDK.SecurityToken", "4.0.5.1")}}', '{{Checkout.Foreign("YamlDotNet", "16.3.0")}}') {
            $null = [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath($path)
        }
        $null = [Amazon.SecurityToken.AmazonSecurityTokenServiceConfig]::new()
        'foreign yaml ' + [YamlDotNet.RepresentationModel.YamlScalarNode]::new('works').Value

        """;

    public static TheoryData<string> Orders => ["before", "after", "between"];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task The_line_works_beside_other_versions(string order)
    {
        var lines = (await RunAsync(order, $"({Line}).Status", Backend.Variables)).Succeeded().Lines;

        Assert.Contains("foreign yaml works", lines);
        Assert.Equal(["Available", "Available"], lines.TakeLast(2));
        Assert.Equal(2, (await Backend.Ec2.VolumesAsync()).Count);
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task A_role_profile_works_beside_other_versions(string order)
    {
        // Who signs with the source's key may assume the role and nothing else.
        string[] denied = ["DescribeInstances", "DescribeAvailabilityZones", "DescribeVolumes", "CreateVolume"];
        await Admin.SetAsync(new { deniedActions = new Dictionary<string, string[]> { [SourceKey] = denied } });
        const string Pipeline = "(Get-WorkerZone -ProfileName rol | New-ClusterEbsVolume -Size 10 -ProfileName rol | Register-EbsPersistentVolume).Status";

        var lines = (await RunAsync(order, Pipeline, await WithRoleAsync())).Succeeded().Lines;

        Assert.Contains("foreign yaml works", lines);
        Assert.Equal(["Available", "Available"], lines.TakeLast(2));
        Assert.Equal(1, (await Admin.CountsAsync())["sts AssumeRole"]);
        Assert.Contains(await Admin.CallsAsync(), call => call is { Operation: "AssumeRole", Target: "arn:aws:iam::123456789012:role/EbsPv", Status: 200 });
    }

    [Theory]
    [InlineData("before", "rol")]
    [InlineData("between", "base")]
    public async Task The_other_modules_role_profile_works_when_ours_came_later_or_not_at_all(string order, string ourProfile)
    {
        const string Theirs = """
            $credentials = $null
            $null = [Amazon.Runtime.CredentialManagement.CredentialProfileStoreChain]::new().TryGetAWSCredentials('rol', [ref] $credentials)
            'their key ' + $credentials.GetCredentials().AccessKey.Substring(0, 4)

            """;
        var ours = $"$null = Get-WorkerZone -ProfileName {ourProfile}\n";
        var script = order == "before"
            ? LoadForeign + Theirs + ShellProcess.Import + ours + Theirs
            : ShellProcess.Import + ours + LoadForeign + Theirs + ours + Theirs;

        var lines = (await ShellProcess.RunAsync(script, await WithRoleAsync())).Succeeded().Lines;

        Assert.Equal(["foreign yaml works", "their key ASIA", "their key ASIA"], lines);
    }

    [Fact]
    public async Task The_source_key_alone_is_refused()
    {
        await Admin.SetAsync(new { deniedActions = new Dictionary<string, string[]> { [SourceKey] = ["CreateVolume"] } });

        var result = await ShellProcess.RunAsync(ShellProcess.Import + "'eu-west-1b' | New-ClusterEbsVolume -Size 10 -ProfileName base", await WithRoleAsync());

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("may not call ec2:CreateVolume", result.Error);
    }

    private static Task<ShellResult> RunAsync(string order, string pipeline, IEnumerable<KeyValuePair<string, string?>> environment) => ShellProcess.RunAsync(
        order switch
        {
            "before" => LoadForeign + ShellProcess.Import + pipeline,
            "after" => ShellProcess.Import + LoadForeign + pipeline,
            _ => ShellProcess.Import + $"$null = {pipeline}\n" + LoadForeign + pipeline,
        },
        environment);

    private async Task<Dictionary<string, string?>> WithRoleAsync()
    {
        var file = Path.Combine(TestProcess.NewFolder("aws"), "config");
        await File.WriteAllTextAsync(file, $"""
            [profile base]
            aws_access_key_id = {SourceKey}
            aws_secret_access_key = secret
            [profile rol]
            role_arn = arn:aws:iam::123456789012:role/EbsPv
            source_profile = base
            region = eu-west-1
            """);
        return new Dictionary<string, string?>(Backend.Variables)
        {
            ["AWS_CONFIG_FILE"] = file, ["AWS_ACCESS_KEY_ID"] = null, ["AWS_SECRET_ACCESS_KEY"] = null,
        };
    }
}
