using EbsPv.PersistentVolumes;

namespace EbsPv.PowerShell.Completion;

/// <summary>Access modes that EBS volumes can have.</summary>
public sealed class AccessModeCompleter : ListCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Candidates() => [AccessModeRules.Once, AccessModeRules.OncePod, AccessModeRules.Many];
}
