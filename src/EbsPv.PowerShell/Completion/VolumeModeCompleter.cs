using EbsPv.PersistentVolumes;

namespace EbsPv.PowerShell.Completion;

/// <summary>Volume modes.</summary>
public sealed class VolumeModeCompleter : ListCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Candidates() => [MountRules.Filesystem, MountRules.Block];
}
