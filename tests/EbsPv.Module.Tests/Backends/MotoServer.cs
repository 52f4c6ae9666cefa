using EbsPv.Module.Tests.Engine;

namespace EbsPv.Module.Tests.Backends;

/// <summary>moto's EC2 on this machine, with the account that the scenarios expect.</summary>
public sealed class MotoServer : IAsyncDisposable
{
    private readonly ServerProcess _server;
    private readonly Dictionary<string, string> _subnets = [];
    private readonly Dictionary<string, string> _groups = [];

    private MotoServer(ServerProcess server, Uri url)
    {
        _server = server;
        Url = url;
        Ec2 = new Ec2Http(url);
    }

    public Uri Url { get; }

    public Ec2Http Ec2 { get; }

    /// <summary>Ids of the instances in service, by zone: the control plane in a, the workers in b and c.</summary>
    public Dictionary<string, string> Instances { get; } = [];

    public string EtcdVolume { get; private set; } = "";

    /// <summary>Every volume of the seed, so that what a test made can be told apart.</summary>
    public IReadOnlySet<string> SeedVolumes { get; private set; } = new HashSet<string>();

    public static async Task<MotoServer> StartAsync(string program)
    {
        var port = ServerProcess.FreePort();
        var process = ServerProcess.Start(TestProcess.NewFolder("moto"), program, "-H", "127.0.0.1", "-p", $"{port}");
        var moto = new MotoServer(process, new Uri($"http://127.0.0.1:{port}/"));
        try
        {
            await moto.WaitUntilReadyAsync();
            await moto.SeedAsync();
            return moto;
        }
        catch
        {
            await moto.DisposeAsync();
            throw;
        }
    }

    public async Task<string> AddWorkerAsync(string zone)
    {
        var id = await RunInstanceAsync(zone, $"nodes.{IBackend.Cluster}", WorkerTags(zone));
        return id;
    }

    public Task TerminateAsync(string instance) => Ec2.CallAsync("TerminateInstances", ("InstanceId.1", instance));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task WaitUntilReadyAsync()
    {
        try
        {
            await Until.TrueAsync("moto_server answers", async () =>
            {
                try
                {
                    await Ec2.CallAsync("DescribeRegions");
                    return true;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            });
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"{late.Message}\n{_server.Tail}", late);
        }
    }

    private async Task SeedAsync()
    {
        var vpc = (await Ec2.CallAsync("CreateVpc", ("CidrBlock", "172.20.0.0/16"))).Element("vpc")!.Element("vpcId")!.Value;
        foreach (var (zone, network) in new[] { (IBackend.ZoneA, 32), (IBackend.ZoneB, 64), (IBackend.ZoneC, 96) })
            _subnets[zone] = await CreateSubnetAsync(vpc, zone, network);
        foreach (var group in new[] { $"nodes.{IBackend.Cluster}", $"masters.{IBackend.Cluster}" })
            _groups[group] = await CreateGroupAsync(vpc, group);

        Instances[IBackend.ZoneA] = await RunInstanceAsync(IBackend.ZoneA, $"masters.{IBackend.Cluster}", ControlPlaneTags());
        foreach (var zone in new[] { IBackend.ZoneB, IBackend.ZoneC }) Instances[zone] = await AddWorkerAsync(zone);
        await TerminateAsync(await AddWorkerAsync(IBackend.ZoneA));
        EtcdVolume = await CreateEtcdVolumeAsync();
        SeedVolumes = (await Ec2.AllVolumesAsync()).Select(volume => volume.Id).ToHashSet();
    }

    private async Task<string> CreateSubnetAsync(string vpc, string zone, int network)
    {
        var answer = await Ec2.CallAsync("CreateSubnet", ("VpcId", vpc), ("CidrBlock", $"172.20.{network}.0/19"), ("AvailabilityZone", zone));
        return answer.Element("subnet")!.Element("subnetId")!.Value;
    }

    private async Task<string> CreateGroupAsync(string vpc, string name) =>
        (await Ec2.CallAsync("CreateSecurityGroup", ("GroupName", name), ("GroupDescription", name), ("VpcId", vpc))).Element("groupId")!.Value;

    private async Task<string> RunInstanceAsync(string zone, string group, Dictionary<string, string> tags)
    {
        var answer = await Ec2.CallAsync(
            "RunInstances",
            [
                ("ImageId", "ami-12c6146b"), ("InstanceType", "t3.medium"), ("MinCount", "1"), ("MaxCount", "1"), ("SubnetId", _subnets[zone]),
                ("SecurityGroupId.1", _groups[group]), .. Ec2Http.Tags("instance", tags),
            ]);
        return answer.Element("instancesSet")!.Element("item")!.Element("instanceId")!.Value;
    }

    private async Task<string> CreateEtcdVolumeAsync()
    {
        var tags = new Dictionary<string, string>
        {
            ["KubernetesCluster"] = IBackend.Cluster, ["k8s.io/etcd/main"] = "a/a", ["k8s.io/role/control-plane"] = "1", ["Name"] = "a.etcd-main",
        };
        var answer = await Ec2.CallAsync(
            "CreateVolume", [("AvailabilityZone", IBackend.ZoneA), ("Size", "20"), ("VolumeType", "gp3"), .. Ec2Http.Tags("volume", tags)]);
        return answer.Element("volumeId")!.Value;
    }

    private static Dictionary<string, string> WorkerTags(string zone) => new()
    {
        ["KubernetesCluster"] = IBackend.Cluster,
        ["k8s.io/role/node"] = "1",
        ["kops.k8s.io/instancegroup"] = $"nodes-{zone}",
        [$"kubernetes.io/cluster/{IBackend.Cluster}"] = "owned",
    };

    private static Dictionary<string, string> ControlPlaneTags() => new()
    {
        ["KubernetesCluster"] = IBackend.Cluster,
        ["k8s.io/role/control-plane"] = "1",
        ["kops.k8s.io/instancegroup"] = "control-plane",
        [$"kubernetes.io/cluster/{IBackend.Cluster}"] = "owned",
    };
}
