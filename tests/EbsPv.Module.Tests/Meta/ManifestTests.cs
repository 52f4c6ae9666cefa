using System.Management.Automation;
using System.Reflection;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Meta;

/// <summary>The manifest, the assembly and the sources tell the same story.</summary>
public sealed class ManifestTests : IDisposable
{
    private static readonly string[] s_reading = ["Get", "Test", "ConvertTo"];

    private readonly ModuleSession _session = new();

    [Fact]
    public void The_manifest_exports_the_cmdlets_of_the_assembly()
    {
        var inAssembly = Commands().Select(command => command.Name).Order().ToList();

        Assert.NotEmpty(inAssembly);
        Assert.Equal(inAssembly, Exported("Cmdlet"));
    }

    [Fact]
    public void Nothing_else_is_exported()
    {
        Assert.Empty(Exported("Alias, Function"));
    }

    [Fact]
    public void Every_cmdlet_has_a_source_file_of_its_name()
    {
        var expected = Commands().Select(command => $"{command.Type.Name}.cs").Order();

        Assert.Equal(expected, Directory.GetFiles(Checkout.Commands, "*.cs").Select(Path.GetFileName).Order());
        Assert.All(Commands(), command => Assert.Equal(command.Name.Replace("-", "") + "Command", command.Type.Name));
    }

    [Fact]
    public void Every_cmdlet_declares_what_it_emits()
    {
        Assert.All(Commands(), command => Assert.Single(command.Type.GetCustomAttribute<OutputTypeAttribute>()!.Type));
    }

    [Fact]
    public void Every_parameter_is_described_in_its_source()
    {
        var parameters = Commands().SelectMany(command => Parameters(command.Type)).ToList();

        Assert.NotEmpty(parameters);
        Assert.All(parameters, parameter => Assert.True(IsDescribed(parameter), $"{parameter.DeclaringType!.Name}.{parameter.Name} has no summary"));
    }

    [Fact]
    public void Every_cmdlet_that_changes_something_can_be_rehearsed()
    {
        var changing = Commands().Where(command => !s_reading.Contains(command.Name.Split('-')[0])).ToList();

        Assert.NotEmpty(changing);
        Assert.All(changing, command => Assert.True(command.Type.GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess, command.Name));
    }

    public void Dispose() => _session.Dispose();

    /// <summary>The types of the module that its cmdlets emit, as the session has them.</summary>
    internal static IEnumerable<Type> OutputTypes() =>
        Commands().Select(command => command.Type.GetCustomAttribute<OutputTypeAttribute>()!.Type.Single().Type).Where(type => type != typeof(string)).Distinct();

    private static IEnumerable<(string Name, Type Type)> Commands() =>
        from type in Assembly.LoadFrom(Path.Combine(Checkout.Bin, "EbsPv.PowerShell.dll")).GetTypes()
        let cmdlet = type.GetCustomAttribute<CmdletAttribute>()
        where cmdlet is not null
        select ($"{cmdlet.VerbName}-{cmdlet.NounName}", type);

    private static IEnumerable<PropertyInfo> Parameters(Type command) =>
        command.GetProperties().Where(property => property.GetCustomAttribute<ParameterAttribute>() is not null);

    private static bool IsDescribed(PropertyInfo parameter)
    {
        var folder = Path.Combine(Checkout.Root, "src", "EbsPv.PowerShell");
        var file = Directory.GetFiles(folder, $"{parameter.DeclaringType!.Name}.cs", SearchOption.AllDirectories).Single();
        var lines = File.ReadAllLines(file);
        var line = Array.FindIndex(lines, line => line.Contains($" {parameter.Name} {{ get; set; }}", StringComparison.Ordinal));
        while (line > 0 && lines[line - 1].Trim().StartsWith('[')) line--;
        return line > 0 && lines[line - 1].Trim().StartsWith("/// ", StringComparison.Ordinal);
    }

    private List<string> Exported(string types) => _session
        .Run($"Get-Command -Module EbsPv -CommandType {types}").WithoutErrors().Each("Name").Select(name => name!).Order().ToList();
}
