using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using EbsPv.Module.Tests.Scenarios;
using Xunit;

namespace EbsPv.Module.Tests.Wall;

/// <summary>Importing, importing again, and what is then to be seen; each in a process of its own, since assemblies stay.</summary>
public sealed class ImportTests(SandboxBackend backend) : SandboxTests(backend)
{
    private const string Loaded = """

        foreach ($one in [System.AppDomain]::CurrentDomain.GetAssemblies()) { if (-not $one.IsDynamic -and $one.Location) { $one.Location } }
        """;

    [Fact]
    public async Task Import_loads_nothing_from_bin_lib()
    {
        var loaded = (await RunAsync(ShellProcess.Import + "$null = Get-Command -Module EbsPv" + Loaded)).Succeeded().Lines;

        Assert.Contains(Path.Combine(Checkout.Bin, "EbsPv.PowerShell.dll"), loaded);
        Assert.DoesNotContain(loaded, path => path.StartsWith(Checkout.Lib, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_call_loads_our_libraries_behind_the_wall()
    {
        const string Contexts = """

            foreach ($context in [System.Runtime.Loader.AssemblyLoadContext]::All) { foreach ($one in $context.Assemblies) { "$($context.Name) $($one.GetName().Name)" } }
            """;

        var loaded = (await RunAsync(ShellProcess.Import + "$null = " + Line + Contexts)).Succeeded().Lines;

        Assert.Contains("EbsPv AWSSDK.Core", loaded);
        Assert.Contains("EbsPv KubernetesClient", loaded);
        Assert.Contains("Default EbsPv.Core", loaded);
        Assert.DoesNotContain("Default AWSSDK.Core", loaded);
        Assert.DoesNotContain("EbsPv EbsPv.Core", loaded);
        // Whatever stands loaded here, the SDK of another module may find by its name and stumble over.
        Assert.DoesNotContain("EbsPv AWSSDK.SecurityToken", loaded);
        Assert.DoesNotContain("EbsPv AWSSDK.SSO", loaded);
    }

    [Theory]
    [InlineData("Import-Module '{0}' -Force")]
    [InlineData("Remove-Module EbsPv; Import-Module '{0}'")]
    public async Task After_another_import_the_line_works(string again)
    {
        var script = ShellProcess.Import + "$null = " + Line + "\n" + again.Replace("{0}", Checkout.Manifest) + $"\n({Line}).Status";

        Assert.Equal(["Available", "Available"], (await RunAsync(script)).Succeeded().Lines.Where(line => !line.StartsWith("WARNING", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Our_types_are_seen_by_name_and_taken_by_typed_parameters()
    {
        const string Script = """
            function Show { param([Parameter(ValueFromPipeline)] [EbsPv.WorkerZone] $Zone) process { "$($Zone.GetType().FullName) $Zone" } }
            Get-WorkerZone | Show
            (Get-WorkerZone)[0] -is [EbsPv.WorkerZone]
            """;

        var lines = (await RunAsync(ShellProcess.Import + Script)).Succeeded().Lines;

        Assert.Equal(["EbsPv.WorkerZone eu-west-1b", "EbsPv.WorkerZone eu-west-1c", "True"], lines);
    }

    [Fact]
    public async Task Zones_of_before_another_import_still_go_down_the_pipe()
    {
        var script = $"{ShellProcess.Import}$zones = Get-WorkerZone; Import-Module '{Checkout.Manifest}' -Force; ($zones | New-ClusterEbsVolume -Size 10).AvailabilityZone";

        Assert.Equal(["eu-west-1b", "eu-west-1c"], (await RunAsync(script)).Succeeded().Lines);
    }

    private Task<ShellResult> RunAsync(string script) => ShellProcess.RunAsync(script, Backend.Variables);
}
