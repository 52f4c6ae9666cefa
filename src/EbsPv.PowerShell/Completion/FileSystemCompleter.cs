using EbsPv.PersistentVolumes;

namespace EbsPv.PowerShell.Completion;

/// <summary>File systems that the drivers know.</summary>
public sealed class FileSystemCompleter : ListCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Candidates() => MountRules.FileSystems;
}
