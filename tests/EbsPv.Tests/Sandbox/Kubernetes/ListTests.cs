using EbsPv.Sandbox.Kubernetes;
using Xunit;
using static EbsPv.Tests.Sandbox.Kubernetes.KubernetesHost;

namespace EbsPv.Tests.Sandbox.Kubernetes;

public class ListTests
{
    [Fact]
    public async Task Pages_are_of_one_snapshot()
    {
        await using var host = await StartAsync();
        await host.CreateAsync([.. Enumerable.Range(1, 5).Select(number => (VolumesPath, Manifests.Volume($"pv-{number}")))]);
        var first = await host.GetAsync($"{VolumesPath}?limit=2");
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv-3a")));
        await host.DeleteAsync($"{VolumesPath}/pv-4");
        await host.SettleAsync();
        var second = await host.GetAsync($"{VolumesPath}?limit=2&continue={Token(first)}");
        var third = await host.GetAsync($"{VolumesPath}?limit=2&continue={Token(second)}");

        Assert.Equal(["pv-1", "pv-2", "pv-3", "pv-4", "pv-5"], [.. first.Names, .. second.Names, .. third.Names]);
        Assert.Equal([3L, 1L, null], new[] { first, second, third }.Select(page => page.Body["metadata"]!["remainingItemCount"]?.GetValue<long>()));
        Assert.Null(third.Body["metadata"]!["continue"]);
        Assert.Single(new[] { first, second, third }.Select(page => page.Body["metadata"]!["resourceVersion"]!.GetValue<string>()).Distinct());
        Assert.Equal("PersistentVolumeList", first.Body["kind"]!.GetValue<string>());
        Assert.Null(first.Body.Objects("items")[0]["kind"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Old_token_is_expired_and_comes_with_one_that_goes_on(bool compacted)
    {
        await using var host = await StartAsync();
        await host.CreateAsync([.. Enumerable.Range(1, 3).Select(number => (VolumesPath, Manifests.Volume($"pv-{number}")))]);
        var first = await host.GetAsync($"{VolumesPath}?limit=1");
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv-2a")));
        if (compacted) host.Api.State.Compact();
        else host.Clock.Advance(TimeSpan.FromMinutes(6));

        var expired = await host.GetAsync($"{VolumesPath}?limit=1&continue={Token(first)}");
        Assert.Equal((410, "Expired"), (expired.Code, expired.Reason));
        var rest = await host.GetAsync($"{VolumesPath}?continue={Token(expired)}");
        Assert.Equal(["pv-2", "pv-2a", "pv-3"], rest.Names);
    }

    [Fact]
    public async Task Page_is_never_larger_than_the_server_wants()
    {
        await using var host = await StartAsync(options => options.MaxListPage = 2);
        await host.CreateAsync([.. Enumerable.Range(1, 3).Select(number => (VolumesPath, Manifests.Volume($"pv-{number}")))]);
        Assert.Equal(2, (await host.GetAsync($"{VolumesPath}?limit=500")).Names.Count);
        Assert.Equal(3, (await host.GetAsync(VolumesPath)).Names.Count);
    }

    [Theory]
    [InlineData("a=1", "pv-1")]
    [InlineData("a==1", "pv-1")]
    [InlineData("a!=1", "pv-2,pv-3")]
    [InlineData("a in (1,2)", "pv-1,pv-2")]
    [InlineData("a notin (1, 2)", "pv-3")]
    [InlineData("a", "pv-1,pv-2")]
    [InlineData("!a", "pv-3")]
    [InlineData("a,b/c=x", "pv-2")]
    public async Task Label_selector_selects(string selector, string names)
    {
        await using var host = await StartAsync();
        await host.CreateAsync(
            (VolumesPath, Manifests.Volume("pv-1").With("metadata.labels", """{"a":"1"}""")),
            (VolumesPath, Manifests.Volume("pv-2").With("metadata.labels", """{"a":"2","b/c":"x"}""")),
            (VolumesPath, Manifests.Volume("pv-3")));
        Assert.Equal(names.Split(','), (await host.GetAsync($"{VolumesPath}?labelSelector={Uri.EscapeDataString(selector)}")).Names);
    }

    [Theory]
    [InlineData("metadata.name=pv-1", "pv-1")]
    [InlineData("metadata.name!=pv-1", "pv-2")]
    [InlineData("metadata.namespace=default", "")]
    public async Task Field_selector_selects(string selector, string names)
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv-1")), (VolumesPath, Manifests.Volume("pv-2")));
        var listed = (await host.GetAsync($"{VolumesPath}?fieldSelector={Uri.EscapeDataString(selector)}")).Names;
        Assert.Equal(names.Split(',', StringSplitOptions.RemoveEmptyEntries), listed);
    }

    [Fact]
    public async Task Pods_can_be_selected_by_node_and_phase()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((Pods, Manifests.Pod("one", "c", "n1")), (Pods, Manifests.Pod("two", "c", "n2")));
        Assert.Equal(["two"], (await host.GetAsync("/api/v1/pods?fieldSelector=spec.nodeName%3Dn2,status.phase%3DPending")).Names);
    }

    [Theory]
    [InlineData("fieldSelector=status.phase%3DBound", 400)]
    [InlineData("fieldSelector=nonsense", 400)]
    [InlineData("labelSelector=a%20b", 400)]
    [InlineData("labelSelector=a%20in%20(b", 400)]
    [InlineData("limit=x", 400)]
    [InlineData("limit=1&continue=abc", 400)]
    [InlineData("resourceVersion=99999999", 504)]
    public async Task Bad_parameter_is_refused(string query, int code)
    {
        await using var host = await StartAsync();
        Assert.Equal(code, (await host.GetAsync($"{VolumesPath}?{query}")).Code);
    }

    [Fact]
    public async Task Namespaced_list_has_one_namespace_and_the_other_has_all()
    {
        await using var host = await StartAsync();
        await host.CreateAsync(
            (Claims, Manifests.Claim("c")), ("/api/v1/namespaces/kube-system/persistentvolumeclaims", Manifests.Claim("d")));
        Assert.Equal(["c"], (await host.GetAsync(Claims)).Names);
        Assert.Equal(["c", "d"], (await host.GetAsync("/api/v1/persistentvolumeclaims")).Names);
    }

    private static string Token(KubernetesReply page) => Uri.EscapeDataString(page.Body["metadata"]!["continue"]!.GetValue<string>());
}
