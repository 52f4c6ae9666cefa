using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.BadInput;

/// <summary>What is missing or wrong around a command: regions, clusters, kubeconfigs, profiles.</summary>
public sealed class SurroundingsTests(SandboxBackend backend) : BadInputTests(backend)
{
    private const string Good = """
        clusters: [ { name: c, cluster: { server: "https://127.0.0.1:1" } } ]
        contexts: [ { name: x, context: { cluster: c, user: u } } ]
        users: [ { name: u, user: { token: t } } ]
        """;

    public static TheoryData<string, string, string> Kubeconfigs => new()
    {
        { "a: [", "KubeconfigInvalid", "kubeconfig" },
        { new string('[', 400_000), "KubeconfigInvalid", "kubeconfig" },
        { "current-context: x\ncurrent-context: y\n" + Good, "KubeconfigInvalid", "line 2" },
        { "apiVersion: v1\nkind: PersistentVolume\n", "KubeconfigInvalid", "no kubeconfig" },
        { "current-context: x\n" + Good.Replace("contexts: [ {", "contexts: [ { name: x }, {"), "ContextAmbiguous", "'x'" },
        { "current-context: x\n" + Good.Replace("token: t", "exec: { args: [a] }"), "KubeconfigInvalid", "'u'" },
        { "current-context: x\n" + Good.Replace("\"https://127.0.0.1:1\"", "\"https://127.0.0.1:1\", certificate-authority: nowhere.crt"), "KubeconfigInvalid", "nowhere.crt" },
        { Good, "ContextMissing", "no current context" },
        { "current-context: y\n" + Good, "ContextMissing", "'y'" },
        { "current-context: x\n" + Good.Replace("token: t", "name: t"), "CredentialMissing", "'u'" },
        { "current-context: x\n" + Good.Replace("user: u }", "user: v }"), "CredentialMissing", "'v'" },
        { "current-context: x\n" + Good.Replace("cluster: c,", "cluster: d,"), "KubeconfigInvalid", "'d'" },
        { "current-context: x\n" + Good.Replace("https://127.0.0.1:1", "ftp://127.0.0.1"), "KubeconfigInvalid", "'c'" },
        { "current-context: x\n" + Good.Replace("https://127.0.0.1:1", "http://192.0.2.1"), "EndpointPlainText", "192.0.2.1" },
        { "current-context: x\n" + Good.Replace("\"https://127.0.0.1:1\"", "\"https://127.0.0.1:1\", insecure-skip-tls-verify: true"), "TlsVerifyDisabled", "'c'" },
    };

    [Theory]
    [MemberData(nameof(Kubeconfigs))]
    public async Task A_kubeconfig_that_cannot_be_used_is_refused(string content, string errorId, string names)
    {
        var path = Path.Combine(TestProcess.NewFolder("kubeconfig"), "kubeconfig");
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        Session.Set("KUBECONFIG", path);

        await RefusedAsync("Get-EbsPersistentVolume", errorId, names);
    }

    [Fact]
    public async Task A_directory_in_place_of_a_kubeconfig_is_named()
    {
        var folder = TestProcess.NewFolder("kubeconfig");
        Session.Set("KUBECONFIG", $"/nowhere/kubeconfig{Path.PathSeparator}{folder}");

        await RefusedAsync("Get-EbsPersistentVolume", "KubeconfigInvalid", folder);
        await RefusedAsync($"Get-EbsPersistentVolume -Kubeconfig '{folder}'", "KubeconfigInvalid", folder);
    }

    [Fact]
    public async Task Without_a_kubeconfig_the_places_looked_at_are_named()
    {
        Session.Set("KUBECONFIG", "/nowhere/kubeconfig");

        await RefusedAsync("Get-EbsPersistentVolume", "KubeconfigNotFound", "/nowhere/kubeconfig");
    }

