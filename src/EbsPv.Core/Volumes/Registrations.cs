using EbsPv.Ports;
using EbsPv.Removal;
using EbsPv.Swaps;

namespace EbsPv.Volumes;

/// <summary>Which volumes a cluster has PersistentVolumes for, or is about to have.</summary>
/// <param name="VolumeIds">Volumes that a PersistentVolume points to.</param>
/// <param name="Swaps">Moves and restores that are under way: between two of their steps a disk has no PersistentVolume.</param>
public sealed record Registrations(IReadOnlySet<string> VolumeIds, SwapsUnderWay Swaps)
{
    /// <summary>Reads PersistentVolumes and claims page by page, and keeps ids and notes alone.</summary>
    /// <exception cref="Errors.EbsPvException">What the cluster refuses: without its answer every volume would look unregistered.</exception>
    public static async Task<Registrations> ReadAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        // The claims first: what is noted no more when they come is a PersistentVolume by then.
        var claims = await SwapsUnderWay.NotedClaimsAsync(cluster, cancellationToken).ConfigureAwait(false);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var holders = new List<EbsPersistentVolume>();
        await foreach (var page in cluster.ListPersistentVolumesAsync(cancellationToken).ConfigureAwait(false))
        {
            ids.UnionWith(page.Items.Select(volume => volume.VolumeId).OfType<string>());
            holders.AddRange(page.Items.Where(volume => SwapIntent.IsNotedIn(volume.Annotations)));
        }

        return new Registrations(ids, new SwapsUnderWay(claims, holders));
    }

    /// <summary>The same, once it is shown that the cluster that is asked is the volumes'.</summary>
    /// <exception cref="Errors.EbsPvException">ClusterMismatch, ClusterNotVerified, and what <see cref="ReadAsync(ICluster, CancellationToken)"/> throws.</exception>
    public static async Task<Registrations> ReadVerifiedAsync(
        IEc2 ec2, ICluster cluster, string clusterName, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var evidence = ClusterEvidence.ReadAsync(ec2, cluster, clusterName, reporter, cancellationToken);
        var registrations = ReadAsync(cluster, cancellationToken);
        await Task.WhenAll(evidence, registrations).ConfigureAwait(false);
        var subject = new ClusterSubject(clusterName, "the volumes", clusterName) { Otherwise = "Which of them are unregistered is not known." };
        if ((await evidence.ConfigureAwait(false)).Refusal(subject) is { } refusal) throw refusal;
        return await registrations.ConfigureAwait(false);
    }

    /// <summary>Whether nothing in the cluster stands for a volume, nor is about to: somebody may register it, or remove it. Retired volumes, the
    /// driver's own and those that are going are none of these.</summary>
    public bool Lacks(ClusterEbsVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return !VolumeIds.Contains(volume.VolumeId!)
            && volume.State is not ("deleting" or "deleted")
            && !VolumeTags.IsRetired(volume.Tags)
            && VolumeOwnership.ProvisionerTag(volume.Tags) is null
            && !Swaps.Name(volume.VolumeId, volume.Tags.GetValueOrDefault(VolumeTags.Replaces), volume.Tags.GetValueOrDefault(Snapshots.SnapshotTags.Operation));
    }
}
