using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2;

/// <summary>How this EC2 behaves. Stretches of time are sandbox time. Everything can be changed while it runs.</summary>
public sealed record Ec2Settings
{
    /// <summary>From creating to available. Even with zero the answer to CreateVolume says creating, as EC2's does.</summary>
    public TimeSpan CreateTime { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Spread over the volumes and added to <see cref="CreateTime"/>: some take all of it, some none.</summary>
    public TimeSpan CreateTimeSpread { get; init; }

    /// <summary>How long a deleted volume is still shown as deleting.</summary>
    public TimeSpan DeleteTime { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a volume whose creation failed is still shown as error; zero lets it vanish at once.</summary>
    public TimeSpan ErrorTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From pending to the end of a snapshot. Even with zero the answer to CreateSnapshot says pending, as EC2's does.</summary>
    public TimeSpan SnapshotTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether snapshots end as error instead of completed.</summary>
    public bool SnapshotsFail { get; init; }

    /// <summary>How long DescribeVolumes and DescribeSnapshots do not know of what is new.</summary>
    public TimeSpan VisibilityDelay { get; init; }

    /// <summary>How long a modification is modifying, during which the volume keeps what it had.</summary>
    public TimeSpan ModifyTime { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a modification is then optimizing, during which EC2 takes no other.</summary>
    public TimeSpan OptimizeTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long DescribeVolumesModifications does not know of a new modification.</summary>
    public TimeSpan ModificationVisibilityDelay { get; init; }

    /// <summary>The most modifications of a volume within 24 hours.</summary>
    public int ModificationsPerDay { get; init; } = 4;

    /// <summary>Volumes whose modifications end as failed, by id; * for every volume.</summary>
    public IReadOnlyList<string> FailingModifications { get; init; } = [];

    /// <summary>How long EC2 remembers a client token.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long every request takes.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How long requests of an action take, instead of <see cref="Latency"/>.</summary>
    public IReadOnlyDictionary<string, TimeSpan> LatencyByAction { get; init; } = new Dictionary<string, TimeSpan>();

    public bool RateLimits { get; init; } = true;

    /// <summary>Buckets other than the documented ones, by action, or by action and <see cref="DocumentedBuckets.Unfiltered"/>.</summary>
    public IReadOnlyDictionary<string, BucketSize> Buckets { get; init; } = new Dictionary<string, BucketSize>();

    /// <summary>The most volumes a region may hold; null for no limit.</summary>
    public int? VolumeQuota { get; init; }

    /// <summary>Zones where every creation ends with InsufficientVolumeCapacity.</summary>
    public IReadOnlyList<string> ZonesWithoutCapacity { get; init; } = [];

    /// <summary>Zones that have failed, by name.</summary>
    public IReadOnlyDictionary<string, ZoneOutage> ZoneOutages { get; init; } = new Dictionary<string, ZoneOutage>();

    /// <summary>States of zones other than available, by zone; they have no other effect.</summary>
    public IReadOnlyDictionary<string, string> ZoneStates { get; init; } = new Dictionary<string, string>();

    /// <summary>Access key ids that are no longer good, with the code to say so: RequestExpired or ExpiredToken.</summary>
    public IReadOnlyDictionary<string, string> ExpiredAccessKeys { get; init; } = new Dictionary<string, string>();

    /// <summary>Actions that a caller may not use, by access key id or * for every caller; the action * stands for all.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> DeniedActions { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Every first page comes empty, with a token: clients must follow the token, not the count.</summary>
    public bool EmptyFirstPage { get; init; }

    /// <summary>The state of a zone as EC2 tells it.</summary>
    public string StateOfZone(string zone) =>
        ZoneOutages.GetValueOrDefault(zone)?.State ?? ZoneStates.GetValueOrDefault(zone) ?? "available";
}