    [Theory]
    [InlineData("Get-EbsPersistentVolume")]
    [InlineData("Get-WorkerZone")]
    [InlineData("Get-WorkerZone -Source Kubernetes")]
    [InlineData("Get-ClusterEbsVolume -Unregistered")]
    [InlineData("Get-ClusterEbsSnapshot")]
    [InlineData("Get-ClusterStorageReport")]
    [InlineData("Test-EbsPersistentVolume")]
    public void A_relative_KUBECONFIG_counts_from_the_location_of_PowerShell(string script)
    {
        var path = Backend.Variables["KUBECONFIG"]!;
        Session.Set("KUBECONFIG", Path.GetFileName(path));

        Session.Run($"$null = $ExecutionContext.SessionState.Path.SetLocation('{Path.GetDirectoryName(path)}'); {script}").WithoutErrors();
    }

    [Fact]
    public async Task Without_a_region_nothing_is_asked()
    {
        Session.Set("AWS_REGION", null);

        await RefusedAsync("Get-WorkerZone", "RegionMissing", "AWS_REGION");
    }

    [Fact]
    public async Task Without_a_cluster_nothing_is_asked()
    {
        Session.Set("KUBECONFIG", "/nowhere/kubeconfig");

        await RefusedAsync("Get-WorkerZone", "ClusterNameMissing", "-ClusterName");
    }

    [Theory]
    [InlineData("Get-ClusterStorageReport")]
    [InlineData("Test-EbsPersistentVolume -Quiet")]
    [InlineData("Move-EbsPersistentVolume data eu-west-1b")]
    public async Task What_asks_the_cluster_too_is_told_of_the_kubeconfig_first(string script)
    {
        Session.Set("KUBECONFIG", "/nowhere/kubeconfig");

        await RefusedAsync(script, "KubeconfigNotFound", "/nowhere/kubeconfig");
    }

    [Fact]
    public async Task Two_sources_that_name_two_clusters_are_not_decided_between()
    {
        Session.Set("KOPS_CLUSTER_NAME", "vecino.k8s.local");

        await RefusedAsync("Get-WorkerZone", "ClusterAmbiguous", "vecino.k8s.local");
    }

