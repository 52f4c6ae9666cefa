using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Core;

public class ClusterNamesTests
{
    private static readonly KubeContexts Contexts = new(new("work", "a.local", null), [new("work", "a.local", null), new("other", "b.local", null)]);
    private static readonly KubeContexts NoneInUse = Contexts with { Current = null };

    [Fact]
    public void What_was_typed_wins_over_everything() => AssertResolved("c", "-ClusterName", ClusterNames.Resolve("c", new("a.local", "b.local", Contexts)));

    [Fact]
    public void Then_kops_variable() => AssertResolved("a.local", "KOPS_CLUSTER_NAME", ClusterNames.Resolve(null, new("a.local", null, Contexts)));

    [Fact]
    public void Kops_variable_needs_no_context() =>
        AssertResolved("x.local", "KOPS_CLUSTER_NAME", ClusterNames.Resolve(null, new("x.local", null, KubeContexts.None)));

    [Fact]
    public void Then_the_context_in_use() => AssertResolved("a.local", "kube context work", ClusterNames.Resolve(null, new(null, null, Contexts)));

    [Fact]
    public void The_runbook_s_NAME_counts_when_a_context_has_that_cluster() =>
        AssertResolved("b.local", "NAME", ClusterNames.Resolve(null, new(null, "b.local", NoneInUse)));

    [Fact]
    public void NAME_and_the_context_in_use_may_agree() => AssertResolved("a.local", "NAME", ClusterNames.Resolve(null, new("", "a.local", Contexts)));

    [Theory]
    [InlineData("DESKTOP-1234")]
    [InlineData("")]
    [InlineData(null)]
    public void The_host_s_name_that_WSL_puts_there_is_not_a_cluster(string? name)
    {
        AssertResolved("a.local", "kube context work", ClusterNames.Resolve(null, new(null, name, Contexts)));
        Assert.Null(ClusterNames.Resolve(null, new(null, name, NoneInUse)));
    }

    [Theory]
    [InlineData("b.local", null)]
    [InlineData(null, "b.local")]
    public void Sources_that_differ_are_not_guessed_between(string? kops, string? name)
    {
        var refusal = Refusal.Of(ErrorIds.ClusterAmbiguous, () => ClusterNames.Resolve(null, new(kops, name, Contexts)));
        Assert.Contains("a.local", refusal.Message);
        Assert.Contains("b.local", refusal.Message);
    }

    [Fact]
    public void The_two_variables_are_not_guessed_between_either_when_both_are_real()
    {
        var refusal = Refusal.Of(ErrorIds.ClusterAmbiguous, () => ClusterNames.Resolve(null, new("a.local", "b.local", NoneInUse)));
        Assert.Contains("KOPS_CLUSTER_NAME names the cluster 'a.local', but NAME names 'b.local'", refusal.Message);
        AssertResolved("a.local", "KOPS_CLUSTER_NAME", ClusterNames.Resolve(null, new("a.local", "DESKTOP-1234", NoneInUse)));
        AssertResolved("a.local", "KOPS_CLUSTER_NAME", ClusterNames.Resolve(null, new("a.local", "a.local", NoneInUse)));
    }

    [Fact]
    public void A_context_without_a_cluster_contradicts_nobody() => AssertResolved(
        "x.local", "KOPS_CLUSTER_NAME", ClusterNames.Resolve(null, new("x.local", null, new KubeContexts(new("odd", null, null), []))));

    [Fact]
    public void Nothing_is_no_name() => Assert.Null(ClusterNames.Resolve(null, new(null, null, KubeContexts.None)));

    [Theory]
    [InlineData("proyecto.k8s.local")]
    [InlineData("my_cluster-1")]
    [InlineData("0")]
    public void A_cluster_may_be_called_so(string name) => Assert.Equal(name, ClusterNames.Checked(name));

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData(".a")]
    [InlineData("vol-0123456789abcdef0")]
    [InlineData("snap-01234567")]
    [InlineData("a*")]
    [InlineData("a?")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a\n")]
    [InlineData("ä")]
    [InlineData("a\e[2J")]
    public void And_not_so(string name)
    {
        Assert.DoesNotContain('\e', Refusal.Of(ErrorIds.ClusterNameInvalid, () => ClusterNames.Checked(name)).Message);
        Refusal.Of(ErrorIds.ClusterNameInvalid, () => ClusterNames.Resolve(name, new("a.local", null, Contexts)));
    }

    [Fact]
    public void A_name_has_at_most_a_hundred_characters()
    {
        ClusterNames.Checked(new string('a', 100));
        Refusal.Of(ErrorIds.ClusterNameInvalid, () => ClusterNames.Checked(new string('a', 101)));
    }

    [Fact]
    public void A_name_from_the_surroundings_is_checked_too() =>
        Refusal.Of(ErrorIds.ClusterNameInvalid, () => ClusterNames.Resolve(null, new("a*", null, KubeContexts.None)));

    private static void AssertResolved(string name, string source, ClusterNames.Resolved? resolved)
    {
        Assert.Equal(name, resolved?.Name);
        Assert.StartsWith(source, resolved!.Source);
    }
}
