using EbsPv.Ports;

namespace EbsPv.Zones;

/// <summary>Which instances and nodes are a cluster's workers, and what they tell about the cluster.</summary>
/// <remarks>Sources: kops' naming of security groups and tags; the tags that EKS, its node groups, Auto Mode and Karpenter put on instances.</remarks>
public static class WorkerRules
{
    private static readonly string[] ControlPlaneTags = ["k8s.io/role/control-plane", "k8s.io/role/master", "k8s.io/role/bastion"];

    private static readonly string[] ControlPlaneLabels =
        ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master", "node-role.kubernetes.io/etcd"];

    private static readonly string[] NodeGroupTags =
        ["eks:nodegroup-name", "karpenter.sh/nodepool", "karpenter.sh/provisioner-name", "kops.k8s.io/instancegroup"];

    /// <summary>The filters by which a cluster's workers are found: one call each, since none finds the workers of every kind of cluster.</summary>
    public static IReadOnlyList<IReadOnlyList<Ec2Filter>> Filters(string cluster)
    {
        var running = Ec2Filter.Exactly("instance-state-name", "pending", "running");
        return
        [
            [Ec2Filter.Exactly("instance.group-name", $"nodes.{cluster}"), running],
            [Ec2Filter.Exactly("tag:KubernetesCluster", cluster), Ec2Filter.Exactly("tag-key", "k8s.io/role/node"), running],
            [Ec2Filter.Exactly("tag:eks:cluster-name", cluster), running],
            [Ec2Filter.Exactly("tag:aws:eks:cluster-name", cluster), running],
            [Ec2Filter.Exactly($"tag:kubernetes.io/cluster/{cluster}", "owned", "shared"), Ec2Filter.Exactly("tag-key", NodeGroupTags), running],
        ];
    }

    /// <summary>Whether an instance that one of the filters found is a worker of this cluster: compared exactly, the control plane left out.</summary>
    public static bool IsWorker(WorkerInstance instance, string cluster)
    {
        ArgumentNullException.ThrowIfNull(instance);
        if (ControlPlaneTags.Any(instance.Tags.ContainsKey)) return false;
        if (instance.SecurityGroups.Any(group => group == $"masters.{cluster}" || group == $"bastion.{cluster}")) return false;
        if (instance.SecurityGroups.Contains($"nodes.{cluster}")) return true;
        return Has("KubernetesCluster", cluster) || Has("eks:cluster-name", cluster) || Has("aws:eks:cluster-name", cluster)
            || instance.Tags.ContainsKey($"kubernetes.io/cluster/{cluster}");

        bool Has(string key, string value) => instance.Tags.TryGetValue(key, out var actual) && actual == value;
    }

    /// <summary>Whether volumes can be mounted on a node now: Ready, schedulable, an EC2 instance, not the control plane, not Fargate.</summary>
    public static bool IsWorker(ClusterNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (!node.Ready || node.Unschedulable || node.InstanceId is null || node.AvailabilityZone is null) return false;
        if (node.Labels.TryGetValue("eks.amazonaws.com/compute-type", out var type) && type == "fargate") return false;
        return !ControlPlaneLabels.Any(node.Labels.ContainsKey);
    }

    /// <summary>The kind of cluster that an instance's tags speak of.</summary>
    public static ClusterKind KindOf(WorkerInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var tags = instance.Tags;
        if (tags.ContainsKey("kops.k8s.io/instancegroup") || tags.ContainsKey("k8s.io/role/node")) return ClusterKind.Kops;
        if (tags.ContainsKey("eks:eks-cluster-name")) return ClusterKind.EksAutoMode;
        if (tags.ContainsKey("eks:cluster-name") || tags.ContainsKey("aws:eks:cluster-name")) return ClusterKind.Eks;
        return ClusterKind.Unknown;
    }

    /// <summary>The kind of cluster that a node's labels speak of.</summary>
    public static ClusterKind KindOf(ClusterNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (node.Labels.ContainsKey("kops.k8s.io/instancegroup")) return ClusterKind.Kops;
        if (node.Labels.TryGetValue("eks.amazonaws.com/compute-type", out var type) && type == "auto") return ClusterKind.EksAutoMode;
        return node.Labels.ContainsKey("eks.amazonaws.com/nodegroup") ? ClusterKind.Eks : ClusterKind.Unknown;
    }
}
