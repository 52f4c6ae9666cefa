using System.Net.Http.Headers;
using EbsPv.Sandbox.Kubernetes;
using EbsPv.Sandbox.Kubernetes.Rbac;
using EbsPv.Tests.Help;
using Xunit;
using static EbsPv.Tests.Sandbox.Kubernetes.KubernetesHost;

namespace EbsPv.Tests.Sandbox.Kubernetes;

public class RoleTests
{
    private const string Head = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: viewer\nrules:\n";

    public static TheoryData<string> Files => [.. Directory.GetFiles(Repository.PathOf("docs/rbac")).Select(file => Path.GetFileName(file))];

    [Theory]
    [InlineData("list", "", "persistentvolumes", "", "", true)]
    [InlineData("watch", "", "persistentvolumes", "", "", false)]
    [InlineData("list", "batch", "persistentvolumes", "", "", false)]
    [InlineData("list", "", "persistentvolumes/status", "", "", false)]
    [InlineData("get", "", "persistentvolumes/status", "", "x", true)]
    [InlineData("update", "", "nodes/status", "", "x", true)]
    [InlineData("update", "", "nodes", "", "x", false)]
    [InlineData("get", "", "pods", "one", "a", true)]
    [InlineData("get", "", "pods", "one", "b", false)]
    [InlineData("list", "", "pods", "one", "", false)]
    [InlineData("delete", "apps", "statefulsets/scale", "one", "x", true)]
    [InlineData("create", "", "persistentvolumeclaims", "one", "", true)]
    [InlineData("create", "", "persistentvolumeclaims", "two", "", false)]
    public void A_rule_covers_what_RBAC_says(string verb, string group, string resource, string space, string name, bool covered)
    {
        PolicyRule[] rules =
        [
            Rule("", "persistentvolumes", "list"),
            Rule("", "persistentvolumes/status", "get"),
            Rule("", "*/status", "update"),
            Rule("", "pods", "get", "list") with { ResourceNames = ["a"] },
            Rule("apps", "*", "*"),
            Rule("", "persistentvolumeclaims", "create") with { Namespace = "one" },
        ];

        Assert.Equal(covered, rules.Any(rule => rule.Covers(verb, group, resource, space, name)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_holds_the_role_of_its_name(string file)
    {
        var role = RoleFile.Load(Repository.PathOf($"docs/rbac/{file}"));

        Assert.Equal($"ebspv-{Path.GetFileNameWithoutExtension(file)}", role.Name);
        Assert.NotEmpty(role.Rules);
        foreach (var rule in role.Rules)
        {
            Assert.DoesNotContain("*", rule.ApiGroups.Concat(rule.Resources).Concat(rule.Verbs));
            Assert.All(rule.Resources, resource => Assert.Contains(ResourceTypes.OfPlural(resource)!.Group, rule.ApiGroups));
            Assert.Single(rule.ApiGroups);
        }
    }

    [Theory]
    [InlineData("  - apiGroups: [\"\"]\n    resources: [pods]\n    verbs: [\"get\"]\n")]
    [InlineData("  - apiGroups: [\"\"]\n    resources: [\"pods\"]\n    verb: [\"get\"]\n")]
    [InlineData("  - apiGroups: [\"\"]\n    resources:\n      - pods\n    verbs: [\"get\"]\n")]
    [InlineData("  - apiGroups: [\"\"]\n    resources: [\"pods\"]\n    verbs: [\"get\"]\n    verbs: [\"list\"]\n")]
    [InlineData("  - apiGroups: [\"\"]\n    resources: [\"pods\"]\n")]
    [InlineData("aggregationRule:\n")]
    public void A_file_that_it_does_not_understand_is_refused(string rules)
    {
        Assert.Throws<FormatException>(() => RoleFile.Parse(Head + rules));
    }

    [Fact]
    public void A_file_without_a_head_is_refused()
    {
        Assert.Throws<FormatException>(() => RoleFile.Parse(Head.Replace("ClusterRole", "Role", StringComparison.Ordinal)));
        Assert.Throws<FormatException>(() => RoleFile.Parse(Head.Replace("  name: viewer\n", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_user_with_a_role_may_what_the_role_says_and_hears_the_rest_in_the_real_words()
    {
        var role = RoleFile.Parse(Head + """
              - apiGroups: [""]
                resources: ["persistentvolumeclaims"]
                verbs: ["create", "list"]
            """);
        await using var host = await StartAsync(options =>
        {
            options.Tokens["all"] = SandboxUser.WithRole("ana", role);
            options.Tokens["one"] = SandboxUser.WithRole("eva", role, boundIn: "default");
        });
        host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "one");
        Assert.Equal(201, (await host.PostAsync(Claims, Manifests.Claim("datos"))).Code);
        Assert.Equal(200, (await host.GetAsync(Claims)).Code);
        Assert.Contains("User \"eva\" cannot list resource \"persistentvolumeclaims\" in API group \"\" at the cluster scope",
            (await host.GetAsync("/api/v1/persistentvolumeclaims")).Message);
        Assert.Equal(403, (await host.DeleteAsync($"{Claims}/datos")).Code);
        host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "all");
        Assert.Equal(200, (await host.GetAsync("/api/v1/persistentvolumeclaims")).Code);
        Assert.Contains("User \"ana\" cannot list resource \"persistentvolumes\"", (await host.GetAsync(VolumesPath)).Message);
    }

    [Fact]
    public async Task A_list_by_name_counts_as_named()
    {
        await using var host = await StartAsync(options => options.Tokens["t"] = new SandboxUser("ana")
        {
            Rules = [Rule("", "persistentvolumes", "list", "create") with { ResourceNames = ["x"] }],
        });
        host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "t");
        Assert.Equal(200, (await host.GetAsync($"{VolumesPath}?fieldSelector=metadata.name%3Dx")).Code);
        Assert.Equal(403, (await host.GetAsync($"{VolumesPath}?fieldSelector=metadata.name%3Dy")).Code);
        Assert.Equal(403, (await host.GetAsync(VolumesPath)).Code);
        Assert.Equal(403, (await host.PostAsync(VolumesPath, Manifests.Volume("x"))).Code);
    }

    private static PolicyRule Rule(string group, string resource, params string[] verbs) =>
        new() { ApiGroups = [group], Resources = [resource], Verbs = verbs };
}
