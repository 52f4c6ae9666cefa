using EbsPv.Snapshots;

namespace EbsPv.PowerShell.Completion;

/// <summary>States of EBS snapshots.</summary>
public sealed class SnapshotStateCompleter : ListCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Candidates() => SnapshotRules.States;
}
