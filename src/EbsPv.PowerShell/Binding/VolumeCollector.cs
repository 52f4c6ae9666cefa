using EbsPv.Volumes;

namespace EbsPv.PowerShell.Binding;

/// <summary>The volumes of one run: each once, all of the region and cluster of the first.</summary>
internal sealed class VolumeCollector
{
    private readonly OneOrigin _origin = new("volumes");
    private readonly List<VolumeToChange> _volumes = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public IReadOnlyList<VolumeToChange> Volumes => _volumes;

    public string? Region => _origin.Region;

    public string? ClusterName => _origin.ClusterName;

    public string? Context => _origin.Context;

    /// <summary>Refuses a volume of another region or cluster than the first one's.</summary>
    public void CheckSame(VolumeToChange volume, VolumeOrigin origin) =>
        _origin.Check(origin, $"The volume {volume.VolumeId ?? volume.Known?.ToString() ?? string.Empty}");

    /// <summary>Takes a volume; false when it came before.</summary>
    public bool Add(VolumeToChange volume)
    {
        if (volume.VolumeId is { } id && !_ids.Add(id)) return false;
        _volumes.Add(volume);
        return true;
    }
}
