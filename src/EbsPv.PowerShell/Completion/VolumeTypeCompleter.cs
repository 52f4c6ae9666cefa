using EbsPv.Volumes;

namespace EbsPv.PowerShell.Completion;

/// <summary>Volume types of EBS.</summary>
public sealed class VolumeTypeCompleter : ListCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Candidates() => VolumeTypes.Names;
}
