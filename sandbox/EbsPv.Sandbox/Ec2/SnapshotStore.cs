using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2;

/// <summary>The snapshots, and how fast EC2 lets them be made. Each change is made whole under one lock.</summary>
public sealed class SnapshotStore
{
    /// <summary>EC2 takes one snapshot of a volume in this time.</summary>
    public static readonly TimeSpan VolumePause = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, EbsSnapshot> _snapshots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _lastOfVolume = new(StringComparer.Ordinal);
    private long _sequence;

    /// <summary>All of a region, in the order of creation.</summary>
    public IReadOnlyList<EbsSnapshot> Of(string region)
    {
        lock (_gate) return [.. _snapshots.Values.Where(snapshot => snapshot.Region == region).OrderBy(snapshot => snapshot.Sequence)];
    }

    public EbsSnapshot? Find(string region, string snapshotId)
    {
        lock (_gate) return _snapshots.TryGetValue(snapshotId, out var found) && found.Region == region ? found : null;
    }

    /// <summary>Puts one there, whatever EC2 would say to it: for tests and seeds.</summary>
    public EbsSnapshot Add(EbsSnapshot snapshot)
    {
        lock (_gate) return _snapshots[snapshot.SnapshotId] = snapshot with { Sequence = ++_sequence };
    }

    public EbsSnapshot Create(Ec2Request request, EbsVolume volume, string description, IReadOnlyList<Ec2Tag> tags, Ec2Settings settings)
    {
        lock (_gate)
        {
            CheckRate(volume, request.Now);
            var snapshot = new EbsSnapshot
            {
                SnapshotId = Ec2State.NewId("snap"),
                Sequence = ++_sequence,
                Region = volume.Region,
                VolumeId = volume.VolumeId,
                VolumeSize = volume.Size,
                Encrypted = volume.Encrypted,
                KmsKeyId = volume.KmsKeyId,
                Description = description,
                StartTime = request.Now,
                Status = SnapshotState.Pending,
                EndsAt = request.Now + settings.SnapshotTime,
                EndStatus = settings.SnapshotsFail ? SnapshotState.Error : SnapshotState.Completed,
                VisibleFrom = request.Now + settings.VisibilityDelay,
                Tags = tags.ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal),
                Content = volume.Content,
            };
            _lastOfVolume[volume.VolumeId] = request.Now;
            return _snapshots[snapshot.SnapshotId] = snapshot;
        }
    }

    public void Delete(string region, string snapshotId)
    {
        lock (_gate)
        {
            if (Find(region, snapshotId) is not { } snapshot) throw Ec2Errors.SnapshotNotFound(snapshotId);
            if (snapshot.OwnerId != KopsCluster.AccountId)
                throw new Ec2Exception("AuthFailure", "Not authorized for images", StatusCodes.Status401Unauthorized);
            _snapshots.Remove(snapshotId);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _snapshots.Clear();
            _lastOfVolume.Clear();
        }
    }

    private void CheckRate(EbsVolume volume, DateTimeOffset now)
    {
        if (_lastOfVolume.TryGetValue(volume.VolumeId, out var last) && now - last < VolumePause)
            throw new Ec2Exception("SnapshotCreationPerVolumeRateExceeded",
                "The maximum per volume CreateSnapshot request rate has been exceeded. Use an increasing or variable sleep interval between requests.");
        var most = volume.VolumeType is "st1" or "sc1" ? 1 : 5;
        var pending = _snapshots.Values.Count(snapshot => snapshot.VolumeId == volume.VolumeId && snapshot.StatusAt(now) == SnapshotState.Pending);
        if (pending >= most)
            throw new Ec2Exception("ConcurrentSnapshotLimitExceeded", "Maximum allowed in-progress snapshots for a single volume exceeded.");
    }
}
