namespace EbsPv.Volumes;

/// <summary>Whether a volume that is there may stand for one that is asked for.</summary>
public static class VolumeContradiction
{
    /// <summary>What about a volume contradicts what was typed; null when nothing does. Larger satisfies smaller; tags never contradict.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="spec">What was typed; null is what was not.</param>
    /// <param name="volumeTypeTyped">Whether the type was typed.</param>
    public static string? Of(ClusterEbsVolume volume, VolumeSpec spec, bool volumeTypeTyped)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(spec);
        if (volume.Size < spec.Size) return $"{volume} has {volume.Size} GiB, and {spec.Size} are asked for";
        if (volumeTypeTyped && volume.VolumeType != spec.VolumeType) return $"{volume} is {volume.VolumeType}, and {spec.VolumeType} is asked for";
        if (spec.Iops is { } iops && volume.Iops != iops) return $"{volume} has {volume.Iops} IOPS, and {iops} are asked for";
        if (spec.Throughput is { } throughput && volume.Throughput != throughput)
            return $"{volume} has {volume.Throughput} MiB/s, and {throughput} are asked for";
        if (spec.Encrypted is { } encrypted && volume.Encrypted != encrypted)
            return $"{volume} is {(volume.Encrypted ? "encrypted" : "not encrypted")}, and the opposite is asked for";
        if (spec.KmsKeyId is { } key && KmsKeyRule.Differs(key, volume.KmsKeyId)) return $"{volume} is encrypted with another key than {key}";
        return null;
    }
}
