using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.PowerShell.Binding;

/// <summary>Where everything of one run is: what the first record says. A record of elsewhere is refused, and the first one's go on.</summary>
/// <param name="things">What the records are, in the plural.</param>
internal sealed class OneOrigin(string things)
{
    private VolumeOrigin? _first;

    public string? Region => _first?.Region;

    public string? ClusterName => _first?.ClusterName;

    public string? Context => _first?.Context;

    /// <summary>Refuses a record of another region or cluster than the first one's; what names neither goes with the first.</summary>
    public void Check(VolumeOrigin origin, string name)
    {
        if (_first is null && origin.ClusterName is { } given) _ = ClusterNames.Checked(given);
        _first ??= origin;
        if (origin.Region is { } region && region != Region) throw Mixed(ErrorIds.MixedRegion, name, "is in the region", region, Region, "region");
        if (origin.ClusterName is { } cluster && cluster != ClusterName) throw Mixed(ErrorIds.MixedCluster, name, "belongs to the cluster", cluster, ClusterName, "cluster");
    }

    private EbsPvException Mixed(string errorId, string name, string what, string given, string? began, string kind) => EbsPvException.Input(
        errorId,
        $"{Escaped.Text(name)} {what} '{Escaped.Text(given)}', and this pipeline began with '{Escaped.Text(began ?? "none")}', whose {things} go on.",
        name,
        $"Run the line once for each {kind}.");
}
