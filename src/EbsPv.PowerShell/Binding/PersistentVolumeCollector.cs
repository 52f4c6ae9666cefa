using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;

namespace EbsPv.PowerShell.Binding;

/// <summary>The PersistentVolumes of one run: each once, all of the region, cluster and context of the first.</summary>
internal sealed class PersistentVolumeCollector
{
    private readonly List<WantedPersistentVolume> _wanted = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private VolumeOrigin? _first;

    public IReadOnlyList<WantedPersistentVolume> Wanted => _wanted;

    public string? Region => _first?.Region;

    public string? ClusterName => _first?.ClusterName;

    public string? Context => _first?.Context;

    /// <summary>Takes one; refuses one of another region, cluster or context than the first one's.</summary>
    public void Add(WantedPersistentVolume wanted, VolumeOrigin origin)
    {
        if (_first is null && origin.ClusterName is { } cluster) _ = ClusterNames.Checked(cluster);
        _first ??= origin;
        Compare(ErrorIds.MixedRegion, "region", wanted, origin.Region, _first.Region);
        Compare(ErrorIds.MixedCluster, "cluster", wanted, origin.ClusterName, _first.ClusterName);
        Compare(ErrorIds.MixedCluster, "kube context", wanted, origin.Context, _first.Context);
        if (_names.Add(wanted.ToString())) _wanted.Add(wanted);
    }

    private static void Compare(string errorId, string what, WantedPersistentVolume wanted, string? given, string? first)
    {
        if (given is null || given == first) return;
        throw EbsPvException.Input(
            errorId,
            $"The PersistentVolume {Escaped.Text(wanted.ToString())} is of the {what} '{Escaped.Text(given)}', and this pipeline began with '{Escaped.Text(first ?? "none")}', whose PersistentVolumes go on.",
            wanted.ToString(),
            $"Run the line once for each {what}.");
    }
}
