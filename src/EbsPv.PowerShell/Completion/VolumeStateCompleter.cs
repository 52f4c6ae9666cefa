using EbsPv.Volumes;

namespace EbsPv.PowerShell.Completion;

/// <summary>States of EBS volumes.</summary>
public sealed class VolumeStateCompleter : ListCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Candidates() => VolumeStates.Names;
}
