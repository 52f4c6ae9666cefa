using System.Security.Cryptography;
using EbsPv.Sandbox.Ec2.Iam;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;
using EbsPv.Sandbox.Server;

namespace EbsPv.Sandbox.Ec2;

/// <summary>Everything this EC2 knows. Records are immutable; each change is made whole under one lock.</summary>
public sealed class Ec2State(SandboxClock clock, Ec2Settings settings)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, EbsVolume> _volumes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Ec2Instance> _instances = new(StringComparer.Ordinal);
    private readonly ClientTokens _tokens = new();
    private readonly Ec2Settings _firstSettings = settings;
    private EbsVolume[]? _orderedVolumes;
    private Ec2Instance[]? _orderedInstances;
    private Ec2Settings _settings = settings;
    private long _sequence;

    public SandboxClock Clock => clock;

    public SnapshotStore Snapshots { get; } = new();

    public AccessPolicies Policies { get; } = new();

    public Ec2Settings Settings
    {
        get => Volatile.Read(ref _settings);
        set
        {
            Volatile.Write(ref _settings, value);
            FinishDetaching();
        }
    }

    /// <summary>Every volume there ever was, in the order of creation; also what is gone or not shown yet.</summary>
    public IReadOnlyList<EbsVolume> AllVolumes
    {
        get { lock (_gate) return _orderedVolumes ??= [.. _volumes.Values.OrderBy(volume => volume.Sequence)]; }
    }

    /// <summary>The volumes that exist now, in the order of creation.</summary>
    public IReadOnlyList<EbsVolume> Volumes
    {
        get
        {
            var now = clock.GetUtcNow();
            return [.. AllVolumes.Where(volume => !volume.IsGone(now))];
        }
    }

    public IReadOnlyList<Ec2Instance> Instances
    {
        get { lock (_gate) return _orderedInstances ??= [.. _instances.Values.OrderBy(instance => instance.Sequence)]; }
    }

    public static string NewId(string prefix) => $"{prefix}-0{RandomNumberGenerator.GetHexString(16, lowercase: true)}";

    public EbsVolume? FindVolume(string volumeId)
    {
        lock (_gate) return _volumes.GetValueOrDefault(volumeId);
    }

    /// <summary>The state of a volume now; deleted for one that is gone or never was.</summary>
    public string StateOf(string volumeId) => FindVolume(volumeId)?.StateAt(clock.GetUtcNow()) ?? VolumeState.Deleted;

    /// <summary>A volume that can be acted upon: it is there, and in this region.</summary>
    public EbsVolume ExistingVolume(string region, string volumeId, DateTimeOffset now)
    {
        lock (_gate) return Existing(region, volumeId, now);
    }

    public EbsVolume AddVolume(EbsVolume volume)
    {
        lock (_gate) return Put(volume with { Sequence = ++_sequence });
    }

    /// <summary>Adds an instance, or puts another in the place of the one with its id.</summary>
    public Ec2Instance AddInstance(Ec2Instance instance)
    {
        lock (_gate)
        {
            var known = _instances.GetValueOrDefault(instance.InstanceId);
            _orderedInstances = null;
            return _instances[instance.InstanceId] = instance with { Sequence = known?.Sequence ?? ++_sequence };
        }
    }

    public void AddSnapshot(EbsSnapshot snapshot) => Snapshots.Add(snapshot);

    /// <summary>Changes a volume, whatever EC2 would say to it: for tests and seeds.</summary>
    public EbsVolume Change(string volumeId, Func<EbsVolume, EbsVolume> change)
    {
        lock (_gate)
        {
            var volume = _volumes.GetValueOrDefault(volumeId) ?? throw Ec2Errors.VolumeNotFound(volumeId);
            return Put(change(volume));
        }
    }

    /// <summary>Detaches a volume from an instance; in a zone that has failed it stays detaching until the zone is back.</summary>
    public void Detach(string volumeId, string instanceId)
    {
        lock (_gate)
        {
            if (_volumes.GetValueOrDefault(volumeId) is not { } volume) return;
            Put(volume with { Attachments = [.. volume.Attachments.Select(one => one.InstanceId == instanceId ? one with { Status = "detaching" } : one)] });
            FinishDetaching();
        }
    }

    public EbsVolume Attach(string volumeId, string instanceId, string device = "/dev/sdf", bool deleteOnTermination = false) =>
        Change(volumeId, volume => volume with
        {
            Attachments =
            [
                .. volume.Attachments.Where(attachment => attachment.InstanceId != instanceId),
                new VolumeAttachment
                {
                    InstanceId = instanceId,
                    Device = device,
                    AttachTime = clock.GetUtcNow(),
                    DeleteOnTermination = deleteOnTermination,
                },
            ],
        });

    /// <summary>Writes on a volume that is there, as the pod that mounts it would: in place of what it holds, or behind it.</summary>
    public EbsVolume Write(string volumeId, ReadOnlyMemory<byte> content, bool append) => Change(volumeId, volume =>
        volume.IsGone(clock.GetUtcNow())
            ? throw Ec2Errors.VolumeNotFound(volumeId)
            : volume with { Content = append ? (byte[])[.. volume.Content.Span, .. content.Span] : content });

    public EbsVolume Detach(string volumeId) => Change(volumeId, volume => volume with { Attachments = [] });

    /// <summary>Forces a state on a volume, as seen from now on.</summary>
    public EbsVolume Force(string volumeId, string state) => Change(volumeId, volume => volume.Forced(state, clock.GetUtcNow()));

    /// <summary>Creates a volume, or answers the one that the same request made before.</summary>
    public (EbsVolume Volume, bool IsNew) CreateVolume(Ec2Request request, VolumeSpec spec, string? token)
    {
        var fingerprint = ClientTokens.Fingerprint(request.Parameters);
        lock (_gate)
        {
            // Before the token, as EC2 has it: at the limit of the account a repeated request is refused, too.
            CheckQuota(request.Region, request.Now);
            if (token is not null && EarlierOne(request, token, fingerprint) is { } earlier) return (earlier, false);
            if (Settings.ZonesWithoutCapacity.Contains(spec.AvailabilityZone) || Settings.ZoneOutages.ContainsKey(spec.AvailabilityZone))
                throw new Ec2Exception("InsufficientVolumeCapacity",
                    "There is not enough capacity to fulfill your EBS volume request.", StatusCodes.Status503ServiceUnavailable);

            var volume = Put(NewVolume(request, spec));
            if (token is not null) _tokens.Remember(request.Region, token, fingerprint, request.Now, volume.VolumeId);
            return (volume, true);
        }
    }

    public void DeleteVolume(string region, string volumeId, DateTimeOffset now)
    {
        lock (_gate)
        {
            var volume = Existing(region, volumeId, now);
            if (volume.Attachments.Count > 0) throw Ec2Errors.VolumeInUse(volumeId, volume.Attachments[0].InstanceId);
            var state = volume.StateAt(now);
            if (state == VolumeState.Deleting) throw Ec2Errors.VolumeNotFound(volumeId);
            if (state is not (VolumeState.Available or VolumeState.Error)) throw Ec2Errors.IncorrectState(volumeId, state);
            Put(volume with { DeletedAt = now, GoneAt = now + Settings.DeleteTime, ForcedState = null });
        }
    }

    /// <summary>Begins to modify a volume.</summary>
    public VolumeModification ModifyVolume(Ec2Request request, VolumeModificationSpec spec)
    {
        lock (_gate)
        {
            // What the last modification made of it becomes what this one starts from.
            var volume = Existing(request.Region, spec.VolumeId, request.Now).At(request.Now);
            var modification = VolumeModificationRules.Begin(volume, spec, Settings, request.Now);
            if (!request.IsDryRun) Put(volume with { Modifications = [.. volume.Modifications, modification] });
            return modification;
        }
    }

    /// <summary>Changes the tags of all or none.</summary>
    public void ChangeTags(
        string region, IReadOnlyList<string> resourceIds, DateTimeOffset now, Func<IReadOnlyList<Ec2Tag>, IReadOnlyList<Ec2Tag>> change)
    {
        lock (_gate)
        {
            var volumes = resourceIds.Where(IsVolumeId).Select(id => Existing(region, id, now)).ToArray();
            var instances = resourceIds.Where(id => !IsVolumeId(id)).Select(id => ExistingInstance(region, id)).ToArray();
            var changedVolumes = Array.ConvertAll(volumes, volume => volume with { Tags = change(volume.Tags) });
            var changedInstances = Array.ConvertAll(instances, instance => instance with { Tags = change(instance.Tags) });
            foreach (var volume in changedVolumes) Put(volume);
            foreach (var instance in changedInstances) AddInstance(instance);
        }
    }

    /// <summary>Nothing but the settings it started with.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _volumes.Clear();
            _instances.Clear();
            Snapshots.Clear();
            _tokens.Clear();
            Policies.Clear();
            _orderedVolumes = null;
            _orderedInstances = null;
            Settings = _firstSettings;
        }
    }

    private static bool IsVolumeId(string id) => id.StartsWith("vol-", StringComparison.Ordinal);

    private EbsVolume Put(EbsVolume volume)
    {
        _orderedVolumes = null;
        return _volumes[volume.VolumeId] = volume;
    }

    private void FinishDetaching()
    {
        lock (_gate)
            foreach (var volume in _volumes.Values.Where(one => one.Attachments.Any(IsDetaching) && !Settings.ZoneOutages.ContainsKey(one.AvailabilityZone)).ToArray())
                Put(volume with { Attachments = [.. volume.Attachments.Where(one => !IsDetaching(one))] });
    }

    private static bool IsDetaching(VolumeAttachment attachment) => attachment.Status == "detaching";

    private EbsVolume Existing(string region, string volumeId, DateTimeOffset now)
    {
        var volume = _volumes.GetValueOrDefault(volumeId);
        if (volume is null || volume.Region != region || volume.IsGone(now)) throw Ec2Errors.VolumeNotFound(volumeId);
        return volume;
    }

    private Ec2Instance ExistingInstance(string region, string id)
    {
        if (!id.StartsWith("i-", StringComparison.Ordinal)) throw new Ec2Exception("InvalidID", $"The ID '{id}' is not valid");
        return _instances.TryGetValue(id, out var instance) && instance.Region == region ? instance : throw Ec2Errors.InstanceNotFound([id]);
    }

    private void CheckQuota(string region, DateTimeOffset now)
    {
        if (Settings.VolumeQuota is not { } quota) return;
        if (_volumes.Values.Count(volume => volume.Region == region && !volume.IsGone(now)) >= quota)
            throw new Ec2Exception("VolumeLimitExceeded", $"Maximum number of volumes ({quota}) in region {region} exceeded.");
    }

    private EbsVolume? EarlierOne(Ec2Request request, string token, string fingerprint)
    {
        var volumeId = _tokens.FindVolume(request.Region, token, fingerprint, request.Now, Settings.TokenLifetime);
        if (volumeId is null) return null;
        var volume = _volumes[volumeId];
        return volume.StateAt(request.Now) is VolumeState.Deleting or VolumeState.Deleted or VolumeState.Error
            ? throw Ec2Errors.TokenOfDeleted()
            : volume;
    }

    private EbsVolume NewVolume(Ec2Request request, VolumeSpec spec)
    {
        var snapshot = VolumeSource.Check(spec, spec.SnapshotId is null ? null : Snapshots.Find(request.Region, spec.SnapshotId), request.Now);
        var size = spec.Size ?? snapshot!.VolumeSize;
        var sequence = ++_sequence;
        var ready = request.Now + Settings.CreateTime + (Settings.CreateTimeSpread * Fraction(sequence));
        var fails = spec.KmsKeyId?.Contains("bad", StringComparison.Ordinal) == true;
        return new EbsVolume
        {
            VolumeId = NewId("vol"),
            Sequence = sequence,
            Region = request.Region,
            AvailabilityZone = spec.AvailabilityZone,
            Size = size,
            VolumeType = spec.Type.Name,
            Iops = spec.Type.ShownIops(size, spec.Iops),
            Throughput = spec.Type.AllowsThroughput ? spec.Throughput ?? 125 : null,
            Encrypted = spec.Encrypted || snapshot?.Encrypted == true,
            KmsKeyId = spec.KmsKeyId,
            SnapshotId = spec.SnapshotId,
            MultiAttachEnabled = spec.MultiAttachEnabled,
            VolumeInitializationRate = spec.VolumeInitializationRate,
            CreateTime = request.Now,
            Tags = spec.Tags,
            VisibleFrom = request.Now + Settings.VisibilityDelay,
            AvailableFrom = ready,
            FailsAt = fails ? ready : null,
            GoneAt = fails ? ready + Settings.ErrorTime : null,
            Content = snapshot?.Content ?? default,
        };
    }

    /// <summary>Evenly spread between 0 and 1, and the same in every run.</summary>
    private static double Fraction(long sequence) => sequence * 0.6180339887498949 % 1;
}
