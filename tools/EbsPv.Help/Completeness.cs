using EbsPv.Help.Model;

namespace EbsPv.Help;

/// <summary>Refuses help with holes.</summary>
internal static class Completeness
{
    private const int FewestExamples = 3;

    public static void Check(IEnumerable<CmdletHelp> cmdlets)
    {
        var holes = cmdlets.SelectMany(cmdlet => Holes(cmdlet).Select(hole => $"{cmdlet.Facts.Name}: {hole}")).ToList();
        if (holes.Count > 0) throw new HelpException(string.Join('\n', holes));
    }

    private static IEnumerable<string> Holes(CmdletHelp cmdlet)
    {
        if (cmdlet.Facts.Synopsis.Length == 0) yield return "the class has no summary";
        if (cmdlet.Source.Description.Length == 0) yield return "no description";
        if (cmdlet.Source.Inputs.Count == 0) yield return "no inputs";
        if (cmdlet.Source.Notes.Length == 0) yield return "no notes";
        if (cmdlet.Source.Links.Count == 0) yield return "no related links";
        if (cmdlet.Source.Examples.Count < FewestExamples) yield return $"fewer than {FewestExamples} examples";
        foreach (var example in cmdlet.Source.Examples.Where(example => example.Code.Length == 0 || example.Output.Length == 0))
            yield return $"the example '{example.Title}' has no code or no output";
        foreach (var parameter in cmdlet.Facts.Parameters.Where(parameter => parameter.Description.Length == 0))
            yield return $"-{parameter.Name} has no summary";
    }
}
