namespace EbsPv.PowerShell.Completion;

/// <summary>Reclaim policies that EBS volumes can have.</summary>
public sealed class ReclaimPolicyCompleter : ListCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Candidates() => ["Retain", "Delete"];
}