    [Theory]
    [InlineData("KUBECONFIG", "/nowhere/kubeconfig", "ClusterNameMissing")]
    [InlineData("KOPS_CLUSTER_NAME", "vecino.k8s.local", "ClusterAmbiguous")]
    public async Task Without_a_cluster_the_whole_line_ends_with_that_one_error(string variable, string value, string errorId)
    {
        Session.Set(variable, value);

        await RefusedAsync(Line, errorId, "KOPS_CLUSTER_NAME");
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL", "http://192.0.2.1", "EndpointPlainText", "http://192.0.2.1")]
    [InlineData("AWS_ENDPOINT_URL_EC2", "http://192.0.2.1", "EndpointPlainText", "http://192.0.2.1")]
    [InlineData("AWS_ENDPOINT_URL", "ftp://192.0.2.1", "EndpointInvalid", "ftp://192.0.2.1")]
    [InlineData("AWS_ENDPOINT_URL_EC2", "nowhere", "EndpointInvalid", "AWS_ENDPOINT_URL")]
    public async Task An_endpoint_of_the_environment_is_checked_as_a_typed_one_is(string variable, string endpoint, string errorId, string names)
    {
        Session.Set(variable, endpoint);

        await RefusedAsync("Get-WorkerZone", errorId, names);
    }

    [Theory]
    [InlineData("Get-WorkerZone -Region nowhere", "RegionInvalid", "'nowhere'")]
    [InlineData("Get-WorkerZone -Context nadie", "ContextMissing", "'nadie'")]
    [InlineData("Get-WorkerZone -ProfileName nadie", "ProfileNotFound", "'nadie'")]
    [InlineData("Get-WorkerZone -EndpointUrl ftp://x", "EndpointInvalid", "ftp://x")]
    [InlineData("Get-WorkerZone 'pro*'", "ClusterNameInvalid", "'pro*'")]
    [InlineData("Get-ClusterEbsVolume -VolumeId vol-xyz", "VolumeIdInvalid", "'vol-xyz'")]
    [InlineData("Get-ClusterEbsVolume -VolumeId snap-0123456789abcdef0", "WrongResourceKind", "'snap-0123456789abcdef0'")]
    [InlineData("Get-ClusterEbsVolume -VolumeId ''", "VolumeIdInvalid", "''")]
    [InlineData("Get-ClusterEbsVolume -VolumeId $null", "VolumeIdInvalid", "''")]
    [InlineData("Get-ClusterEbsVolume -VolumeId @()", "VolumeIdInvalid", "''")]
    [InlineData("[pscustomobject]@{ VolumeId = $null; Name = 'planned' } | Get-ClusterEbsVolume", "VolumeIdInvalid", "''")]
    [InlineData("'vol-xyz' | Get-ClusterEbsVolume", "VolumeIdInvalid", "'vol-xyz'")]
    [InlineData("$null | Get-ClusterEbsVolume", "InputNull", "$null")]
    [InlineData("Set-ClusterEbsVolume -VolumeId '' -Size 30", "InputNotVolume", "No volume")]
    [InlineData("Get-ClusterEbsVolume -AvailabilityZone eu-west-1", "ZoneNotAZone", "'eu-west-1'")]
    [InlineData("Get-ClusterEbsVolume -AvailabilityZone euw1-az1", "ZoneIdGiven", "'euw1-az1'")]
    [InlineData("Get-ClusterEbsVolume -State libre", "VolumeStateUnknown", "'libre'")]
    [InlineData("Get-ClusterEbsVolume -ClusterName 'pro?'", "ClusterNameInvalid", "'pro?'")]
    [InlineData("Get-ClusterEbsVolume -EndpointUrl http://192.0.2.1", "EndpointPlainText", "192.0.2.1")]
    [InlineData("Get-EbsPersistentVolume -Context nadie", "ContextMissing", "'nadie'")]
    public Task A_parameter_that_cannot_be_meant_is_refused(string script, string errorId, string names) => RefusedAsync(script, errorId, names);

    [Theory]
    [InlineData("New-ClusterEbsVolume -Size 10", "InputNotZone")]
    [InlineData("Register-EbsPersistentVolume", "InputNotVolume")]
    [InlineData("Set-ClusterEbsVolume -Size 30", "InputNotVolume")]
    [InlineData("Remove-ClusterEbsVolume -Confirm:$false", "InputNotVolume")]
    public async Task What_came_down_the_pipeline_is_shown_without_its_control_characters(string command, string errorId)
    {
        var error = await RefusedAsync($"[pscustomobject]@{{ Clave = \"malo$([char]27)[2J\" }} | {command}", errorId, @"malo\u001b[2J");

        Assert.DoesNotContain('\e', error.Exception.Message);
    }

    [Fact]
    public void No_worker_found_says_what_was_looked_for_and_where()
    {
        var error = Session.Run("Get-WorkerZone desierto.k8s.local").OnlyError("WorkerNotFound");

        Assert.Contains("nodes.desierto.k8s.local", error.Exception.Message);
        Assert.Contains("eu-west-1", error.Exception.Message);
    }

    [Fact]
    public void A_name_without_a_wildcard_that_is_not_there_is_an_error()
    {
        var error = Session.Run("Get-EbsPersistentVolume nadie, nada*").OnlyError("PersistentVolumeNotFound");

        Assert.Contains("nadie", error.Exception.Message);
    }

    [Fact]
    public void No_stream_shows_a_token_or_a_key()
    {
        Session.Set("AWS_ACCESS_KEY_ID", "AKIACANARYCANARY1234");
        Session.Set("AWS_SECRET_ACCESS_KEY", "secret-canary-0123456789");
        Session.Set("AWS_SESSION_TOKEN", "token-canary-0123456789");

        var result = Session.Run("$VerbosePreference = 'Continue'; " + Line + "; Get-WorkerZone desierto.k8s.local");

        var shown = string.Join('\n', result.Verbose.Concat(result.Warnings).Append(result.HostText).Concat(result.Errors.Select(error => $"{error}{error.Exception}")));
        Assert.Contains(result.Verbose, line => line.Contains("CreateVolume"));
        Assert.DoesNotContain("canary", shown, StringComparison.OrdinalIgnoreCase);
    }
}
