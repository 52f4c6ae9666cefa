using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Storage;
using Xunit;

namespace EbsPv.Tests.Core;

public class NodeRegionTests
{
    [Theory]
    [InlineData("eu-west-1", "eu-west-1b", "eu-west-1c")]
    [InlineData("eu-west-1", "us-east-1a", "eu-west-1c")]
    [InlineData("us-west-2", "us-west-2-lax-1a")]
    [InlineData("eu-west-1")]
    public void One_node_of_the_region_will_do_and_none_says_nothing(string region, params string[] zones) =>
        Assert.Null(NodeRegion.Refusal([.. zones.Select(zone => Node(zone))], region, "test"));

    [Theory]
    [InlineData("us-east-1", "eu-west-1b", "eu-west-1c")]
    [InlineData("eu-west-1", "eu-west-12a")]
    public void Nodes_of_another_region_alone_are_another_place(string region, params string[] zones)
    {
        var refusal = NodeRegion.Refusal([.. zones.Select(zone => Node(zone))], region, "test");

        Assert.Equal(ErrorIds.ClusterMismatch, refusal!.ErrorId);
        Assert.Contains($"are in {string.Join(", ", zones)}, and EC2 is asked in {region}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_instance_of_EC2_says_nothing() => Assert.Null(NodeRegion.Refusal([Node("rack-7", "hybrid:///rack-7/node")], "eu-west-1", "test"));

    private static ClusterNode Node(string zone, string? provider = null) =>
        new("node", provider ?? $"aws:///{zone}/i-0aaaaaaaaaaaaaaa1", new Dictionary<string, string> { ["topology.kubernetes.io/zone"] = zone }, true, false);
}
