using EbsPv.PersistentVolumes;
using EbsPv.Swaps;

namespace EbsPv.Storage;

/// <summary>
/// What is kept of PersistentVolumes and claims while volumes stream past: what a report shows and an audit judges, with texts that many have
/// in common kept once. A cluster's PersistentVolumes carry manifests and managed fields many times that size.
/// </summary>
internal sealed class StorageDigest
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _labels = new(StringComparer.Ordinal);

    public EbsPersistentVolume Of(EbsPersistentVolume volume) => volume with
    {
        AccessModes = Shared(volume.AccessModes),
        ReclaimPolicy = Shared(volume.ReclaimPolicy),
        Status = Shared(volume.Status)!,
        StorageClassName = Shared(volume.StorageClassName),
        Capacity = Shared(volume.Capacity),
        AvailabilityZone = Shared(volume.AvailabilityZone),
        NodeAffinityZone = Shared(volume.NodeAffinityZone),
        FileSystemType = Shared(volume.FileSystemType),
        VolumeMode = Shared(volume.VolumeMode),
        Region = Shared(volume.Region),
        Labels = Kept(volume.Labels),
        Annotations = Noted(volume.Annotations),
        Finalizers = Shared(volume.Finalizers),
        Owner = [],
        ResourceVersion = null,
    };

    public EbsPersistentVolumeClaim Of(EbsPersistentVolumeClaim claim) => claim with
    {
        Namespace = Shared(claim.Namespace)!,
        Status = Shared(claim.Status)!,
        Request = Shared(claim.Request),
        Capacity = Shared(claim.Capacity),
        AccessModes = Shared(claim.AccessModes),
        StorageClassName = Shared(claim.StorageClassName),
        VolumeMode = Shared(claim.VolumeMode),
        Annotations = Noted(claim.Annotations),
        Conditions = Shared(claim.Conditions),
        ResourceVersion = null,
    };

    private string? Shared(string? text)
    {
        if (text is null) return null;
        if (_texts.TryGetValue(text, out var kept)) return kept;
        _texts.Add(text, text);
        return text;
    }

    private IReadOnlyList<string> Shared(IReadOnlyList<string> list)
    {
        if (list.Count == 0) return [];
        var key = string.Join('\n', list);
        if (!_lists.TryGetValue(key, out var kept)) _lists.Add(key, kept = [.. list]);
        return kept;
    }

    private IReadOnlyDictionary<string, string> Kept(IReadOnlyDictionary<string, string> labels)
    {
        var key = $"{labels.GetValueOrDefault(EbsDrivers.ZoneLabel)}\n{labels.GetValueOrDefault(SwapHolder.Label)}";
        if (!_labels.TryGetValue(key, out var kept))
            _labels.Add(key, kept = labels.Where(label => label.Key is EbsDrivers.ZoneLabel or SwapHolder.Label).ToDictionary(label => label.Key, label => label.Value));
        return kept;
    }

    private static IReadOnlyDictionary<string, string> Noted(IReadOnlyDictionary<string, string> annotations) =>
        annotations.TryGetValue(SwapIntent.Annotation, out var note) ? new Dictionary<string, string> { [SwapIntent.Annotation] = note } : Empty;

    private static readonly IReadOnlyDictionary<string, string> Empty = new Dictionary<string, string>();
}
