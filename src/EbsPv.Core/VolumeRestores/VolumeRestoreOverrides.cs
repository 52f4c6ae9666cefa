using EbsPv.Errors;
using EbsPv.Volumes;

namespace EbsPv.VolumeRestores;

/// <summary>What a restored volume shall be otherwise than its original; null is kept.</summary>
public sealed record VolumeRestoreOverrides
{
    /// <summary>Size in GiB.</summary>
    public int? Size { get; init; }

    /// <summary>gp3, gp2, io1, io2, st1, sc1 or standard.</summary>
    public string? VolumeType { get; init; }

    /// <summary>IOPS.</summary>
    public int? Iops { get; init; }

    /// <summary>Throughput in MiB/s.</summary>
    public int? Throughput { get; init; }

    /// <summary>Key to encrypt with: an id, an alias or an ARN.</summary>
    public string? KmsKeyId { get; init; }

    /// <summary>Rate in MiB/s at which the snapshot's blocks are loaded, 100 to 300.</summary>
    public int? VolumeInitializationRate { get; init; }

    /// <summary>Value of <see cref="VolumeTypes.Variable"/>.</summary>
    public string? LimitOverrides { get; init; }

    /// <summary>Refuses, without a call, what can be wrong whatever the snapshot is.</summary>
    /// <returns>The same, with the type in EC2's spelling.</returns>
    /// <exception cref="EbsPvException">VolumeTypeUnknown, KmsInvalid, InitRateInvalid, SettingInvalid.</exception>
    public VolumeRestoreOverrides Checked()
    {
        if (KmsKeyId is not null) KmsKeyRule.Check(KmsKeyId, region: null);
        VolumeSpecRules.CheckInitializationRate(VolumeInitializationRate);
        return VolumeType is null ? this : this with { VolumeType = VolumeTypes.Find(VolumeType, LimitOverrides).VolumeType };
    }

    /// <summary>What the volume shall be. Figures of the original that another type does not take are left out; what is only kept is EC2's to
    /// judge, since it has it already.</summary>
    /// <param name="kept">What a copy is.</param>
    /// <param name="snapshotSize">Size of the snapshot's volume in GiB.</param>
    /// <exception cref="EbsPvException">SizeBelowSnapshot, and what <see cref="VolumeSpecRules"/> refuses.</exception>
    public VolumeSpec On(VolumeSpec kept, int snapshotSize)
    {
        ArgumentNullException.ThrowIfNull(kept);
        if (Size < snapshotSize)
            throw EbsPvException.Input(
                ErrorIds.SizeBelowSnapshot, $"-Size {Size} is less than the snapshot {kept.SnapshotId} has: {snapshotSize} GiB.", Size, $"Give {snapshotSize} or more, or leave -Size out.");
        var type = VolumeType ?? kept.VolumeType;
        var isOther = type != kept.VolumeType;
        var spec = kept with
        {
            Size = Size ?? kept.Size,
            VolumeType = type,
            Iops = Iops ?? (VolumeTypes.TakesIops(type) ? kept.Iops : null),
            Throughput = Throughput ?? (VolumeTypes.TakesThroughput(type) ? kept.Throughput : null),
            MultiAttachEnabled = kept.MultiAttachEnabled && (!isOther || VolumeTypes.Find(type, LimitOverrides).MultiAttach),
            Encrypted = KmsKeyId is null ? kept.Encrypted : true,
            KmsKeyId = KmsKeyId ?? kept.KmsKeyId,
            VolumeInitializationRate = VolumeInitializationRate,
        };
        return Size is null && !isOther && Iops is null && Throughput is null ? spec : VolumeSpecRules.Checked(spec, LimitOverrides);
    }

    /// <summary>What about a volume that an earlier run made contradicts what was typed; null when nothing does.</summary>
    public string? Contradiction(ClusterEbsVolume volume)
    {
        var typed = new VolumeSpec { Size = Size ?? 0, VolumeType = VolumeType ?? "", Iops = Iops, Throughput = Throughput, KmsKeyId = KmsKeyId };
        return VolumeContradiction.Of(volume, typed, VolumeType is not null);
    }
}
