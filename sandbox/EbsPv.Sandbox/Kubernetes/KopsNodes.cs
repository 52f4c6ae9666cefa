using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>The cluster proyecto.k8s.local in eu-west-1: two workers, a control plane, the EBS CSI driver, no storage class.</summary>
public static class KopsNodes
{
    public const string Cluster = "proyecto.k8s.local";
    private const string Region = "eu-west-1";
    private const string Driver = "ebs.csi.aws.com";

    public static void Seed(KubernetesState state, string kubeletVersion = "v1.33.4")
    {
        foreach (var name in (string[])["default", "kube-system"]) state.Seed(Namespace(name));
        state.Seed(Node("ip-172-20-42-11", "172.20.42.11", "i-0b1c2d3e4f5061728", "b", kubeletVersion));
        state.Seed(Node("ip-172-20-83-140", "172.20.83.140", "i-0c1d2e3f405162738", "c", kubeletVersion));
        state.Seed(ControlPlane(Node("ip-172-20-15-7", "172.20.15.7", "i-0a1b2c3d4e5f60718", "a", kubeletVersion)));
        state.Seed(CsiDriver());
        state.Seed(CsiNode("ip-172-20-42-11", "i-0b1c2d3e4f5061728"));
        state.Seed(CsiNode("ip-172-20-83-140", "i-0c1d2e3f405162738"));
    }

    private static string FullName(string host) => $"{host}.{Region}.compute.internal";

    private static JsonObject Namespace(string name) => new()
    {
        ["kind"] = "Namespace",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["labels"] = new JsonObject { ["kubernetes.io/metadata.name"] = name },
        },
        ["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") },
        ["status"] = new JsonObject { ["phase"] = "Active" },
    };

    private static JsonObject Node(string host, string address, string instance, string zone, string kubeletVersion) => new()
    {
        ["kind"] = "Node",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject
        {
            ["name"] = FullName(host),
            ["labels"] = Labels(host, zone),
        },
        ["spec"] = new JsonObject { ["providerID"] = $"aws:///{Region}{zone}/{instance}" },
        ["status"] = Status(host, address, kubeletVersion),
    };

    private static JsonObject Labels(string host, string zone) => new()
    {
        ["beta.kubernetes.io/arch"] = "amd64",
        ["kubernetes.io/arch"] = "amd64",
        ["kubernetes.io/hostname"] = FullName(host),
        ["kubernetes.io/os"] = "linux",
        ["kops.k8s.io/instancegroup"] = "nodes",
        ["node-role.kubernetes.io/node"] = "",
        ["node.kubernetes.io/instance-type"] = "t3.medium",
        ["topology.ebs.csi.aws.com/zone"] = $"{Region}{zone}",
        ["topology.kubernetes.io/region"] = Region,
        ["topology.kubernetes.io/zone"] = $"{Region}{zone}",
    };

    private static JsonObject Status(string host, string address, string kubeletVersion) => new()
    {
        ["capacity"] = Resources("2", "3935348Ki"),
        ["allocatable"] = Resources("1900m", "3832948Ki"),
        ["conditions"] = new JsonArray(
            Condition("MemoryPressure", "False", "KubeletHasSufficientMemory"),
            Condition("DiskPressure", "False", "KubeletHasNoDiskPressure"),
            Condition("PIDPressure", "False", "KubeletHasSufficientPID"),
            Condition("Ready", "True", "KubeletReady")),
        ["addresses"] = new JsonArray(
            new JsonObject { ["type"] = "InternalIP", ["address"] = address },
            new JsonObject { ["type"] = "Hostname", ["address"] = FullName(host) }),
        ["nodeInfo"] = new JsonObject
        {
            ["kubeletVersion"] = kubeletVersion,
            ["osImage"] = "Ubuntu 24.04.2 LTS",
            ["kernelVersion"] = "6.8.0-1029-aws",
            ["containerRuntimeVersion"] = "containerd://1.7.27",
            ["operatingSystem"] = "linux",
            ["architecture"] = "amd64",
        },
    };

    private static JsonObject Resources(string cpu, string memory) =>
        new() { ["cpu"] = cpu, ["ephemeral-storage"] = "50620216Ki", ["memory"] = memory, ["pods"] = "110" };

    private static JsonObject Condition(string type, string status, string reason) =>
        new() { ["type"] = type, ["status"] = status, ["reason"] = reason };

    private static JsonObject ControlPlane(JsonObject node)
    {
        var labels = node.Ensure("metadata", "labels");
        labels.Remove("node-role.kubernetes.io/node");
        labels["node-role.kubernetes.io/control-plane"] = "";
        labels["kops.k8s.io/instancegroup"] = "control-plane-eu-west-1a";
        node.Ensure("spec")["taints"] = new JsonArray(
            new JsonObject { ["key"] = "node-role.kubernetes.io/control-plane", ["effect"] = "NoSchedule" });
        return node;
    }

    private static JsonObject CsiDriver() => new()
    {
        ["kind"] = "CSIDriver",
        ["apiVersion"] = "storage.k8s.io/v1",
        ["metadata"] = new JsonObject { ["name"] = Driver },
        ["spec"] = new JsonObject { ["attachRequired"] = true, ["podInfoOnMount"] = false, ["fsGroupPolicy"] = "ReadWriteOnceWithFSType" },
    };

    private static JsonObject CsiNode(string host, string instance) => new()
    {
        ["kind"] = "CSINode",
        ["apiVersion"] = "storage.k8s.io/v1",
        ["metadata"] = new JsonObject { ["name"] = FullName(host) },
        ["spec"] = new JsonObject
        {
            ["drivers"] = new JsonArray(new JsonObject
            {
                ["name"] = Driver,
                ["nodeID"] = instance,
                ["topologyKeys"] = new JsonArray("kubernetes.io/os", "topology.kubernetes.io/zone"),
                ["allocatable"] = new JsonObject { ["count"] = 25 },
            }),
        },
    };
}
