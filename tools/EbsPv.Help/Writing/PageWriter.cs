using System.Text;
using EbsPv.Help.Model;

namespace EbsPv.Help.Writing;

/// <summary>A cmdlet's page of docs/.</summary>
internal static class PageWriter
{
    public static string Write(CmdletHelp cmdlet)
    {
        var page = new StringBuilder();
        page.Append($"{HelpFiles.Mark} from the cmdlet's comments and docs/source/{cmdlet.Facts.Name}.md: change those and run it. -->\n");
        page.Append($"# {cmdlet.Facts.Name}\n\n{cmdlet.Facts.Synopsis}\n");
        Section(page, "Syntax", string.Join("\n\n", cmdlet.Facts.Syntaxes.Select(set => $"```text\n{SyntaxLine.Of(cmdlet.Facts.Name, set)}\n```")));
        Section(page, "Description", cmdlet.Source.Description);
        Section(page, "Examples", string.Join("\n\n", cmdlet.Source.Examples.Select(Example)));
        Section(page, "Parameters", string.Join("\n\n", cmdlet.Facts.Parameters.Select(Parameter)));
        Section(page, "Inputs", string.Join('\n', cmdlet.Source.Inputs.Select(input => $"- `{input.Name}`: {input.Text}")));
        Section(page, "Outputs", string.Join("\n\n", cmdlet.Facts.Outputs.Select(Output)));
        Section(page, "Notes", cmdlet.Source.Notes);
        Section(page, "Related links", string.Join('\n', cmdlet.Source.Links.Select(Link)));
        return page.ToString();
    }

    private static void Section(StringBuilder page, string heading, string text) => page.Append($"\n## {heading}\n\n{text}\n");

    private static string Example(Example example, int index)
    {
        var remarks = example.Remarks.Length == 0 ? string.Empty : $"\n\n{example.Remarks}";
        return $"### {index + 1}. {example.Title}\n\n```powershell\n{example.Code}\n```\n\n```text\n{example.Output}\n```{remarks}";
    }

    private static string Parameter(Parameter parameter)
    {
        var text = new StringBuilder($"### -{parameter.Name}\n\n{ParameterText.Description(parameter)}\n\n");
        foreach (var value in parameter.Values) text.Append($"- `{value.Name}`: {value.Text}\n");
        if (parameter.Values.Count > 0) text.Append('\n');
        var type = parameter.IsSwitch ? "switch" : parameter.Type;
        var position = parameter.Position?.ToString() ?? "named";
        var aliases = parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases.Select(alias => $"`{alias}`"));
        text.Append("| Type | Required | Position | Default | From the pipeline | Wildcards | Aliases |\n|---|---|---|---|---|---|---|\n");
        text.Append($"| `{type}` | {YesNo(parameter.IsRequired)} | {position} | {Default(parameter)} | {ParameterText.Pipeline(parameter)} | {YesNo(parameter.Wildcards)} | {aliases} |");
        return text.ToString();
    }

    private static string Default(Parameter parameter) => parameter.Default == "None" ? "none" : $"`{parameter.Default}`";

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static string Output(OutputType output)
    {
        var rows = output.Properties.Select(property => $"| `{property.Name}` | {property.Text.Replace("|", "\\|", StringComparison.Ordinal)} |");
        return $"`{output.Name}`: {output.Description}\n\n| Property | Meaning |\n|---|---|\n{string.Join('\n', rows)}";
    }

    private static string Link(Link link) => link.Address.Length == 0 ? $"- {link.Text}" : $"- [{link.Text}]({link.Address})";
}
