using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Wall;

/// <summary>What stands in bin/lib needs nothing but itself, Core and .NET 8 without ASP.NET: other hosts have no more.</summary>
public sealed class ReferenceTests
{
    private static readonly Version Net8 = new(8, 0, ushort.MaxValue, ushort.MaxValue);

    public static TheoryData<string> Libraries => new(Directory.GetFiles(Checkout.Lib, "*.dll").Select(file => Path.GetFileName(file)!));

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Every_reference_resolves_without_ASP_NET(string library)
    {
        var references = References(Path.Combine(Checkout.Lib, library));

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(Resolves(reference.Name, reference.Version), $"{library} needs {reference.Name} {reference.Version}"));
    }

    [Fact]
    public void The_cmdlets_reference_Core_and_the_engine_only()
    {
        var references = References(Path.Combine(Checkout.Bin, "EbsPv.PowerShell.dll")).Where(reference => !IsFramework(reference.Name, reference.Version));

        Assert.Equal(["EbsPv.Core", "System.Management.Automation"], references.Select(reference => reference.Name).Order());
    }

    [Fact]
    public void Core_references_the_framework_only()
    {
        Assert.All(References(Path.Combine(Checkout.Bin, "EbsPv.Core.dll")), reference => Assert.True(IsFramework(reference.Name, reference.Version), reference.Name));
    }

    [Fact]
    public void This_process_has_no_ASP_NET_that_could_hide_a_lack()
    {
        Assert.DoesNotContain(Platform(), name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    private static bool Resolves(string name, Version version) =>
        File.Exists(Path.Combine(Checkout.Lib, $"{name}.dll")) || name == "EbsPv.Core" || IsFramework(name, version);

    private static bool IsFramework(string name, Version version) => Net8Framework.Assemblies.Contains(name) && (IsStandard(name) || version <= Net8);

    private static bool IsStandard(string name) => name is "netstandard" or "mscorlib" or "WindowsBase";

    private static List<(string Name, Version Version)> References(string file)
    {
        using var stream = File.OpenRead(file);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).Select(one => (metadata.GetString(one.Name), one.Version))];
    }

    private static IEnumerable<string> Platform() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator).Select(file => Path.GetFileNameWithoutExtension(file)!);
}
