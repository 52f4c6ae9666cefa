using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>PersistentVolumes whose policy is Delete go while the driver's provisioner runs beside them, or does not.</summary>
public sealed class UnregisterTests(SandboxBackend backend) : SandboxTests(backend)
{
    private const string Finalizer = "external-provisioner.volume.kubernetes.io/finalizer";
    private const string Unregister = "Get-EbsPersistentVolume | Unregister-EbsPersistentVolume -Confirm:$false -PassThru";

    [Fact]
    public async Task Retain_comes_first_the_provisioner_lets_go_and_then_it_is_deleted()
    {
        await RegisterAsync();

        await Admin.ClearLedgerAsync();
        var gone = Session.Run(Unregister).WithoutErrors();

        Assert.Equal(["Deleted", "Deleted"], gone.Each("Status"));
        Assert.Equal(["available", "available"], (await Backend.Ec2.VolumesAsync()).Select(volume => volume.State));
        foreach (var name in gone.Each("Name"))
            Assert.Equal(["patch persistentvolumes", "delete persistentvolumes"], (await Admin.CallsAsync()).Where(call => call.Target == name).Select(call => call.Operation));
    }

    [Fact]
    public async Task A_provisioner_that_does_not_run_is_named_and_the_same_line_goes_on_when_it_does()
    {
        await RegisterAsync();
        await Admin.SetKubernetesAsync(new { runProvisioner = false });

        var result = Session.Run($"{Unregister} -TimeoutSeconds 1");

        Assert.Equal(["ProvisionerNotRunning", "ProvisionerNotRunning"], result.Errors.Select(ScriptResult.Id));
        Assert.Contains("external-provisioner of the driver ebs.csi.aws.com does not run", result.Errors[0].Exception.Message);
        Assert.Contains("app=ebs-csi-controller", result.Errors[0].ErrorDetails.RecommendedAction);
        Assert.Empty(result.Output);
        var kept = await PersistentVolumeAsync("manual-ebs-01");
        Assert.Equal(("Retain", "Available", null), (Text(kept, "spec.persistentVolumeReclaimPolicy"), Phase(kept), Text(kept, "metadata.deletionTimestamp")));
        Assert.Contains(Finalizer, Text(kept, "metadata.finalizers"));

        await Admin.SetKubernetesAsync(new { runProvisioner = true });
        // A provisioner that starts looks at everything; the sandbox's looks at what changes.
        foreach (var volume in await Backend.Kube.PersistentVolumesAsync())
            await Backend.Kube.PatchAsync($"{KubeHttp.Volumes}/{Name(volume)}", new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["seen"] = "yes" } } });
        Assert.Equal(2, Session.Run(Unregister).WithoutErrors().Output.Count);
        Assert.Empty(await Backend.Kube.PersistentVolumesAsync());
    }

    [Fact]
    public async Task Of_Auto_Mode_its_own_provisioner_is_named()
    {
        await RegisterAsync("-VolumeSource EksAutoMode");
        await Admin.SetKubernetesAsync(new { runProvisioner = false });

        var error = Session.Run($"{Unregister} -TimeoutSeconds 1").Errors[0];

        Assert.Contains("external-provisioner of the driver ebs.csi.eks.amazonaws.com", error.Exception.Message);
        Assert.Contains("EKS runs it outside the cluster", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public async Task One_that_somebody_binds_meanwhile_is_left_alone()
    {
        Session.Run("'eu-west-1b' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume").WithoutErrors();
        await Admin.AddFaultAsync(new { kind = "CutBefore", operation = "delete persistentvolumes" });
        var running = Session.RunAsync(Unregister);
        await Until.TrueAsync("the deletion was tried", async () => (await Admin.CallsAsync()).Any(call => call.Operation == "delete persistentvolumes"));
        await BindAsync("data", "manual-ebs-01");

        (await running).OnlyError("PersistentVolumeBound");

        Assert.Equal("Bound", Phase(await PersistentVolumeAsync("manual-ebs-01")));
    }

    private async Task RegisterAsync(string parameters = "")
    {
        Session.Run($"{Line} -ReclaimPolicy Delete -AllowDeletePolicy -SkipPreflight {parameters}").WithoutErrors();
        foreach (var name in new[] { "manual-ebs-01", "manual-ebs-02" })
            await Until.TrueAsync($"the provisioner holds {name}", async () => Text(await PersistentVolumeAsync(name), "metadata.finalizers")!.Contains(Finalizer, StringComparison.Ordinal));
    }
}
