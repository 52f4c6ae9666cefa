using EbsPv.Sandbox.Ec2.Model;

namespace EbsPv.Sandbox.Ec2;

/// <summary>The seed: a kops cluster with two workers in two of three zones, and what else lies about in such an account.</summary>
public static class KopsCluster
{
    public const string AccountId = "123456789012";
    public const string Region = "eu-west-1";
    public const string Name = "proyecto.k8s.local";
    public const string NodesGroup = "nodes." + Name;
    public const string MastersGroup = "masters." + Name;
    public const string BastionGroup = "bastion." + Name;

    public const string ZoneA = "eu-west-1a";
    public const string ZoneB = "eu-west-1b";
    public const string ZoneC = "eu-west-1c";

    public const string WorkerB = "i-0b1c2d3e4f5061728";
    public const string WorkerC = "i-0c1d2e3f405162738";
    public const string ControlPlane = "i-0a1b2c3d4e5f60718";
    public const string Bastion = "i-0ba5710a1b2c3d4e5";
    public const string TerminatedWorker = "i-0dead0a1b2c3d4e5f";

    public const string EtcdVolume = "vol-0e7cd0a1b2c3d4e5f";
    public const string RootVolumeB = "vol-0b0070b1c2d3e4f50";
    public const string RootVolumeC = "vol-0c0070c1d2e3f4050";
    public const string ForeignVolume = "vol-0f0e19a1b2c3d4e5f";

    public const string ForeignCluster = "vecino.k8s.local";

    private const string OwnedTag = "kubernetes.io/cluster/" + Name;

    public static void Seed(Ec2State state)
    {
        var created = state.Clock.GetUtcNow().AddDays(-30);
        foreach (var instance in Instances()) state.AddInstance(instance with { LaunchTime = created });
        foreach (var volume in Volumes(created)) state.AddVolume(volume with { CreateTime = created });
    }

    private static IEnumerable<Ec2Instance> Instances()
    {
        yield return Instance(ControlPlane, ZoneA, "172.20.32.11", MastersGroup) with { Tags = ControlPlaneTags() };
        yield return Instance(WorkerB, ZoneB, "172.20.64.21", NodesGroup) with { Tags = WorkerTags(ZoneB) };
        yield return Instance(WorkerC, ZoneC, "172.20.96.31", NodesGroup) with { Tags = WorkerTags(ZoneC) };
        yield return Instance(Bastion, ZoneA, "172.20.4.5", BastionGroup) with { InstanceType = "t3.micro", Tags = BastionTags() };

        // What a terminated instance loses first is its security groups; the tags stay for an hour.
        yield return Instance(TerminatedWorker, ZoneA, "172.20.32.12", NodesGroup) with
        {
            State = "terminated", Groups = [], Tags = WorkerTags(ZoneA),
        };
    }

    private static IEnumerable<EbsVolume> Volumes(DateTimeOffset created)
    {
        yield return Volume(EtcdVolume, ZoneA, 20) with { Tags = EtcdTags() };
        yield return Root(RootVolumeB, ZoneB, WorkerB, created);
        yield return Root(RootVolumeC, ZoneC, WorkerC, created);
        yield return Volume(ForeignVolume, ZoneB, 100) with
        {
            Tags =
            [
                new("KubernetesCluster", ForeignCluster),
                new("kubernetes.io/cluster/" + ForeignCluster, "owned"),
                new("Name", "datos"),
            ],
        };
    }

    private static Ec2Instance Instance(string id, string zone, string address, string group) => new()
    {
        InstanceId = id,
        Region = Region,
        AvailabilityZone = zone,
        PrivateIpAddress = address,
        Groups = [Group(group)],
    };

    public static SecurityGroup Group(string name) => new(name switch
    {
        NodesGroup => "sg-0b0de5a1b2c3d4e5f",
        MastersGroup => "sg-0a57e5a1b2c3d4e5f",
        BastionGroup => "sg-0ba57a1b2c3d4e5f0",
        _ => "sg-00000a1b2c3d4e5f0",
    }, name);

    private static EbsVolume Volume(string id, string zone, int size) => new()
    {
        VolumeId = id,
        Region = Region,
        AvailabilityZone = zone,
        Size = size,
        VolumeType = "gp3",
        Iops = 3_000,
        Throughput = 125,
        Encrypted = true,
    };

    private static EbsVolume Root(string id, string zone, string instance, DateTimeOffset attached) => Volume(id, zone, 128) with
    {
        SnapshotId = "snap-0a1b2c3d4e5f60718",
        Tags = WorkerTags(zone),
        Attachments =
        [
            new VolumeAttachment { InstanceId = instance, Device = "/dev/sda1", AttachTime = attached, DeleteOnTermination = true },
        ],
    };

    private static Ec2Tag[] WorkerTags(string zone) =>
    [
        new("aws:autoscaling:groupName", $"nodes-{zone}.{Name}"),
        new("KubernetesCluster", Name),
        new("Name", $"nodes-{zone}.{Name}"),
        new("k8s.io/cluster-autoscaler/node-template/label/node-role.kubernetes.io/node", ""),
        new("k8s.io/role/node", "1"),
        new("kops.k8s.io/instancegroup", $"nodes-{zone}"),
        new(OwnedTag, "owned"),
    ];

    private static Ec2Tag[] ControlPlaneTags() =>
    [
        new("aws:autoscaling:groupName", $"control-plane-{ZoneA}.masters.{Name}"),
        new("KubernetesCluster", Name),
        new("Name", $"control-plane-{ZoneA}.masters.{Name}"),
        new("k8s.io/role/control-plane", "1"),
        new("k8s.io/role/master", "1"),
        new("kops.k8s.io/instancegroup", $"control-plane-{ZoneA}"),
        new(OwnedTag, "owned"),
    ];

    private static Ec2Tag[] BastionTags() =>
    [
        new("KubernetesCluster", Name),
        new("Name", $"bastions.{Name}"),
        new("k8s.io/role/bastion", "1"),
        new("kops.k8s.io/instancegroup", "bastions"),
        new(OwnedTag, "owned"),
    ];

    private static Ec2Tag[] EtcdTags() =>
    [
        new("KubernetesCluster", Name),
        new("Name", $"a.etcd-main.{Name}"),
        new("k8s.io/etcd/main", "a/a"),
        new("k8s.io/role/control-plane", "1"),
        new(OwnedTag, "owned"),
    ];
}
