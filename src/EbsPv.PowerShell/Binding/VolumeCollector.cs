using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Binding;

/// <summary>The volumes of one run: each once, all of the region and cluster of the first.</summary>
internal sealed class VolumeCollector
{
    private readonly List<VolumeToChange> _volumes = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private bool _begun;

    public IReadOnlyList<VolumeToChange> Volumes => _volumes;

    public string? Region { get; private set; }

    public string? ClusterName { get; private set; }

    public string? Context { get; private set; }

    /// <summary>Refuses a volume of another region or cluster than the first one's.</summary>
    public void CheckSame(VolumeToChange volume, VolumeOrigin origin)
    {
        if (!_begun) Begin(origin);
        var name = volume.VolumeId ?? volume.Known?.ToString() ?? string.Empty;
        if (origin.Region is { } region && region != Region)
            throw Mixed(ErrorIds.MixedRegion, name, "is in the region", region, Region, "region");
        if (origin.ClusterName is { } cluster && cluster != ClusterName)
            throw Mixed(ErrorIds.MixedCluster, name, "belongs to the cluster", cluster, ClusterName, "cluster");
    }

    /// <summary>Takes a volume; false when it came before.</summary>
    public bool Add(VolumeToChange volume)
    {
        if (volume.VolumeId is { } id && !_ids.Add(id)) return false;
        _volumes.Add(volume);
        return true;
    }

    private void Begin(VolumeOrigin origin)
    {
        if (origin.ClusterName is { } cluster) _ = ClusterNames.Checked(cluster);
        Region = origin.Region;
        ClusterName = origin.ClusterName;
        Context = origin.Context;
        _begun = true;
    }

    private static EbsPvException Mixed(string errorId, string volume, string what, string given, string? began, string kind) => EbsPvException.Input(
        errorId,
        $"The volume {Escaped.Text(volume)} {what} '{Escaped.Text(given)}', and this pipeline began with '{Escaped.Text(began ?? "none")}', whose volumes go on.",
        volume,
        $"Run the line once for each {kind}.");
}
