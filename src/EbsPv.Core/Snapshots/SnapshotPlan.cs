using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Volumes;

namespace EbsPv.Snapshots;

/// <summary>A snapshot that is to be made.</summary>
/// <param name="Volume">The volume, just read.</param>
/// <param name="Wanted">The snapshot.</param>
/// <param name="Origin">What it is made for.</param>
/// <param name="Context">The kube context that it carries on.</param>
public sealed record SnapshotPlan(ClusterEbsVolume Volume, NewSnapshot Wanted, SnapshotOrigin Origin, string? Context)
{
    /// <summary>The plan for a volume.</summary>
    /// <param name="volume">The volume that is wanted.</param>
    /// <param name="found">What there is, by id.</param>
    /// <param name="request">The run.</param>
    /// <exception cref="EbsPvException">VolumeNotFound, and what <see cref="SnapshotRules.CheckVolume"/> refuses.</exception>
    public static SnapshotPlan For(VolumeToSnapshot volume, IReadOnlyDictionary<string, ClusterEbsVolume> found, SnapshotRequest request)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(request);
        if (!found.TryGetValue(volume.VolumeId, out var current)) throw VolumesById.NotFound(volume.VolumeId, request.Region);
        SnapshotRules.CheckVolume(current, request.ClusterName, volume.PersistentVolume is not null);
        var origin = new SnapshotOrigin(request.ClusterName, request.Operation, volume.PersistentVolume, volume.Claim);
        var description = request.Description ?? SnapshotTags.DescriptionOf(current);
        return new SnapshotPlan(
            current, new NewSnapshot(volume.VolumeId, request.Operation, description, SnapshotTags.Of(current, origin, request.Tags)), origin, request.Context);
    }

    /// <summary>The snapshot that is yet to be made, as -WhatIf shows it.</summary>
    public ClusterEbsSnapshot Planned() => new()
    {
        Name = Wanted.Tags.First(tag => tag.Key == VolumeTags.Name).Value,
        VolumeId = Wanted.VolumeId,
        Region = Volume.Region,
        ClusterName = Origin.ClusterName,
        SetName = Volume.SetName,
        PersistentVolume = Origin.PersistentVolume,
        Claim = Origin.Claim,
        Source = SnapshotSource.EbsPv,
        Size = Volume.Size,
        State = "planned",
        Encrypted = Volume.Encrypted,
        KmsKeyId = Volume.KmsKeyId,
        Description = Wanted.Description,
        Tags = Wanted.Tags.ToDictionary(tag => tag.Key, tag => tag.Value),
        Context = Context,
    };

    /// <summary>A snapshot that was made by this plan, as the run emits it.</summary>
    internal ClusterEbsSnapshot Made(ClusterEbsSnapshot snapshot) => snapshot with { ClusterName = Origin.ClusterName, Context = Context };
}
