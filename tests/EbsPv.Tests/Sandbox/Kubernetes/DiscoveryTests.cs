using EbsPv.Sandbox.Kubernetes;
using Xunit;
using static EbsPv.Tests.Sandbox.Kubernetes.KubernetesHost;

namespace EbsPv.Tests.Sandbox.Kubernetes;

public class DiscoveryTests
{
    private const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    [Fact]
    public async Task Version_is_the_one_asked_for()
    {
        await using var host = await StartAsync(options => options.ServerVersion = "v1.29.7-eks-1");
        var version = (await host.GetAsync("/version")).Body;
        Assert.Equal(("1", "29", "v1.29.7-eks-1"), (version.Text("major"), version.Text("minor"), version.Text("gitVersion")));
    }

    [Theory]
    [InlineData("/api/v1", 6)]
    [InlineData("/apis/storage.k8s.io/v1", 4)]
    [InlineData("/apis/apps/v1", 4)]
    [InlineData("/apis/batch/v1", 1)]
    [InlineData("/apis/autoscaling/v1", 1)]
    [InlineData("/apis/autoscaling/v2", 1)]
    public async Task Resources_are_listed(string path, int count)
    {
        await using var host = await StartAsync();
        var names = (await host.GetAsync(path)).Body.Objects("resources").Select(one => one.Text("name")!).ToArray();
        Assert.Equal(count, names.Count(name => !name.Contains('/', StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Groups_name_their_versions_and_custom_ones_come_with_their_definition()
    {
        await using var host = await StartAsync();
        Assert.Equal(["apps v1", "autoscaling v2 v1", "batch v1", "storage.k8s.io v1"], await GroupsAsync(host));
        host.Api.Options.CustomResources.Add("scaledobjects.keda.sh");
        Assert.Equal(["apps v1", "autoscaling v2 v1", "batch v1", "keda.sh v1alpha1", "storage.k8s.io v1"], await GroupsAsync(host));
        Assert.Equal(200, (await host.GetAsync("/apis/keda.sh/v1alpha1")).Code);
    }

    [Fact]
    public async Task An_old_release_has_no_second_version_of_autoscalers()
    {
        await using var host = await StartAsync(options => options.ServerVersion = "v1.20.2");
        Assert.Contains("autoscaling v1", await GroupsAsync(host));
        Assert.Equal(404, (await host.GetAsync("/apis/autoscaling/v2/horizontalpodautoscalers")).Code);
        Assert.Equal(200, (await host.GetAsync("/apis/autoscaling/v1/horizontalpodautoscalers")).Code);
    }

    [Theory]
    [InlineData("text/html", 406)]
    [InlineData("application/vnd.kubernetes.protobuf", 406)]
    [InlineData("application/vnd.kubernetes.protobuf,application/json", 200)]
    [InlineData("*/*", 200)]
    public async Task Only_json_is_spoken(string accept, int code)
    {
        await using var host = await StartAsync();
        host.Client.DefaultRequestHeaders.Add("Accept", accept);
        Assert.Equal(code, (await host.GetAsync(VolumesPath)).Code);
    }

    [Fact]
    public async Task Kubectl_is_told_that_the_server_validates_fields()
    {
        await using var host = await StartAsync();
        var url = (await host.GetAsync("/openapi/v3")).Body.Text("paths", "api/v1", "serverRelativeURL")!;
        var patch = (await host.GetAsync(url)).Body.Object("paths", "/api/v1/persistentvolumes/{name}", "patch");
        Assert.Equal("PersistentVolume", patch.Text("x-kubernetes-group-version-kind", "kind"));
        Assert.Contains(patch.Objects("parameters"), one => one.Text("name") == "fieldValidation");
    }

    [Fact]
    public async Task VolumesPath_are_shown_as_kubectl_shows_them()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")), (Claims, Manifests.Claim("c")));
        host.Client.DefaultRequestHeaders.Add("Accept", Table);
        var volumes = (await host.GetAsync(VolumesPath)).Body;
        Assert.Equal(
            ["Name", "Capacity", "Access Modes", "Reclaim Policy", "Status", "Claim", "StorageClass", "VolumeAttributesClass", "Reason", "Age", "VolumeMode"],
            volumes.Objects("columnDefinitions").Select(column => column.Text("name")));
        Assert.Equal(["pv", "10Gi", "RWO", "Retain", "Bound", "default/c", "manual-ebs", "<unset>", ""], volumes.Objects("rows").Single().Texts("cells").Take(9));
        Assert.Equal(["c", "Bound", "pv", "10Gi", "RWO", "manual-ebs", "<unset>"], (await host.GetAsync($"{Claims}/c")).Body.Objects("rows").Single().Texts("cells").Take(7));
    }

    [Fact]
    public async Task Nodes_are_shown_as_kubectl_shows_them()
    {
        await using var host = await StartAsync();
        host.Client.DefaultRequestHeaders.Add("Accept", Table);
        var rows = (await host.GetAsync("/api/v1/nodes")).Body.Objects("rows").Select(row => row.Texts("cells"));
        Assert.Equal(["Ready control-plane", "Ready node", "Ready node"], rows.Select(cells => $"{cells[1]} {cells[2]}"));
    }

    [Fact]
    public async Task Terminating_takes_the_place_of_the_phase()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")), (Claims, Manifests.Claim("c")));
        await host.DeleteAsync($"{VolumesPath}/pv");
        host.Client.DefaultRequestHeaders.Add("Accept", Table);
        Assert.Equal("Terminating", (await host.GetAsync($"{VolumesPath}/pv")).Body.Objects("rows").Single().Texts("cells")[4]);
    }

    [Fact]
    public async Task Cluster_is_the_kops_one()
    {
        await using var host = await StartAsync();
        var nodes = host.Api.State.List("nodes");
        Assert.Equal(
            ["aws:///eu-west-1a/i-0a1b2c3d4e5f60718", "aws:///eu-west-1b/i-0b1c2d3e4f5061728", "aws:///eu-west-1c/i-0c1d2e3f405162738"],
            nodes.Select(node => node.Text("spec", "providerID")));
        Assert.Equal(["eu-west-1a", "eu-west-1b", "eu-west-1c"], nodes.Select(node => node.Text("metadata", "labels", "topology.kubernetes.io/zone")));
        Assert.Equal(2, nodes.Count(node => node.At("metadata", "labels", "node-role.kubernetes.io/node") is not null));
        Assert.Single(nodes, node => node.Objects("spec", "taints").Any(taint => taint.Text("key") == "node-role.kubernetes.io/control-plane"));
        Assert.Equal(["ebs.csi.aws.com"], host.Api.State.List("csidrivers").Select(driver => driver.Name()));
        Assert.Equal(
            ["i-0b1c2d3e4f5061728", "i-0c1d2e3f405162738"],
            host.Api.State.List("csinodes").Select(node => node.Objects("spec", "drivers").Single().Text("nodeID")));
        Assert.Empty(host.Api.State.List("storageclasses"));
        Assert.Equal(["default", "kube-system"], host.Api.State.List("namespaces").Select(one => one.Name()));
    }

    private static async Task<IEnumerable<string>> GroupsAsync(KubernetesHost host) => (await host.GetAsync("/apis")).Body.Objects("groups")
        .Select(group => $"{group.Text("name")} {string.Join(' ', group.Objects("versions").Select(version => version.Text("version")))}").Order();
}
