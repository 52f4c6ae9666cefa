using EbsPv.Defaults;
using EbsPv.PersistentVolumes;
using EbsPv.Swaps;

namespace EbsPv.Repairs;

/// <summary>Repairs in words, for whoever has to say yes to them.</summary>
internal static class RepairText
{
    public static string Tags(EbsPersistentVolumeFinding finding) =>
        $"Tag the volume {finding.VolumeId} with {string.Join(" and ", finding.WantedTags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={Escaped.Text(tag.Value)}"))}";

    public static string NodeAffinity(EbsPersistentVolume volume, IReadOnlyList<NodeRequirement> wanted) =>
        $"Give the PersistentVolume {volume.Name} the node affinity {string.Join(" and ", wanted.Select(one => $"{one.Key} {one.Operator} {string.Join(", ", one.Values)}"))}, which cannot be changed afterwards";

    public static string Retain(EbsPersistentVolume volume) => $"Set the reclaim policy of the PersistentVolume {volume.Name} from {volume.ReclaimPolicy} to Retain";

    public static string GiveBack(EbsPersistentVolume volume, EbsPersistentVolumeClaim? there) => there is null
        ? $"Keep the Released PersistentVolume {volume.Name} for the next claim {Escaped.Text(volume.Claim)}, which gets its data"
        : $"Keep the Released PersistentVolume {volume.Name} for the claim {Escaped.Text(volume.Claim)}, which is there again ({there.Status}{(there.VolumeName is { } other && other != volume.Name ? $" to {other}" : "")})";

    public static string Free(EbsPersistentVolume volume) =>
        $"Keep the Released PersistentVolume {volume.Name} for no claim any more: any claim that fits takes it at once, with all data that {Escaped.Text(volume.Claim)} left on it";

    public static string Convert(SwapSubject subject, bool isResumed)
    {
        if (isResumed) return $"Finish writing the PersistentVolume {subject.Name} for the CSI driver, which an earlier run began";
        var claim = subject.Claim is { } bound ? $"; its claim {Escaped.Text(bound.ToString())} is Lost meanwhile, and Bound again afterwards" : "";
        return $"Write the PersistentVolume {subject.Name} for the CSI driver {EbsDrivers.Csi} in place of the in-tree one: it is replaced under its name, and the volume stays{claim}";
    }
}
