namespace EbsPv.Help.Model;

/// <summary>Everything that the help says about a cmdlet.</summary>
/// <param name="Facts">What the module itself says.</param>
/// <param name="Source">What was written by hand.</param>
internal sealed record CmdletHelp(CmdletFacts Facts, SourcePage Source);
