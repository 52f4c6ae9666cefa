using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Volumes that are kept for the pods of a StatefulSet, and the claims that its controller then makes.</summary>
public abstract class StatefulSetScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string Three = "Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Count 3";
    private const string Keep = "Register-EbsPersistentVolume -StatefulSet web -ClaimTemplate data -ClaimNamespace default";

    [Scenario]
    public async Task Neighbouring_pods_get_volumes_of_different_zones_and_their_claims_bind_them()
    {
        var set = await MakeAsync(KubeObjects.StatefulSet("web", "data", "lenta"));

        var result = Session.Run($"{Three} | {Keep}").WithoutErrors();

        Assert.Equal(["default/data-web-0", "default/data-web-1", "default/data-web-2"], result.Each("Claim"));
        Assert.Equal([IBackend.ZoneB, IBackend.ZoneC, IBackend.ZoneB], result.Each("AvailabilityZone"));
        Assert.Equal(["lenta", "lenta", "lenta"], result.Each("StorageClassName"));
        Assert.DoesNotContain(result.Warnings, warning => warning.StartsWith("StatefulSetMissing", StringComparison.Ordinal));
        // In another order than the ordinals': each gets its own all the same.
        foreach (var ordinal in new[] { 2, 0, 1 }) await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.ClaimOf(set, ordinal));
        for (var ordinal = 0; ordinal < 3; ordinal++)
            Assert.Equal($"data-web-{ordinal}", Text(await PhaseAsync(result.Each("Name")[ordinal]!, "Bound"), "spec.claimRef.name"));
    }

    [Scenario]
    public async Task The_same_line_again_keeps_each_volume_for_its_pod_and_more_volumes_for_the_next_ones()
    {
        await MakeAsync(KubeObjects.StatefulSet("web", "data", "manual-ebs"));
        var first = Session.Run($"{Three} | {Keep}").WithoutErrors();

        var again = Session.Run($"{Three} | {Keep}").WithoutErrors();
        var more = Session.Run($"{Three.Replace("-Count 3", "-Count 4", StringComparison.Ordinal)} | {Keep}").WithoutErrors();

        Assert.Equal(Kept(first), Kept(again));
        Assert.Equal([.. Kept(first), "default/data-web-3"], Kept(more).Select(one => one.Split(' ')[^1] == "default/data-web-3" ? "default/data-web-3" : one));

        static List<string> Kept(ScriptResult result) =>
            [.. result.Output.Select(one => $"{ScriptResult.Text(one, "VolumeId")} {ScriptResult.Text(one, "Claim")}").OrderBy(one => one.Split(' ')[1], StringComparer.Ordinal)];
    }

    [Scenario(Needs = Ability.ModernKubernetes)]
    public async Task Ordinals_begin_where_the_StatefulSet_begins()
    {
        var set = await MakeAsync(KubeObjects.StatefulSet("web", "data", "manual-ebs", "", start: 5));

        var result = Session.Run($"{Three} | {Keep}").WithoutErrors();

        Assert.Equal(["default/data-web-5", "default/data-web-6", "default/data-web-7"], result.Each("Claim"));
        await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.ClaimOf(set, 7));
        await PhaseAsync(result.Each("Name")[2]!, "Bound");
    }

    [Scenario(Needs = Ability.ModernKubernetes)]
    public async Task An_attributes_class_of_the_template_is_the_volumes()
    {
        var set = await MakeAsync(KubeObjects.StatefulSet("web", "data", "manual-ebs", "\"volumeAttributesClassName\":\"oro\""));

        var result = Session.Run($"{Three} | {Keep}").WithoutErrors();

        await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.ClaimOf(set, 0));
        Assert.Equal("oro", Text(await PhaseAsync(result.Each("Name")[0]!, "Bound"), "spec.volumeAttributesClassName"));
    }

    [Scenario]
    public async Task A_template_without_a_class_means_the_cluster_s_default()
    {
        await MakeAsync(KubeObjects.StatefulSet("web", "data"));
        Assert.True(string.IsNullOrEmpty(Session.Run($"'eu-west-1b' | New-ClusterEbsVolume -Size 10 -SetName sin | {Keep}").WithoutErrors().Each("StorageClassName")[0]));
        var standard = KubeObjects.StorageClassOf("estandar", "kubernetes.io/no-provisioner");
        standard["metadata"]!["annotations"] = new JsonObject { ["storageclass.kubernetes.io/is-default-class"] = "true" };
        await Backend.Kube.CreateAsync(KubeHttp.StorageClasses, standard);

        Assert.Equal(["estandar"], Session.Run($"'eu-west-1b' | New-ClusterEbsVolume -Size 10 | {Keep}").WithoutErrors().Each("StorageClassName"));
    }

    [Scenario]
    public async Task A_device_template_gets_devices()
    {
        await MakeAsync(KubeObjects.StatefulSet("web", "data", "manual-ebs", "\"volumeMode\":\"Block\""));

        Session.Run($"{Three} | {Keep}").WithoutErrors();

        Assert.Equal("Block", Text(await PersistentVolumeAsync("manual-ebs-01"), "spec.volumeMode"));
        Session.Run($"'eu-west-1b' | New-ClusterEbsVolume -Size 10 -SetName otro | {Keep} -FileSystemType xfs").OnlyError("FsTypeWithBlock");
    }

    [Scenario]
    public void One_that_is_still_to_come_is_counted_from_0_with_a_warning()
    {
        var result = Session.Run($"{Three} | {Keep}").WithoutErrors();

        Assert.Single(result.Warnings, warning => warning.StartsWith("StatefulSetMissing: there is no StatefulSet web in the namespace default yet", StringComparison.Ordinal));
        Assert.Equal(["default/data-web-0", "default/data-web-1", "default/data-web-2"], result.Each("Claim"));
    }

    [Scenario]
    public async Task What_its_claims_would_pass_by_is_refused_before_anything_is_posted()
    {
        await MakeAsync(KubeObjects.StatefulSet("web", "data", "manual-ebs"));
        Session.Run("$small = 'eu-west-1b', 'eu-west-1c' | New-ClusterEbsVolume -Size 5; $large = 'eu-west-1b' | New-ClusterEbsVolume -Size 10 -SetName otro").WithoutErrors();

        Session.Run($"@($large) + $small | {Keep}").OnlyError("VolumeTooSmall");
        Session.Run($"$large | {Keep} -StorageClassName otra").OnlyError("StatefulSetMismatch");
        Session.Run($"$large | {Keep} -VolumeMode Block").OnlyError("StatefulSetMismatch");
        Session.Run($"$large | {Keep.Replace("-ClaimTemplate data", "-ClaimTemplate datos", StringComparison.Ordinal)}").OnlyError("ClaimTemplateNotFound");
        Assert.Empty(await Backend.Kube.PersistentVolumesAsync());
    }

    [Scenario]
    public async Task A_claim_that_is_there_already_is_refused_before_anything_is_posted()
    {
        var set = await MakeAsync(KubeObjects.StatefulSet("web", "data", "manual-ebs"));
        await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.ClaimOf(set, 1));

        var error = Session.Run($"{Three} | {Keep}").OnlyError("ClaimConflict");

        Assert.Contains("default/data-web-1 is there already", error.Exception.Message);
        Assert.Empty(await Backend.Kube.PersistentVolumesAsync());
    }

    [Scenario]
    public async Task Pods_that_have_volumes_already_are_passed_over_and_told()
    {
        await MakeAsync(KubeObjects.StatefulSet("web", "data", "manual-ebs"));
        Session.Run($"'eu-west-1b' | New-ClusterEbsVolume -Size 10 -SetName primero | {Keep}").WithoutErrors();

        var result = Session.Run($"'eu-west-1c' | New-ClusterEbsVolume -Size 10 -SetName segundo | {Keep}").WithoutErrors();

        Assert.Equal(["default/data-web-1"], result.Each("Claim"));
        Assert.Contains("data-web-0 (primero-01)", Assert.Single(result.Warnings, warning => warning.StartsWith("OrdinalsTaken:", StringComparison.Ordinal)));
    }

    [Scenario]
    public async Task WhatIf_shows_the_claim_of_each_volume()
    {
        await MakeAsync(KubeObjects.StatefulSet("web", "data", "manual-ebs"));

        var result = Session.Run($"$WhatIfPreference = $true; {Three} | {Keep}").WithoutErrors();

        Assert.EndsWith("as PersistentVolume manual-ebs-03 (10Gi, class manual-ebs, Retain, Csi, kept for the claim default/data-web-1).", result.WhatIf[4]);
        Assert.Empty(await Backend.Kube.PersistentVolumesAsync());
    }

    private Task<JsonNode> MakeAsync(JsonNode set) => Backend.Kube.CreateAsync(KubeHttp.StatefulSets, set);
}
