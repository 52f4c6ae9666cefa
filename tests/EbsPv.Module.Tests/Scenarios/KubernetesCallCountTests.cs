using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>What the ways of registering, claiming and unregistering cost at the API server, exactly.</summary>
public sealed class KubernetesCallCountTests(SandboxBackend backend) : SandboxTests(backend)
{
    private const string Three = "Get-ClusterEbsVolume -SetName manual-ebs";

    // What an unfinished move needs is noted on its claim.
    private static readonly (string, int) s_notes = ("kubernetes list persistentvolumeclaims", 1);

    private static readonly (string, int)[] s_preflight =
    [
        ("kubernetes get storageclasses", 1), ("kubernetes get version", 1), ("kubernetes list csidrivers", 1), ("kubernetes list csinodes", 1),
        ("kubernetes list nodes", 1), s_notes, ("kubernetes list persistentvolumes", 1), ("kubernetes watch persistentvolumes", 1),
    ];

    [Fact]
    public async Task A_template_costs_nothing_more()
    {
        await SeedMembersAsync(3);

        AssertKubernetes(await CostAsync($"{Three} | Register-EbsPersistentVolume -TemplatePath '{FileOf(Runbook.Manifest)}'"), [.. s_preflight, ("kubernetes create persistentvolumes", 3)]);
    }

    [Fact]
    public async Task A_claim_to_be_kept_for_costs_one_look_at_the_claims()
    {
        await SeedMembersAsync(1);

        AssertKubernetes(
            await CostAsync($"{Three} | Register-EbsPersistentVolume -ClaimName data"),
            [.. s_preflight.Where(call => call != s_notes), ("kubernetes create persistentvolumes", 1), ("kubernetes list persistentvolumeclaims", 2)]);
    }

    [Fact]
    public async Task A_StatefulSet_costs_a_look_at_it_at_the_claims_and_at_the_default_class()
    {
        await SeedMembersAsync(100);
        await Backend.Kube.CreateAsync(KubeHttp.StatefulSets, KubeObjects.StatefulSet("web", "data"));
        await Backend.Kube.CreateAsync(KubeHttp.StorageClasses, KubeObjects.StorageClassOf("otra", "kubernetes.io/no-provisioner"));

        AssertKubernetes(
            await CostAsync($"{Three} | Register-EbsPersistentVolume -StatefulSet web -ClaimTemplate data -StorageClassName ''"),
            [
                .. s_preflight.Where(call => call.Item1 != "kubernetes get storageclasses" && call != s_notes), ("kubernetes create persistentvolumes", 100), ("kubernetes get statefulsets", 1),
                ("kubernetes list persistentvolumeclaims", 2), ("kubernetes list storageclasses", 1),
            ]);
    }

    [Fact]
    public async Task The_class_costs_one_post_and_then_nothing()
    {
        await SeedMembersAsync(3);

        AssertKubernetes(
            await CostAsync($"{Three} | Register-EbsPersistentVolume -CreateStorageClass"),
            [.. s_preflight, ("kubernetes create persistentvolumes", 3), ("kubernetes create storageclasses", 1)]);
        AssertKubernetes(
            await CostAsync($"{Three} | Register-EbsPersistentVolume -CreateStorageClass"),
            [.. s_preflight.Where(call => call.Item1 != "kubernetes watch persistentvolumes" && call != s_notes)]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-TemplatePath TEMPLATE")]
    [InlineData("-StatefulSet web -ClaimTemplate data -CreateStorageClass -Record -SaveConfig")]
    public async Task Writing_manifests_asks_nobody(string parameters)
    {
        await SeedMembersAsync(3);

        AssertKubernetes(await CostAsync($"{Three} | ConvertTo-EbsPersistentVolumeManifest {parameters.Replace("TEMPLATE", FileOf(Runbook.Manifest), StringComparison.Ordinal)}"), []);
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(501, 2)]
    public async Task Claims_cost_a_post_each_one_list_by_page_and_one_watch(int count, int pages)
    {
        await SeedMembersAsync(count);
        await CostAsync($"{Three} | Register-EbsPersistentVolume -SkipPreflight -VolumeSource Csi");

        AssertKubernetes(
            await CostAsync("Get-EbsPersistentVolume | New-EbsPersistentVolumeClaim"),
            [
                ("kubernetes create persistentvolumeclaims", count), ("kubernetes list persistentvolumeclaims", 1), ("kubernetes list persistentvolumes", pages + pages),
                ("kubernetes watch persistentvolumeclaims", 1),
            ]);
        AssertKubernetes(
            await CostAsync("Get-EbsPersistentVolume | New-EbsPersistentVolumeClaim"),
            [("kubernetes list persistentvolumeclaims", pages), ("kubernetes list persistentvolumes", pages + pages)]);
    }

    [Theory]
    [InlineData("Retain", 0)]
    [InlineData("Delete -AllowDeletePolicy", 100)]
    public async Task Unregistering_costs_a_deletion_each_a_patch_where_the_policy_is_Delete_and_one_watch(string policy, int patches)
    {
        await SeedMembersAsync(100);
        await CostAsync($"{Three} | Register-EbsPersistentVolume -SkipPreflight -VolumeSource Csi -ReclaimPolicy {policy}");

        AssertKubernetes(
            await CostAsync("Get-EbsPersistentVolume | Unregister-EbsPersistentVolume -Confirm:$false"),
            [
                ("kubernetes delete persistentvolumes", 100), ("kubernetes list persistentvolumes", 2), ("kubernetes watch persistentvolumes", 1),
                .. patches > 0 ? [("kubernetes patch persistentvolumes", patches)] : Array.Empty<(string, int)>(),
            ]);
    }

    // EC2's part is the same for all of them and counted elsewhere.
    private static void AssertKubernetes(Dictionary<string, int> cost, params (string Call, int Times)[] expected) => AssertCost(
        cost.Where(call => call.Key.StartsWith("kubernetes", StringComparison.Ordinal)).ToDictionary(),
        [.. expected.OrderBy(call => call.Call, StringComparer.Ordinal)]);
}
