using System.Runtime.CompilerServices;
using EbsPv.Ports;
using EbsPv.Volumes;

namespace EbsPv.Storage;

/// <summary>
/// Joins a cluster's volumes with what Kubernetes says, both ways. Volumes are not kept: each goes on as it arrives; PersistentVolumes
/// whose volumes the cluster's tags did not find are looked up by id afterwards, and claims that wait come last.
/// </summary>
public sealed class StorageJoin
{
    // EC2 is asked for the snapshots of one batch while the next one is gathered.
    private const int Ahead = 1;

    private readonly IEc2 _ec2;
    private readonly StorageFacts _facts;
    private readonly VolumeQuery _query;

    /// <summary>A join over one region.</summary>
    /// <param name="ec2">EC2 of the region.</param>
    /// <param name="facts">What Kubernetes says.</param>
    /// <param name="query">The cluster, and the ids of the volumes that are wanted; none for all of them.</param>
    public StorageJoin(IEc2 ec2, StorageFacts facts, VolumeQuery query)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(query);
        _ec2 = ec2;
        _facts = facts;
        _query = query;
    }

    /// <summary>Whose newest snapshots are looked up.</summary>
    public SnapshotsWanted Snapshots { get; init; } = SnapshotsWanted.All;

    /// <summary>Every volume, every PersistentVolume and every claim without one, each once.</summary>
    public IAsyncEnumerable<StorageItem> ReadAsync(CancellationToken cancellationToken) =>
        Snapshots == SnapshotsWanted.None ? JoinedAsync(cancellationToken) : SnapshotsAsync(JoinedAsync(cancellationToken), cancellationToken);

    private async IAsyncEnumerable<StorageItem> JoinedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var open = (_query.VolumeIds.Count > 0 ? _query.VolumeIds : _facts.VolumeIds).ToHashSet(StringComparer.Ordinal);
        if (_query.VolumeIds.Count == 0)
        {
            await foreach (var volume in ClusterVolumes.FindAsync(_ec2, _query, cancellationToken).ConfigureAwait(false))
            {
                open.Remove(volume.VolumeId!);
                yield return Seen(volume);
            }
        }

        foreach (var batch in Askable(open).Chunk(Ec2Filter.MaxValues))
        {
            // What the tags do not show may be there all the same: a volume that nobody tagged, or that carries another cluster's name.
            var found = await VolumesById.ReadAsync(_ec2, batch, cancellationToken).ConfigureAwait(false);
            foreach (var id in batch) yield return found.TryGetValue(id, out var volume) ? Seen(volume) : Unseen(id, VolumeSight.Gone);
        }

        foreach (var id in open.Except(Askable(open)).Order(StringComparer.Ordinal)) yield return Unseen(id, IsElsewhere(id) ? VolumeSight.Unknown : VolumeSight.Gone);
        if (_query.VolumeIds.Count > 0) yield break;
        foreach (var claim in _facts.WaitingClaims().OrderBy(one => one.Claim.ToString(), StringComparer.Ordinal)) yield return new StorageItem { Claim = claim };
    }

    private async IAsyncEnumerable<StorageItem> SnapshotsAsync(IAsyncEnumerable<StorageItem> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var underWay = new Queue<Task<IReadOnlyList<StorageItem>>>();
        var batch = new List<StorageItem>(Ec2Filter.MaxValues);
        await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            batch.Add(item);
            if (batch.Count < Ec2Filter.MaxValues) continue;
            underWay.Enqueue(AddAsync(batch, cancellationToken));
            batch = new List<StorageItem>(Ec2Filter.MaxValues);
            if (underWay.Count <= Ahead) continue;
            foreach (var done in await underWay.Dequeue().ConfigureAwait(false)) yield return done;
        }

        if (batch.Count > 0) underWay.Enqueue(AddAsync(batch, cancellationToken));
        while (underWay.Count > 0)
            foreach (var done in await underWay.Dequeue().ConfigureAwait(false))
                yield return done;
    }

    private async Task<IReadOnlyList<StorageItem>> AddAsync(List<StorageItem> batch, CancellationToken cancellationToken)
    {
        var ids = batch.Where(IsAskedFor).Select(item => item.VolumeId!).ToList();
        if (ids.Count == 0) return batch;
        var newest = await LatestSnapshots.FindAsync(_ec2, ids, cancellationToken).ConfigureAwait(false);
        return [.. batch.Select(item => item.VolumeId is { } id && newest.TryGetValue(id, out var snapshot) ? item with { LastSnapshot = snapshot } : item)];
    }

    private bool IsAskedFor(StorageItem item)
    {
        if (item.Sight == VolumeSight.Unknown || item.VolumeId is not { } id || !VolumeIdRule.IsId(id)) return false;
        return Snapshots == SnapshotsWanted.All || item.Sight == VolumeSight.Gone || item.Volume?.State == "error";
    }

    private StorageItem Seen(ClusterEbsVolume volume)
    {
        var id = volume.VolumeId!;
        if (VolumeOwnership.IsControlPlane(volume.Tags) || VolumeOwnership.IsNodeRoot(volume)) return Unseen(id, VolumeSight.Unknown);
        return new StorageItem
        {
            VolumeId = id,
            Volume = volume with { ClusterName = _query.ClusterName, Context = _query.Context },
            Sight = volume.State is "deleting" or "deleted" ? VolumeSight.Gone : VolumeSight.Seen,
            Registrations = _facts.Of(id),
        };
    }

    private StorageItem Unseen(string id, VolumeSight sight) => new() { VolumeId = id, Sight = sight, Registrations = _facts.Of(id) };

    private List<string> Askable(IReadOnlySet<string> ids) => [.. ids.Where(id => VolumeIdRule.IsId(id) && !IsElsewhere(id)).Order(StringComparer.Ordinal)];

    private bool IsElsewhere(string id) => _facts.Of(id).Any(one => one.PersistentVolume.Region is { } region && region != _ec2.Region);
}
