using EbsPv.Audit;

namespace EbsPv.PowerShell.Completion;

/// <summary>Codes of findings.</summary>
public sealed class FindingCodeCompleter : ListCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Candidates() => FindingCodes.All;
}
