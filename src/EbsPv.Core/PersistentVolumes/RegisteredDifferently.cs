namespace EbsPv.PersistentVolumes;

/// <summary>A PersistentVolume that a volume has already, beside the one that was asked for. Only what was said is compared: by parameters,
/// by a document, by a StatefulSet's template.</summary>
public static class RegisteredDifferently
{
    private const int MaxShown = 64;

    /// <summary>The warning; null when it is as it was asked for.</summary>
    public static SharedWarning? Warning(EbsPersistentVolume existing, VolumeToRegister volume, RegistrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(existing);
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(options);
        var differences = Differences(existing, volume, options).ToList();
        return differences.Count == 0 ? null : new SharedWarning(
            "PersistentVolumesDiffer",
            "something else was asked for than is registered and stays as it is, for",
            $"{existing.Name} ({string.Join("; ", differences)})",
            "Unregister-EbsPersistentVolume and the same line again register them anew; the volumes are kept.");
    }

    private static IEnumerable<string> Differences(EbsPersistentVolume existing, VolumeToRegister volume, RegistrationOptions options)
    {
        var asked = MountRules.WithPartition(options.Settings.Over(volume.Settings).Over(volume.Template?.Settings));
        if (Other(existing.StorageClassName ?? "", asked.StorageClassName)) yield return $"class {Shown(existing.StorageClassName)}, not {Shown(asked.StorageClassName)}";
        if (Other(existing.ReclaimPolicy, asked.ReclaimPolicy)) yield return $"policy {existing.ReclaimPolicy}, not {asked.ReclaimPolicy}";
        if (asked.AccessModes is { } modes && !modes.ToHashSet().SetEquals(existing.AccessModes)) yield return $"{string.Join(", ", existing.AccessModes)}, not {string.Join(", ", modes)}";
        if (Other(existing.VolumeMode ?? MountRules.Filesystem, asked.VolumeMode)) yield return $"volume mode {existing.VolumeMode}, not {asked.VolumeMode}";
        if (Other(existing.FileSystemType ?? "ext4", asked.FileSystemType)) yield return $"file system {Shown(existing.FileSystemType)}, not {asked.FileSystemType}";
        if (Other(existing.VolumeAttributesClassName ?? "", asked.VolumeAttributesClassName)) yield return $"attributes class {Shown(existing.VolumeAttributesClassName)}, not {asked.VolumeAttributesClassName}";
        if ((options.IsNamed || volume.Template?.Name is not null) && existing.Name != volume.Name) yield return $"not named {volume.Name}";
        if (asked.MountOptions is { } mounted && !mounted.SequenceEqual(existing.MountOptions)) yield return $"mount options {Shown(string.Join(", ", existing.MountOptions))}, not {Shown(string.Join(", ", mounted))}";
        if (asked.Partition is { } partition && partition != (existing.Partition ?? 0)) yield return $"partition {existing.Partition ?? 0}, not {partition}";
        // A larger one has what was asked for.
        if (volume.Template?.Capacity is { } capacity && Quantity.Bytes(capacity) > Quantity.Bytes(existing.Capacity)) yield return $"capacity {existing.Capacity}, not {capacity}";
        foreach (var difference in Pairs("volume attribute", existing.VolumeAttributes, asked.VolumeAttributes)) yield return difference;
        foreach (var difference in Pairs("label", existing.Labels, asked.Labels).Concat(Pairs("annotation", existing.Annotations, asked.Annotations))) yield return difference;
    }

    // Who makes and deletes a volume, and which command did, is written by itself.
    private static IEnumerable<string> Pairs(string what, IReadOnlyDictionary<string, string> there, IReadOnlyDictionary<string, string> asked) => asked
        .Where(pair => pair.Key is not (AnnotationRules.ProvisionedBy or AnnotationRules.ChangeCause) && there.GetValueOrDefault(pair.Key) != pair.Value)
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => $"{what} {pair.Key} {Short(there.GetValueOrDefault(pair.Key))}, not {Short(pair.Value)}");

    private static string Short(string? value)
    {
        var shown = Shown(value);
        return shown.Length <= MaxShown ? shown : string.Concat(shown.AsSpan(0, MaxShown - 1), "…");
    }

    private static bool Other(string? there, string? asked) => asked is not null && asked != there;

    private static string Shown(string? value) => string.IsNullOrEmpty(value) ? "none" : Defaults.Escaped.Text(value);
}
