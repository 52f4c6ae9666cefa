using EbsPv.Audit;
using EbsPv.Ports;
using EbsPv.Storage;

namespace EbsPv.Tests.Audit;

/// <summary>A kops cluster with a worker in zone b, in which all is well; tests change one thing of it.</summary>
internal sealed record AuditWorld
{
    public const string Cluster = "proyecto.k8s.local", Region = "eu-west-1", ZoneA = "eu-west-1a", ZoneB = "eu-west-1b", Id = "vol-0123456789abcdef0", Driver = "ebs.csi.aws.com";

    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public ClusterEbsVolume? Volume { get; init; } = new()
    {
        VolumeId = Id,
        Name = "data-01",
        AvailabilityZone = ZoneB,
        Region = Region,
        Size = 10,
        VolumeType = "gp3",
        Iops = 3000,
        Throughput = 125,
        State = "available",
        CreateTime = Now.UtcDateTime.AddDays(-30),
        Tags = new Dictionary<string, string> { ["KubernetesCluster"] = Cluster, [$"kubernetes.io/cluster/{Cluster}"] = "shared" },
    };

    public VolumeSight Sight { get; init; } = VolumeSight.Seen;

    public IReadOnlyList<EbsPersistentVolume> PersistentVolumes { get; init; } = [Pv()];

    public IReadOnlyList<EbsPersistentVolumeClaim> Claims { get; init; } = [];

    public IReadOnlyList<ClusterPod> Pods { get; init; } = [];

    public IReadOnlyList<ClusterNode> Nodes { get; init; } = [Node("node-b", ZoneB, "i-0b")];

    public IReadOnlyList<StorageClassInfo> Classes { get; init; } = [];

    public ClusterEbsSnapshot? LastSnapshot { get; init; }

    public Func<AuditFacts, AuditFacts> Facts { get; init; } = facts => facts;

    public static EbsPersistentVolume Pv(string name = "data-01") => new()
    {
        Name = name,
        Uid = "uid-" + name,
        VolumeId = Id,
        Capacity = "10Gi",
        AccessModes = ["ReadWriteOnce"],
        ReclaimPolicy = "Retain",
        Status = "Available",
        StorageClassName = "manual-ebs",
        AvailabilityZone = ZoneB,
        NodeAffinityZone = [ZoneB],
        HasNodeAffinity = true,
        VolumeSource = VolumeSource.Csi,
        Region = Region,
        Labels = new Dictionary<string, string> { ["topology.kubernetes.io/zone"] = ZoneB },
        CreationTimestamp = Now.UtcDateTime.AddDays(-20),
    };

    public static EbsPersistentVolumeClaim Claim(string? volumeName = "data-01", string status = "Bound") => new()
    {
        Namespace = "default", Name = "data", Status = status, VolumeName = volumeName, Uid = "claim", Request = "10Gi", AccessModes = ["ReadWriteOnce"], StorageClassName = "manual-ebs",
    };

    public static ClusterNode Node(string name, string zone, string instance, bool ready = true, params (string Key, string Value)[] labels) =>
        new(name, $"aws:///{zone}/{instance}", labels.Append(("topology.kubernetes.io/zone", zone)).ToDictionary(one => one.Item1, one => one.Item2), ready, false);

    public static StorageClassInfo Class(string name, string provisioner, params (string Key, string Value)[] parameters) =>
        new() { Name = name, Provisioner = provisioner, Parameters = parameters.ToDictionary(one => one.Key, one => one.Value) };

    public AuditWorld With(Func<ClusterEbsVolume, ClusterEbsVolume> change) => this with { Volume = change(Volume!) };

    public AuditWorld WithPv(Func<EbsPersistentVolume, EbsPersistentVolume> change) => this with { PersistentVolumes = [.. PersistentVolumes.Select(change)] };

    public AuditWorld WithTags(params (string Key, string Value)[] tags) => With(volume => volume with { Tags = tags.ToDictionary(tag => tag.Key, tag => tag.Value) });

    public AuditWorld WithFacts(Func<AuditFacts, AuditFacts> change) => this with { Facts = facts => change(Facts(facts)) };

    /// <summary>Bound to default/data, which a pod on a node mounts.</summary>
    public AuditWorld Used(params (string Pod, string? Node)[] pods) => this with
    {
        PersistentVolumes = [.. PersistentVolumes.Select(one => one with { Claim = "default/data", ClaimUid = "claim", Status = "Bound" })],
        Claims = [Claim()],
        Pods = [.. pods.Select(pod => new ClusterPod("default", pod.Pod, ["data"]) { NodeName = pod.Node, Phase = "Running" })],
    };

    public IReadOnlyList<EbsPersistentVolumeFinding> Judge(params string[] codes)
    {
        var facts = Known();
        var audit = new StorageAudit(facts, FindingCodes.Checked(codes));
        var findings = audit.Judge(new StorageItem
        {
            VolumeId = PersistentVolumes.FirstOrDefault()?.VolumeId ?? Id, Volume = Volume, Sight = Sight, Registrations = facts.Storage.Of(PersistentVolumes.FirstOrDefault()?.VolumeId ?? Id), LastSnapshot = LastSnapshot,
        }).ToList();
        findings.AddRange(facts.Storage.WaitingClaims().SelectMany(waiting => audit.Judge(new StorageItem { Claim = waiting })));
        return findings;
    }

    public AuditFacts Known() => Facts(new AuditFacts
    {
        Storage = new StorageFacts(PersistentVolumes, Claims, Pods, [], Nodes, Classes),
        Region = Region,
        ClusterName = Cluster,
        Context = "ctx",
        Kind = ClusterKind.Kops,
        Drivers = new HashSet<string> { Driver },
        DriversByNode = Nodes.ToDictionary(node => node.Name, IReadOnlyList<string> (_) => [Driver]),
        MinorVersion = 33,
        Now = Now,
    });
}
