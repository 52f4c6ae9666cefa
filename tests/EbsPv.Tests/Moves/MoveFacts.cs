using EbsPv.Ports;
using EbsPv.Swaps;
using EbsPv.Usage;

namespace EbsPv.Tests.Moves;

/// <summary>What a run knows of a cluster, as a test says it.</summary>
internal static class MoveFacts
{
    public static SwapFacts Of(
        IEnumerable<EbsPersistentVolume>? volumes = null,
        IEnumerable<EbsPersistentVolumeClaim>? claims = null,
        IEnumerable<ClusterPod>? pods = null,
        IEnumerable<Workload>? workloads = null,
        IEnumerable<ClusterNode>? nodes = null) => new()
        {
            Context = "test",
            PersistentVolumes = [.. volumes ?? []],
            ResourceVersion = "1",
            Claims = (claims ?? []).ToDictionary(claim => claim.ToString()),
            Use = new ClusterUse([.. pods ?? []], [], [.. nodes ?? []]),
            Workloads = [.. workloads ?? []],
            Noted = [],
        };

    public static EbsPersistentVolumeClaim Claim(string name, string? volume = null, string status = "Bound") =>
        new() { Namespace = "default", Name = name, Status = status, VolumeName = volume, Uid = $"uid-of-{name}" };

    public static EbsPersistentVolume Volume(string name, string status = "Available", string? claim = null, string volumeId = "vol-0aaaaaaaaaaaaaaa1") => new()
    {
        Name = name, Status = status, VolumeId = volumeId, Claim = claim is null ? null : $"default/{claim}", ClaimUid = claim is null ? null : $"uid-of-{claim}", ReclaimPolicy = "Retain",
    };

    public static ClusterPod Pod(string name, params string[] claims) => new("default", name, claims);

    public static ClusterNode Node(string zone, bool ready = true, bool cordoned = false, string role = "node") => new(
        $"{role}-{zone}", $"aws:///{zone}/i-0aaaaaaaaaaaaaaa1", new Dictionary<string, string> { ["topology.kubernetes.io/zone"] = zone, [$"node-role.kubernetes.io/{role}"] = "" }, ready, cordoned);

    public static ClaimTemplate Template(string name) => new(name, "manual-ebs", ["ReadWriteOnce"], "10Gi", "Filesystem");
}
