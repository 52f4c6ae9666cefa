using EbsPv.Ports;
using EbsPv.Zones;
using Xunit;

namespace EbsPv.Tests.Core;

public class WorkerRulesTests
{
    private const string Cluster = Sets.Cluster;

    [Theory]
    [InlineData("KubernetesCluster", Cluster)]
    [InlineData("eks:cluster-name", Cluster)]
    [InlineData("aws:eks:cluster-name", Cluster)]
    [InlineData("kubernetes.io/cluster/" + Cluster, "owned")]
    public void Each_identifying_tag_makes_a_worker(string key, string value) => Assert.True(WorkerRules.IsWorker(Instance([(key, value)]), Cluster));

    [Theory]
    [InlineData("nodes." + Cluster, true)]
    [InlineData("nodes." + Cluster + ".other", false)]
    [InlineData("masters." + Cluster, false)]
    [InlineData("default", false)]
    public void The_security_group_nodes_makes_a_worker(string group, bool worker) =>
        Assert.Equal(worker, WorkerRules.IsWorker(Instance([], group), Cluster));

    [Theory]
    [InlineData("KubernetesCluster", "vecino.k8s.local")]
    [InlineData("eks:cluster-name", Cluster + "2")]
    [InlineData("kubernetes.io/cluster/vecino.k8s.local", "owned")]
    public void Another_cluster_s_instance_is_none(string key, string value) => Assert.False(WorkerRules.IsWorker(Instance([(key, value)]), Cluster));

    [Theory]
    [InlineData("k8s.io/role/control-plane")]
    [InlineData("k8s.io/role/master")]
    [InlineData("k8s.io/role/bastion")]
    public void The_control_plane_and_the_bastion_are_none_whatever_else_they_carry(string key) =>
        Assert.False(WorkerRules.IsWorker(Instance([("KubernetesCluster", Cluster), (key, "1")], "nodes." + Cluster), Cluster));

    [Theory]
    [InlineData("masters." + Cluster)]
    [InlineData("bastion." + Cluster)]
    public void Nor_are_members_of_their_groups(string group) =>
        Assert.False(WorkerRules.IsWorker(Instance([("KubernetesCluster", Cluster)], "nodes." + Cluster, group), Cluster));

    [Fact]
    public void Every_filter_asks_for_running_or_pending_and_names_the_cluster()
    {
        var filters = WorkerRules.Filters("a*b");
        Assert.Equal(5, filters.Count);
        Assert.All(filters, call => Assert.Contains(call, filter => filter is { Name: "instance-state-name", Values: ["pending", "running"] }));
        Assert.All(filters.Take(4), call => Assert.Contains(@"a\*b", call[0].Values[0]));
    }

    [Theory]
    [InlineData("kops.k8s.io/instancegroup", ClusterKind.Kops)]
    [InlineData("k8s.io/role/node", ClusterKind.Kops)]
    [InlineData("eks:eks-cluster-name", ClusterKind.EksAutoMode)]
    [InlineData("eks:cluster-name", ClusterKind.Eks)]
    [InlineData("aws:eks:cluster-name", ClusterKind.Eks)]
    [InlineData("KubernetesCluster", ClusterKind.Unknown)]
    public void An_instance_s_tags_tell_how_the_cluster_is_run(string key, ClusterKind kind) =>
        Assert.Equal(kind, WorkerRules.KindOf(Instance([(key, "x")])));

    [Theory]
    [InlineData("kops.k8s.io/instancegroup", "nodes", ClusterKind.Kops)]
    [InlineData("eks.amazonaws.com/compute-type", "auto", ClusterKind.EksAutoMode)]
    [InlineData("eks.amazonaws.com/compute-type", "ec2", ClusterKind.Unknown)]
    [InlineData("eks.amazonaws.com/nodegroup", "ng-1", ClusterKind.Eks)]
    [InlineData("other", "x", ClusterKind.Unknown)]
    public void A_node_s_labels_tell_it_too(string key, string value, ClusterKind kind) =>
        Assert.Equal(kind, WorkerRules.KindOf(Node([(key, value)])));

    [Fact]
    public void A_node_that_can_mount_volumes_is_a_worker()
    {
        Assert.True(WorkerRules.IsWorker(Node([])));
        Assert.False(WorkerRules.IsWorker(Node([]) with { Ready = false }));
        Assert.False(WorkerRules.IsWorker(Node([]) with { Unschedulable = true }));
        Assert.False(WorkerRules.IsWorker(Node([]) with { ProviderId = null }));
        Assert.False(WorkerRules.IsWorker(Node([("eks.amazonaws.com/compute-type", "fargate")])));
        Assert.False(WorkerRules.IsWorker(Node([("node-role.kubernetes.io/control-plane", "")])));
        Assert.False(WorkerRules.IsWorker(Node([("node-role.kubernetes.io/master", "")])));
    }

    [Theory]
    [InlineData("aws:///eu-west-1b/i-0b1c2d3e4f5061728", "i-0b1c2d3e4f5061728", "eu-west-1b")]
    [InlineData("aws://eu-west-1b/i-0b1c2d3e4f5061728", "i-0b1c2d3e4f5061728", null)]
    [InlineData("aws:///eu-west-1b/fargate-ip-10-0-0-1", null, "eu-west-1b")]
    [InlineData("gce://project/zone/i-0b1c2d3e4f5061728", null, null)]
    [InlineData("kind://docker/kind/kind-worker", null, null)]
    [InlineData("", null, null)]
    [InlineData(null, null, null)]
    public void A_provider_id_tells_instance_and_zone(string? providerId, string? instance, string? zone)
    {
        var node = new ClusterNode("n", providerId, new Dictionary<string, string>(), true, false);
        Assert.Equal((instance, zone), (node.InstanceId, node.AvailabilityZone));
    }

    [Fact]
    public void The_zone_label_wins_over_its_old_name_and_the_provider_id()
    {
        var node = Node([("topology.kubernetes.io/zone", "a"), ("failure-domain.beta.kubernetes.io/zone", "b")]);
        Assert.Equal("a", node.AvailabilityZone);
        Assert.Equal("b", Node([("failure-domain.beta.kubernetes.io/zone", "b")]).AvailabilityZone);
        Assert.Equal("eu-west-1b", Node([]).AvailabilityZone);
    }

    private static WorkerInstance Instance((string Key, string Value)[] tags, params string[] groups) =>
        new("i-1", "t3.medium", Sets.ZoneB, groups, tags.ToDictionary(tag => tag.Key, tag => tag.Value));

    private static ClusterNode Node((string Key, string Value)[] labels) =>
        new("n", "aws:///eu-west-1b/i-0b1c2d3e4f5061728", labels.ToDictionary(label => label.Key, label => label.Value), true, false);
}
