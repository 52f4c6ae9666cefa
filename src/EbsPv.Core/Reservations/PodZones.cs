using EbsPv.PersistentVolumes;

namespace EbsPv.Reservations;

/// <summary>Where the pods of a StatefulSet have volumes of its other claim templates: a pod runs in one zone, and gets no node when its
/// volumes are of several.</summary>
internal sealed class PodZones
{
    private const int MaxNamed = 10;

    private readonly Dictionary<int, EbsPersistentVolume> _others = [];
    private readonly List<string> _apart = [];
    private readonly StatefulSetReference _reference;

    /// <param name="reference">The StatefulSet and the template at hand.</param>
    /// <param name="known">Its other templates.</param>
    /// <param name="facts">The PersistentVolumes that there are; null when the cluster is not asked.</param>
    public PodZones(StatefulSetReference reference, StatefulSetFacts known, ClusterFacts? facts)
    {
        _reference = reference;
        var templates = (known.Set?.ClaimTemplates ?? []).Where(one => one.Name != reference.ClaimTemplate).Select(one => reference with { ClaimTemplate = one.Name }).ToList();
        foreach (var volume in facts?.ByVolumeId.SelectMany(volumes => volumes).Where(one => one.AvailabilityZone is not null) ?? [])
            foreach (var ordinal in templates.Select(template => template.OrdinalOf(volume.Claim)).OfType<int>()) _others.TryAdd(ordinal, volume);
    }

    /// <summary>The zone in which a pod has a volume already; null when it has none.</summary>
    public string? Of(int ordinal) => _others.GetValueOrDefault(ordinal)?.AvailabilityZone;

    /// <summary>Notes which volume a pod gets.</summary>
    public void Note(int ordinal, VolumeToRegister volume)
    {
        if (_others.GetValueOrDefault(ordinal) is not { } other || volume.AvailabilityZone is not { } zone || other.AvailabilityZone == zone) return;
        _apart.Add($"{_reference.Name}-{ordinal} ({_reference.ClaimOf(ordinal)} in {zone}, {other.Claim!.Split('/')[^1]} in {other.AvailabilityZone})");
    }

    /// <summary>The warning; null when all is well.</summary>
    public string? Warning => _apart.Count == 0
        ? null
        : $"PodZonesDiffer: these pods have volumes of two zones and get no node: {string.Join(", ", _apart.Take(MaxNamed))}{(_apart.Count > MaxNamed ? $" and {_apart.Count - MaxNamed} more" : "")}. Give as many volumes in each zone for one template as for the other.";
}
