using System.Management.Automation;
using System.Management.Automation.Runspaces;
using EbsPv.Help.Model;

namespace EbsPv.Help.Reading;

/// <summary>Imports the module as a user does and asks the engine what it has.</summary>
internal sealed class ModuleReader(XmlDocumentation documentation)
{
    private readonly ParameterReader _parameters = new(documentation);

    public List<CmdletFacts> Read(string manifest)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = System.Management.Automation.PowerShell.Create(runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("PassThru").AddParameter("ErrorAction", ActionPreference.Stop);
        var module = shell.Invoke<PSModuleInfo>().Single();
        return [.. module.ExportedCmdlets.Values.OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal).Select(Facts)];
    }

    private CmdletFacts Facts(CmdletInfo cmdlet)
    {
        var instance = Activator.CreateInstance(cmdlet.ImplementingType)!;
        List<IReadOnlyList<Parameter>> syntaxes = [.. cmdlet.ParameterSets.Select(set => _parameters.Read(set, instance))];
        (instance as IDisposable)?.Dispose();
        return new CmdletFacts
        {
            Name = cmdlet.Name,
            Synopsis = documentation.Of(cmdlet.ImplementingType),
            Syntaxes = syntaxes,
            Parameters = [.. syntaxes.SelectMany(set => set).DistinctBy(one => one.Name).OrderBy(one => one.Name, StringComparer.Ordinal)],
            Outputs = [.. cmdlet.OutputType.Select(output => Output(output.Type))],
        };
    }

    private OutputType Output(Type type) => new(
        type.FullName!,
        documentation.Of(type),
        [
            .. type.GetProperties()
                .Select(property => new NamedText(property.Name, documentation.OfProperty(type, property.Name)))
                .Where(property => property.Text.Length > 0),
        ]);
}
