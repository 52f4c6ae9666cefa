using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.PersistentVolumes;

/// <summary>How many nodes and pods an EBS volume can serve.</summary>
/// <remarks>Sources: the validation of Kubernetes' API server; the EBS CSI driver's documentation on Multi-Attach.</remarks>
public static class AccessModeRules
{
    /// <summary>Written by one node at a time.</summary>
    public const string Once = "ReadWriteOnce";

    /// <summary>Written by one pod at a time.</summary>
    public const string OncePod = "ReadWriteOncePod";

    /// <summary>Written by many nodes.</summary>
    public const string Many = "ReadWriteMany";

    private static readonly (string Name, string Short)[] Modes = [(Once, "RWO"), (OncePod, "RWOP"), (Many, "RWX"), ("ReadOnlyMany", "ROX")];

    /// <summary>The modes in Kubernetes' spelling; null when none are given.</summary>
    /// <exception cref="EbsPvException">AccessModeUnsupported.</exception>
    public static IReadOnlyList<string>? Checked(IReadOnlyList<string>? modes)
    {
        if (modes is null || modes.Count == 0) return null;
        var spelled = modes.Select(Spelled).Distinct().ToList();
        if (spelled.Count > 1 && spelled.Contains(OncePod))
            throw Unsupported(string.Join(", ", spelled), "ReadWriteOncePod cannot be combined with another mode.", $"Use -AccessMode {OncePod} alone.");
        return spelled;
    }

    /// <summary>Refuses to share a volume that cannot be shared.</summary>
    /// <exception cref="EbsPvException">AccessModeUnsupported, MultiAttachNotAllowed.</exception>
    public static void CheckSharing(VolumeToRegister volume, IReadOnlyList<string> modes, string volumeMode)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(modes);
        if (!modes.Contains(Many)) return;
        if (volumeMode != MountRules.Block)
            throw Unsupported(Many, "a file system on an EBS volume is torn when two nodes write it; only the raw device can be shared.", $"Use -VolumeMode Block for software that shares a device, else -AccessMode {Once}.");
        if (volume is { VolumeType: "io2", MultiAttachEnabled: true }) return;
        throw new EbsPvException(
            ErrorKind.InvalidState,
            ErrorIds.MultiAttachNotAllowed,
            $"ReadWriteMany needs an io2 volume with Multi-Attach, and {volume.VolumeId ?? volume.Name} {Shown(volume)}.")
        {
            Target = volume.VolumeId ?? volume.Name,
            RecommendedAction = "Make one with New-ClusterEbsVolume -VolumeType io2 -Iops <n> -MultiAttachEnabled, or register this one with -AccessMode ReadWriteOnce.",
        };
    }

    private static string Shown(VolumeToRegister volume)
    {
        if (volume.VolumeType is null || volume.MultiAttachEnabled is null) return "came without its type: pipe it from Get-ClusterEbsVolume";
        return volume.VolumeType == "io2" ? "has Multi-Attach switched off" : $"is {Escaped.Text(volume.VolumeType)}";
    }

    private static string Spelled(string mode)
    {
        var known = Array.Find(Modes, one => one.Name.Equals(mode, StringComparison.OrdinalIgnoreCase) || one.Short.Equals(mode, StringComparison.OrdinalIgnoreCase));
        return known.Name switch
        {
            null => throw Unsupported(mode, "Kubernetes has no such mode.", $"Use {Once}, {OncePod} or {Many}."),
            "ReadOnlyMany" => throw Unsupported(known.Name, "no EBS driver attaches one volume to several nodes for reading.", $"Use {Once}, and set readOnly where the pod mounts it; for several nodes make a volume for each from one snapshot."),
            _ => known.Name,
        };
    }

    private static EbsPvException Unsupported(string mode, string reason, string action) => EbsPvException.Input(
        ErrorIds.AccessModeUnsupported, $"The access mode '{Escaped.Text(mode)}' is not possible: {reason}", mode, action);
}
