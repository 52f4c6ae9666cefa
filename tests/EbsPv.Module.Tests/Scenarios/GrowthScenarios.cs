using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>PersistentVolumes that grow: by their claims, or volume first and capacity second.</summary>
public abstract class GrowthScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string Resize = "Resize-EbsPersistentVolume manual-ebs-01 -Size 20";

    [Scenario]
    public async Task Without_a_claim_the_volume_grows_and_then_the_capacity()
    {
        var made = Session.Run(Line).WithoutErrors();

        var grown = Session.Run(Resize).WithoutErrors();

        Assert.Equal(["20Gi"], grown.Each("Capacity"));
        Assert.Equal(20, (await VolumeAsync(made.Each("VolumeId")[0]!)).Size);
        Assert.Equal("20Gi", await CapacityAsync());
        Assert.Contains("manual-ebs-01: no claim is bound to it", Assert.Single(grown.Warnings));
        Assert.EndsWith("when the driver next mounts the volume.", grown.Warnings[0], StringComparison.Ordinal);
        Assert.Equal(10, (await VolumeAsync(made.Each("VolumeId")[1]!)).Size);
    }

    [Scenario]
    public void Several_are_named_in_one_line()
    {
        Session.Run(Line).WithoutErrors();

        Assert.Equal(["20Gi", "20Gi"], Session.Run("Resize-EbsPersistentVolume manual-ebs-01, manual-ebs-02 -Size 20").WithoutErrors().Each("Capacity"));
    }

    [Scenario]
    public async Task Afterwards_the_line_changes_nothing_and_neither_does_a_second_run()
    {
        var made = Session.Run(Line).WithoutErrors();
        Session.Run(Resize).WithoutErrors();

        var again = Session.Run(Resize).WithoutErrors();
        var line = Session.Run(Line).WithoutErrors();

        Assert.Equal(["20Gi"], again.Each("Capacity"));
        Assert.Empty(again.Warnings);
        Assert.Equal(made.Each("VolumeId"), line.Each("VolumeId"));
        Assert.Equal(["20Gi", "10Gi"], line.Each("Capacity"));
        Assert.Equal(2, (await Backend.Ec2.VolumesAsync()).Count);
        Assert.Empty(Session.Run("Test-EbsPersistentVolume").WithoutErrors().Output);
    }

    [Scenario]
    public async Task A_run_that_was_cut_off_between_volume_and_capacity_is_finished()
    {
        Session.Run(Line).WithoutErrors();
        Session.Run("Get-ClusterEbsVolume -Name manual-ebs-01 | Set-ClusterEbsVolume -Size 20").WithoutErrors();

        Session.Run(Resize).WithoutErrors();

        Assert.Equal("20Gi", await CapacityAsync());
    }

    [Scenario]
    public async Task Nothing_shrinks()
    {
        Session.Run(Line).WithoutErrors();

        var error = Session.Run("Resize-EbsPersistentVolume manual-ebs-01 -Size 5").OnlyError("ResizeNotLarger");

        Assert.Contains("has 10 GiB", error.Exception.Message);
        Assert.Equal("10Gi", await CapacityAsync());
    }

    [Scenario]
    public async Task A_claim_whose_class_allows_it_asks_and_the_driver_does_the_rest()
    {
        var made = Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -CreateStorageClass").WithoutErrors();
        await BindAsync("data", "manual-ebs-01");

        var running = Session.RunAsync(Resize);
        await PlayResizerAsync();
        var grown = (await running).WithoutErrors();

        Assert.Equal(["20Gi"], grown.Each("Capacity"));
        Assert.Empty(grown.Warnings);
        Assert.Equal("20Gi", (await ClaimAsync())["spec"]!["resources"]!["requests"]!["storage"]!.GetValue<string>());
        Assert.Equal(["20Gi"], Session.Run(Resize).WithoutErrors().Each("Capacity"));
        Assert.Equal(2, made.Output.Count);
    }

    [Scenario]
    public async Task A_claim_of_a_class_without_an_object_cannot_ask()
    {
        Session.Run(Line).WithoutErrors();
        await BindAsync("data", "manual-ebs-01");

        var grown = Session.Run(Resize).WithoutErrors();

        Assert.Equal(("20Gi", "Bound"), (grown.Each("Capacity")[0], grown.Each("Status")[0]));
        Assert.Contains("there is no StorageClass manual-ebs", Assert.Single(grown.Warnings));
        Assert.Equal("10Gi", (await ClaimAsync())["spec"]!["resources"]!["requests"]!["storage"]!.GetValue<string>());
    }

    [Scenario]
    public async Task WhatIf_says_how_it_would_grow_and_changes_nothing()
    {
        var id = Session.Run(Line).WithoutErrors().Each("VolumeId")[0]!;

        var planned = Session.Run("Get-EbsPersistentVolume manual-ebs-01 | Resize-EbsPersistentVolume -Size 20 -WhatIf").WithoutErrors();

        Assert.Equal(
            [$"What if: Grow the PersistentVolume manual-ebs-01 ({id} in eu-west-1b) from 10Gi to 20Gi: the volume, then the capacity; the file system grows when the driver next mounts it."],
            planned.WhatIf);
        Assert.Equal(("planned", "20Gi"), (planned.Each("Status")[0], planned.Each("Capacity")[0]));
        Assert.Equal(10, (await VolumeAsync(id)).Size);
        Assert.Equal("10Gi", await CapacityAsync());
    }

    [Scenario]
    public void What_cannot_grow_does_not_keep_the_others()
    {
        Session.Run(Line).WithoutErrors();

        var result = Session.Run("'nobody', 'manual-ebs-02' | Resize-EbsPersistentVolume -Size 20");

        Assert.Equal(["manual-ebs-02"], result.Each("Name"));
        result.OnlyError("PersistentVolumeNotFound");
    }

    private async Task<Ec2Volume> VolumeAsync(string id) => (await Backend.Ec2.AllVolumesAsync()).Single(volume => volume.Id == id);

    private async Task<string> CapacityAsync() => (await PersistentVolumeAsync("manual-ebs-01"))["spec"]!["capacity"]!["storage"]!.GetValue<string>();

    private async Task<JsonNode> ClaimAsync() => (await Backend.Kube.FindAsync($"{KubeHttp.Claims}/data"))!;

    // The part of the CSI driver: no control plane without nodes has one.
    private async Task PlayResizerAsync()
    {
        await Until.TrueAsync("the claim asks for 20Gi", async () => (await ClaimAsync())["spec"]!["resources"]!["requests"]!["storage"]!.GetValue<string>() == "20Gi");
        var capacity = JsonNode.Parse("""{"storage":"20Gi"}""")!;
        await Backend.Kube.PatchAsync($"{KubeHttp.Volumes}/manual-ebs-01", new JsonObject { ["spec"] = new JsonObject { ["capacity"] = capacity.DeepClone() } });
        await Backend.Kube.PatchAsync($"{KubeHttp.Claims}/data/status", new JsonObject { ["status"] = new JsonObject { ["capacity"] = capacity.DeepClone() } });
    }
}
