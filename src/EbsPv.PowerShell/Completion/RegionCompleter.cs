using EbsPv.PowerShell.Loading;

namespace EbsPv.PowerShell.Completion;

/// <summary>Regions that the SDK knows.</summary>
public sealed class RegionCompleter : ListCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Candidates() => Connectors.Instance.ListRegions();
}
