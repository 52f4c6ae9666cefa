using EbsPv.Moves;
using EbsPv.Ports;
using Xunit;
using static EbsPv.Tests.Moves.MoveFacts;

namespace EbsPv.Tests.Moves;

public class UsedTogetherTests
{
    [Fact]
    public void A_claim_that_nobody_mounts_is_alone() =>
        Assert.Equal(["default/data"], UsedTogether.In(Of(claims: [Claim("data"), Claim("other")])).With("default/data"));

    [Fact]
    public void What_one_pod_mounts_is_used_together_and_that_holds_from_pod_to_pod()
    {
        var together = UsedTogether.In(Of(pods: [Pod("one", "a", "b"), Pod("two", "b", "c"), Pod("three", "d")]));

        Assert.Equal(["default/a", "default/b", "default/c"], together.With("default/c"));
        Assert.Equal(["default/d"], together.With("default/d"));
    }

    [Fact]
    public void Claims_of_the_same_name_in_two_namespaces_are_two()
    {
        var together = UsedTogether.In(Of(pods: [Pod("one", "a", "b"), new ClusterPod("other", "one", ["b", "c"])]));

        Assert.Equal(["default/a", "default/b"], together.With("default/b"));
        Assert.Equal(["other/b", "other/c"], together.With("other/c"));
    }

    [Fact]
    public void A_StatefulSet_that_is_scaled_down_still_says_what_each_of_its_pods_will_mount()
    {
        var set = new Workload("StatefulSet", "default", "web") { Replicas = 0, ClaimTemplates = [Template("data"), Template("logs")] };
        var together = UsedTogether.In(Of(claims: [Claim("data-web-0"), Claim("logs-web-0"), Claim("data-web-1"), Claim("logs-web-10")], workloads: [set]));

        Assert.Equal(["default/data-web-0", "default/logs-web-0"], together.With("default/logs-web-0"));
        Assert.Equal(["default/data-web-1"], together.With("default/data-web-1"));
        Assert.Equal(["default/logs-web-10"], together.With("default/logs-web-10"));
    }

    [Fact]
    public void A_claim_that_all_pods_of_a_StatefulSet_share_holds_them_all_together()
    {
        var set = new Workload("StatefulSet", "default", "web") { ClaimTemplates = [Template("data")], ClaimNames = ["shared"] };
        var together = UsedTogether.In(Of(claims: [Claim("data-web-0"), Claim("data-web-1"), Claim("shared")], workloads: [set]));

        Assert.Equal(["default/data-web-0", "default/data-web-1", "default/shared"], together.With("default/shared"));
    }

    [Fact]
    public void A_Deployment_without_pods_holds_its_claims_together() =>
        Assert.Equal(
            ["default/a", "default/b"],
            UsedTogether.In(Of(workloads: [new Workload("Deployment", "default", "blog") { Replicas = 0, ClaimNames = ["a", "b"] }])).With("default/a"));

    [Theory]
    [InlineData("data-web-")]
    [InlineData("data-web-x")]
    [InlineData("data-web--1")]
    [InlineData("data-web-0-0")]
    [InlineData("data-webber-0")]
    public void What_only_looks_like_a_StatefulSet_s_claim_is_none_of_its(string name)
    {
        var set = new Workload("StatefulSet", "default", "web") { ClaimTemplates = [Template("data"), Template("logs")] };

        Assert.Equal([$"default/{name}"], UsedTogether.In(Of(claims: [Claim(name), Claim("logs-web-0")], workloads: [set])).With($"default/{name}"));
    }
}
