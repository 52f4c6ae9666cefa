using EbsPv.Volumes;

namespace EbsPv.Tests.Core;

/// <summary>Requests, members and the making of what a plan lacks.</summary>
internal static class Sets
{
    public const string Cluster = "proyecto.k8s.local";
    public const string ZoneA = "eu-west-1a", ZoneB = "eu-west-1b", ZoneC = "eu-west-1c";

    private static readonly DateTime Epoch = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static int _made;

    public static VolumeSetRequest Request(params string[] zones) => new()
    {
        Region = "eu-west-1",
        ClusterName = Cluster,
        SetName = "manual-ebs",
        Zones = [.. zones.Select(Zone)],
        Spec = new VolumeSpec { Size = 10 },
    };

    public static VolumeSetRequest Sized(this VolumeSetRequest request, int size) => request with { Spec = request.Spec with { Size = size } };

    public static ZoneTarget Zone(string name) => new(name, ClusterKind.Kops, [$"i-of-{name}"]);

    public static ClusterEbsVolume Member(string slot, string name, int size = 10, string state = "available")
    {
        var number = Interlocked.Increment(ref _made);
        return new ClusterEbsVolume
        {
            VolumeId = $"vol-{number:x17}",
            Name = name,
            SetName = "manual-ebs",
            AvailabilityZone = slot.Split('/')[0],
            Region = "eu-west-1",
            Size = size,
            VolumeType = "gp3",
            State = state,
            CreateTime = Epoch.AddSeconds(number),
            Tags = Tags(slot, name),
        };
    }

    public static ClusterEbsVolume Tagged(this ClusterEbsVolume volume, string key, string? value)
    {
        var tags = volume.Tags.Where(tag => tag.Key != key).ToDictionary();
        if (value is not null) tags[key] = value;
        return volume with { Tags = tags };
    }

    /// <summary>What EC2 shows once everything that the plan lacks was made.</summary>
    public static IEnumerable<ClusterEbsVolume> Make(VolumeSetPlan plan) => plan.Slots
        .Where(slot => slot.Existing is null)
        .Select(slot => Member(slot.Slot, slot.Name, plan.Request.Spec.Size) with { VolumeType = plan.Request.Spec.VolumeType });

    private static Dictionary<string, string> Tags(string slot, string name) => new()
    {
        [VolumeTags.Name] = name,
        [VolumeTags.KubernetesCluster] = Cluster,
        [VolumeTags.Set] = "manual-ebs",
        [VolumeTags.Slot] = slot,
    };
}
