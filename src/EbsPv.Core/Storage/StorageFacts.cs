using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Swaps;
using EbsPv.Zones;

namespace EbsPv.Storage;

/// <summary>What Kubernetes says of a cluster's storage, read once: what is joined with EC2's volumes.</summary>
public sealed class StorageFacts
{
    private readonly ILookup<string, RegisteredVolume> _byVolumeId;
    private readonly ILookup<string, ClusterPod> _podsByClaim;
    private readonly ILookup<string, VolumeAttachmentInfo> _attachments;
    private readonly Dictionary<string, EbsPersistentVolumeClaim> _claims;
    private readonly Dictionary<string, ClusterNode> _nodes;
    private readonly Dictionary<string, EbsPersistentVolume> _holders;

    /// <summary>Facts of what was read.</summary>
    public StorageFacts(
        IReadOnlyList<EbsPersistentVolume> persistentVolumes,
        IReadOnlyList<EbsPersistentVolumeClaim> claims,
        IReadOnlyList<ClusterPod> pods,
        IReadOnlyList<VolumeAttachmentInfo> attachments,
        IReadOnlyList<ClusterNode> nodes,
        IReadOnlyList<StorageClassInfo> storageClasses)
    {
        ArgumentNullException.ThrowIfNull(persistentVolumes);
        Nodes = nodes;
        Workers = [.. nodes.Where(WorkerRules.IsWorker)];
        WorkerZones = Workers.Select(node => node.AvailabilityZone!).ToHashSet(StringComparer.Ordinal);
        StorageClasses = storageClasses.ToDictionary(one => one.Name, StringComparer.Ordinal);
        _claims = claims.ToDictionary(claim => claim.ToString(), StringComparer.Ordinal);
        _nodes = nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
        _podsByClaim = pods.Where(pod => !pod.IsFinished)
            .SelectMany(pod => pod.ClaimNames.Select(claim => (Claim: $"{pod.Namespace}/{claim}", Pod: pod)))
            .ToLookup(one => one.Claim, one => one.Pod, StringComparer.Ordinal);
        _attachments = attachments.ToLookup(one => one.PersistentVolumeName, StringComparer.Ordinal);
        var holders = persistentVolumes.Where(SwapHolder.Is).ToList();
        var real = persistentVolumes.Where(volume => !SwapHolder.Is(volume)).ToList();
        _holders = holders.ToDictionary(volume => volume.Name, StringComparer.Ordinal);
        var names = real.Select(volume => SwapHolder.NameFor(volume.Name)).ToHashSet(StringComparer.Ordinal);
        // Between the deletion of the old PersistentVolume and the creation of the new one the holder is all there is.
        PersistentVolumes = [.. real, .. holders.Where(holder => !names.Contains(holder.Name))];
        Names = PersistentVolumes.Select(volume => volume.Name).ToHashSet(StringComparer.Ordinal);
        _byVolumeId = PersistentVolumes.Where(volume => volume.VolumeId is not null).Select(Registered).ToLookup(one => one.PersistentVolume.VolumeId!, StringComparer.Ordinal);
        // For a moment the note on the claim is all that tells of a swap.
        Swaps = new SwapsUnderWay(claims.Where(NotedSwap.IsUnderWay), holders);
    }

    /// <summary>The EBS-backed PersistentVolumes.</summary>
    public IReadOnlyList<EbsPersistentVolume> PersistentVolumes { get; }

    /// <summary>Their names.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>The nodes.</summary>
    public IReadOnlyList<ClusterNode> Nodes { get; }

    /// <summary>The workers that are Ready and take pods.</summary>
    public IReadOnlyList<ClusterNode> Workers { get; }

    /// <summary>Zones with such a worker.</summary>
    public IReadOnlySet<string> WorkerZones { get; }

    /// <summary>The storage classes, by name.</summary>
    public IReadOnlyDictionary<string, StorageClassInfo> StorageClasses { get; }

    /// <summary>The moves, restores and conversions that are not finished.</summary>
    public SwapsUnderWay Swaps { get; }

    /// <summary>The ids of all volumes that a PersistentVolume stands for.</summary>
    public IEnumerable<string> VolumeIds => _byVolumeId.Select(group => group.Key);

    /// <summary>The PersistentVolumes that stand for a volume, by name.</summary>
    public IReadOnlyList<RegisteredVolume> Of(string volumeId) => [.. _byVolumeId[volumeId].OrderBy(one => one.PersistentVolume.Name, StringComparer.Ordinal)];

    /// <summary>The claim that a key, <c>namespace/name</c>, names; null when there is none.</summary>
    public EbsPersistentVolumeClaim? Claim(string? key) => key is null ? null : _claims.GetValueOrDefault(key);

    /// <summary>A node by its name.</summary>
    public ClusterNode? Node(string? name) => name is null ? null : _nodes.GetValueOrDefault(name);

    /// <summary>The claims without a PersistentVolume that ask for one of EBS: of a class that EBS volumes have or that makes them. Others
    /// wait for other storage.</summary>
    public IEnumerable<WaitingClaim> WaitingClaims()
    {
        var used = PersistentVolumes.Select(volume => volume.StorageClassName ?? string.Empty).ToHashSet(StringComparer.Ordinal);
        var reserved = PersistentVolumes.Select(volume => volume.Claim).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return _claims.Values.Where(IsWaiting).Select(claim => new WaitingClaim(claim, [.. _podsByClaim[claim.ToString()]]));

        bool IsWaiting(EbsPersistentVolumeClaim claim)
        {
            // A claim that is Lost and names a PersistentVolume that is there is in the middle of a swap, and stands beside it.
            if (claim.VolumeName is { } name && Names.Contains(name)) return claim.Status == "Pending";
            var provisioner = claim.StorageClassName is { } own ? StorageClasses.GetValueOrDefault(own)?.Provisioner : null;
            // What a lost claim had can no longer be seen: it counts unless its class says that it was something else.
            if (claim.Status == "Lost") return provisioner is null or StorageClassRules.NoProvisioner || IsEbs(provisioner);
            return claim.Status == "Pending" && (reserved.Contains(claim.ToString()) || used.Contains(claim.StorageClassName ?? string.Empty) || IsEbs(provisioner));
        }

        static bool IsEbs(string? provisioner) => provisioner is EbsDrivers.Csi or EbsDrivers.AutoMode or EbsDrivers.InTreeProvisioner;
    }

    private RegisteredVolume Registered(EbsPersistentVolume volume)
    {
        var claim = Claim(volume.Claim) is { } there && (there.VolumeName == volume.Name || there.Uid == volume.ClaimUid) ? there : null;
        var note = claim is not null && NotedSwap.IsUnderWay(claim) ? claim.Annotations : Holder(volume)?.Annotations;
        return new RegisteredVolume(volume)
        {
            Claim = claim,
            Pods = volume.Claim is null ? [] : [.. _podsByClaim[volume.Claim]],
            Attachments = [.. _attachments[volume.Name]],
            IsSwapping = note is not null,
            // The manifest of the new PersistentVolume is the largest part of it, and is not needed.
            Swap = note is null ? null : SwapIntent.In(note) is { } intent ? intent with { Manifest = "{}" } : null,
        };
    }

    private EbsPersistentVolume? Holder(EbsPersistentVolume volume) =>
        SwapHolder.Is(volume) ? volume : _holders.GetValueOrDefault(SwapHolder.NameFor(volume.Name));
}
