using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Usage;

namespace EbsPv.Swaps;

/// <summary>What a run read of the cluster before its first change, in pages and once, however many PersistentVolumes come.</summary>
public sealed record SwapFacts
{
    /// <summary>The kube context.</summary>
    public required string Context { get; init; }

    /// <summary>The EBS-backed PersistentVolumes, holders among them.</summary>
    public required IReadOnlyList<EbsPersistentVolume> PersistentVolumes { get; init; }

    /// <summary>The state of the cluster from which a watch of them can go on.</summary>
    public required string ResourceVersion { get; init; }

    /// <summary>All claims by <c>namespace/name</c>.</summary>
    public required IReadOnlyDictionary<string, EbsPersistentVolumeClaim> Claims { get; init; }

    /// <summary>Who uses what.</summary>
    public required ClusterUse Use { get; init; }

    /// <summary>What makes pods that mount claims.</summary>
    public required IReadOnlyList<Workload> Workloads { get; init; }

    /// <summary>Swaps that earlier runs noted and did not finish.</summary>
    public required IReadOnlyList<NotedSwap> Noted { get; init; }

    /// <summary>What the server says of those PersistentVolumes that were asked for, as JSON by name.</summary>
    public IReadOnlyDictionary<string, string> Manifests { get; init; } = new Dictionary<string, string>();

    /// <summary>All reads side by side, without manifests.</summary>
    /// <exception cref="Errors.EbsPvException">What the API server refuses: without one of them nothing may be replaced.</exception>
    public static Task<SwapFacts> ReadAsync(ICluster cluster, CancellationToken cancellationToken) => ReadAsync(cluster, [], cancellationToken);

    /// <summary>All reads side by side, with the manifests of some PersistentVolumes: they come with the list.</summary>
    /// <exception cref="Errors.EbsPvException">What the API server refuses: without one of them nothing may be replaced.</exception>
    public static async Task<SwapFacts> ReadAsync(ICluster cluster, IReadOnlyList<WantedPersistentVolume> wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(wanted);
        var volumes = VolumesAsync(cluster, wanted, cancellationToken);
        var claims = ClaimsAsync(cluster, cancellationToken);
        var use = ClusterUse.ReadAsync(cluster, cancellationToken);
        var workloads = cluster.ListWorkloadsAsync(cancellationToken);
        await Task.WhenAll(volumes, claims, use, workloads).ConfigureAwait(false);
        var (all, version, manifests) = await volumes.ConfigureAwait(false);
        var claimList = await claims.ConfigureAwait(false);
        return new SwapFacts
        {
            Context = cluster.Context,
            PersistentVolumes = all,
            ResourceVersion = version,
            Manifests = manifests,
            Claims = claimList.ToDictionary(claim => claim.ToString(), StringComparer.Ordinal),
            Use = await use.ConfigureAwait(false),
            Workloads = await workloads.ConfigureAwait(false),
            Noted = [.. claimList.Select(NotedSwap.On).Concat(all.Where(SwapHolder.Is).Select(NotedSwap.On)).OfType<NotedSwap>().Where(noted => !noted.IsCopied)],
        };
    }

    /// <summary>The claim that has a PersistentVolume, also while a fence stands between the two; null for none.</summary>
    public EbsPersistentVolumeClaim? ClaimOf(EbsPersistentVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        if (volume.Claim is not { } key || Claims.GetValueOrDefault(key) is not { } claim || claim.VolumeName != volume.Name) return null;
        return claim.Uid == volume.ClaimUid || claim.Status == "Lost" ? claim : null;
    }

    /// <summary>The PersistentVolume of a claim; null when it has none, or one that is not EBS'.</summary>
    public EbsPersistentVolume? VolumeOf(string claim) =>
        Claims.GetValueOrDefault(claim)?.VolumeName is { } name ? PersistentVolumes.FirstOrDefault(volume => volume.Name == name && !SwapHolder.Is(volume)) : null;

    private static async Task<(List<EbsPersistentVolume> All, string Version, Dictionary<string, string> Manifests)> VolumesAsync(
        ICluster cluster, IReadOnlyList<WantedPersistentVolume> wanted, CancellationToken cancellationToken)
    {
        var names = wanted.Select(one => one.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var disks = wanted.Select(one => one.VolumeId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var (all, version, manifests) = (new List<EbsPersistentVolume>(), "", new Dictionary<string, string>(StringComparer.Ordinal));
        await foreach (var page in cluster.ListPersistentVolumesAsync(cancellationToken).ConfigureAwait(false))
        {
            all.AddRange(page.Items);
            version = page.ResourceVersion;
            foreach (var volume in page.Items.Where(volume => names.Contains(volume.Name) || (volume.VolumeId is { } disk && disks.Contains(disk))))
                if (page.Manifest(volume.Name) is { } manifest)
                    manifests[volume.Name] = manifest;
        }

        return (all, version, manifests);
    }

    private static async Task<List<EbsPersistentVolumeClaim>> ClaimsAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        var all = new List<EbsPersistentVolumeClaim>();
        await foreach (var page in cluster.ListAllClaimsAsync(cancellationToken).ConfigureAwait(false)) all.AddRange(page);
        return all;
    }
}
