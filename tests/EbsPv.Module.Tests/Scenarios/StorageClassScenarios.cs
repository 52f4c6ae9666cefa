using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>The class of the PersistentVolumes: missing, made, extended, or somebody else's.</summary>
public abstract class StorageClassScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string Path = $"{KubeHttp.StorageClasses}/manual-ebs";

    [Scenario]
    public async Task A_class_that_is_missing_is_told_once_and_its_claims_bind_at_once()
    {
        var result = Session.Run(Line).WithoutErrors();

        Assert.StartsWith("StorageClassMissing: there is no StorageClass manual-ebs", Assert.Single(result.Warnings));
        await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.Claim("data", ""));
        await Until.TrueAsync("the claim is bound", async () => Text(await ClaimAsync("data"), "status.phase") == "Bound");
        await Assert.ThrowsAsync<HttpRequestException>(GrowAsync);
    }

    [Scenario]
    public async Task The_class_that_is_made_waits_for_pods_keeps_and_grows_and_provisions_nothing()
    {
        var result = Session.Run($"{Line} -CreateStorageClass").WithoutErrors();

        Assert.Empty(result.Warnings);
        var made = (await Backend.Kube.FindAsync(Path))!;
        Assert.Equal("kubernetes.io/no-provisioner", Text(made, "provisioner"));
        Assert.Equal(("WaitForFirstConsumer", "Retain", "true"), (Text(made, "volumeBindingMode"), Text(made, "reclaimPolicy"), Text(made, "allowVolumeExpansion")));
        Assert.Equal("""{"type":"gp3"}""", Text(made, "parameters"));
        Assert.Equal("""[{"matchLabelExpressions":[{"key":"topology.kubernetes.io/zone","values":["eu-west-1b","eu-west-1c"]}]}]""", Text(made, "allowedTopologies"));
    }

    [Scenario]
    public async Task None_is_made_for_volumes_that_are_only_planned()
    {
        Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -WhatIf | Register-EbsPersistentVolume -CreateStorageClass").OnlyError("VolumePlanned");

        Assert.Null(await Backend.Kube.FindAsync(Path));
        Assert.Contains(Session.Run("$WhatIfPreference = $true; Get-WorkerZone | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -CreateStorageClass").WithoutErrors().WhatIf, line => line.StartsWith("What if: Create the StorageClass", StringComparison.Ordinal));
    }

    [Scenario]
    public async Task Claims_of_it_wait_for_their_pod_and_can_grow()
    {
        Session.Run($"$made = {Line} -CreateStorageClass").WithoutErrors();
        await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.Claim("waits", ""));

        // By name a claim is bound without a pod: when it is, the binder has seen the one that waits, too.
        Session.Run("$made[0] | New-EbsPersistentVolumeClaim -Name data").WithoutErrors();

        Assert.Equal("Pending", Text(await ClaimAsync("waits"), "status.phase"));
        await GrowAsync();
        Assert.Equal("20Gi", Text(await ClaimAsync("data"), "spec.resources.requests.storage"));
    }

    [Scenario]
    public async Task A_later_run_adds_its_zones_and_the_same_run_again_changes_nothing()
    {
        Session.Run("'eu-west-1c' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -CreateStorageClass").WithoutErrors();
        Assert.Equal("""["eu-west-1c"]""", await ZonesAsync());

        Session.Run("'eu-west-1b' | New-ClusterEbsVolume -Size 10 -SetName otro | Register-EbsPersistentVolume -CreateStorageClass").WithoutErrors();
        var version = Text((await Backend.Kube.FindAsync(Path))!, "metadata.resourceVersion");
        Session.Run("'eu-west-1b' | New-ClusterEbsVolume -Size 10 -SetName otro | Register-EbsPersistentVolume -CreateStorageClass").WithoutErrors();

        Assert.Equal("""["eu-west-1b","eu-west-1c"]""", await ZonesAsync());
        Assert.Equal(version, Text((await Backend.Kube.FindAsync(Path))!, "metadata.resourceVersion"));
    }

    [Scenario]
    public async Task A_class_with_a_provisioner_is_told_of_and_left_alone()
    {
        var before = await Backend.Kube.CreateAsync(KubeHttp.StorageClasses, KubeObjects.StorageClassOf("manual-ebs", "ebs.csi.aws.com"));

        var result = Session.Run($"{Line} -CreateStorageClass").WithoutErrors();

        var warning = Assert.Single(result.Warnings);
        Assert.StartsWith("StorageClassProvisions: the StorageClass manual-ebs has the provisioner ebs.csi.aws.com", warning);
        Assert.Contains("empty and paid for", warning);
        Assert.Equal(Text(before, "metadata.resourceVersion"), Text((await Backend.Kube.FindAsync(Path))!, "metadata.resourceVersion"));
    }

    [Scenario]
    public async Task A_class_of_somebody_else_that_provisions_nothing_is_left_alone()
    {
        var foreign = KubeObjects.StorageClassOf("manual-ebs", "kubernetes.io/no-provisioner", "WaitForFirstConsumer");
        foreign["allowVolumeExpansion"] = true;
        var before = await Backend.Kube.CreateAsync(KubeHttp.StorageClasses, foreign);

        Assert.Empty(Session.Run($"{Line} -CreateStorageClass").WithoutErrors().Warnings);

        Assert.Equal(Text(before, "metadata.resourceVersion"), Text((await Backend.Kube.FindAsync(Path))!, "metadata.resourceVersion"));
    }

    [Scenario]
    public async Task What_a_class_of_somebody_else_lacks_is_told()
    {
        var foreign = KubeObjects.StorageClassOf("manual-ebs", "kubernetes.io/no-provisioner", "WaitForFirstConsumer");
        foreign["allowedTopologies"] = JsonNode.Parse("""[{"matchLabelExpressions":[{"key":"topology.kubernetes.io/zone","values":["eu-west-1b"]}]}]""");
        await Backend.Kube.CreateAsync(KubeHttp.StorageClasses, foreign);

        var warnings = Session.Run($"{Line} -CreateStorageClass").WithoutErrors().Warnings;

        Assert.Equal(["StorageClassCannotGrow", "StorageClassLacksZone"], warnings.Select(warning => warning.Split(':')[0]).Order());
        Assert.Contains("allows eu-west-1b and not eu-west-1c", string.Join('\n', warnings));
    }

    [Scenario]
    public async Task A_class_that_binds_at_once_is_told_of()
    {
        await Backend.Kube.CreateAsync(KubeHttp.StorageClasses, KubeObjects.StorageClassOf("manual-ebs", "kubernetes.io/no-provisioner", "Immediate"));

        Assert.StartsWith("StorageClassImmediate: the StorageClass manual-ebs binds claims at once", Assert.Single(Session.Run(Line).WithoutErrors().Warnings));
    }

    [Scenario]
    public async Task WhatIf_and_No_make_no_class()
    {
        var result = Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -WhatIf | Register-EbsPersistentVolume -CreateStorageClass -WhatIf").WithoutErrors();
        Assert.Contains("What if: Create the StorageClass manual-ebs for eu-west-1b, eu-west-1c (no provisioner, WaitForFirstConsumer, Retain, volumes may grow).", result.WhatIf);
        foreach (var answer in new[] { "No", "Yes" }) Session.Screen.Answers.Enqueue(answer);

        Session.Run("'eu-west-1b' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -CreateStorageClass -Confirm").WithoutErrors();

        Assert.Contains("Create the StorageClass manual-ebs for eu-west-1b", Session.Screen.Questions[0]);
        Assert.Null(await Backend.Kube.FindAsync(Path));
        Assert.Single(await Backend.Kube.PersistentVolumesAsync());
    }

    private Task<JsonNode> GrowAsync() =>
        Backend.Kube.PatchAsync($"{KubeHttp.Claims}/data", JsonNode.Parse("""{"spec":{"resources":{"requests":{"storage":"20Gi"}}}}""")!);

    private async Task<string?> ZonesAsync() => Text((await Backend.Kube.FindAsync(Path))!, "allowedTopologies.0.matchLabelExpressions.0.values");
}
