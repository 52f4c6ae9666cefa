using EbsPv.Help.Model;

namespace EbsPv.Help.Writing;

/// <summary>The way to call a cmdlet, as PowerShell writes it.</summary>
internal static class SyntaxLine
{
    private const int Width = 100;

    public static string Of(string cmdlet, IReadOnlyList<Parameter> parameters)
    {
        var lines = new List<string> { cmdlet };
        foreach (var part in parameters.Select(Part).Append("[<CommonParameters>]"))
        {
            if (lines[^1].Length + part.Length >= Width) lines.Add($"   {part}");
            else lines[^1] = $"{lines[^1]} {part}";
        }

        return string.Join('\n', lines);
    }

    private static string Part(Parameter parameter)
    {
        if (parameter.IsSwitch) return $"[-{parameter.Name}]";
        var name = parameter.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        var values = parameter.Values.Count == 0 ? $"<{parameter.Type}>" : $"{{{string.Join(" | ", parameter.Values.Select(value => value.Name))}}}";
        return parameter.IsRequired ? $"{name} {values}" : $"[{name} {values}]";
    }
}
