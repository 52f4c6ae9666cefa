using EbsPv.PowerShell.Loading;

namespace EbsPv.PowerShell.Completion;

/// <summary>Profiles of the AWS configuration files.</summary>
public sealed class ProfileCompleter : ListCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Candidates() => Connectors.Instance.ListProfiles();
}
