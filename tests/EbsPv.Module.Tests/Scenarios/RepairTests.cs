using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Repairs where it takes the sandbox: exact calls, answers that are lost, processes that are killed, what does not last.</summary>
public sealed class RepairTests(SandboxBackend backend) : SandboxTests(backend)
{
    private const string Repair = "Test-EbsPersistentVolume | Repair-EbsPersistentVolume -Confirm:$false";
    private const string Convert = "Test-EbsPersistentVolume -Code InTreeSource | Repair-EbsPersistentVolume -Confirm:$false";

    [Fact]
    public async Task Tags_of_450_volumes_are_three_calls_and_no_call_is_for_one_volume()
    {
        await Admin.AddVolumesAsync(new { count = 450, availabilityZones = new[] { IBackend.ZoneB }, tags = new Dictionary<string, string> { ["KubernetesCluster"] = IBackend.Cluster } });
        Session.Run("$findings = Test-EbsPersistentVolume -Code KopsProtectionMissing").WithoutErrors();
        await Admin.ClearLedgerAsync();

        var repaired = Session.Run("$findings | Repair-EbsPersistentVolume -Confirm:$false").WithoutErrors();

        Assert.Equal(450, repaired.Output.Count);
        var counts = await Admin.CountsAsync();
        Assert.Equal(3, counts["ec2 CreateTags"]);
        // Three batches of ids for the look before, for the tags themselves, and for the look after.
        Assert.Equal(9, counts["ec2 DescribeVolumes"]);
        Assert.DoesNotContain(counts.Keys, call => call.StartsWith("kubernetes get persistentvolume", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_conversion_that_is_cut_off_at_any_change_is_finished_by_the_same_line()
    {
        await MakeAsync();
        await Admin.ClearLedgerAsync();
        Session.Run(Convert).WithoutErrors();
        var changes = (await Admin.CallsAsync()).Where(call => call.Operation.Split(' ')[0] is "patch" or "create" or "delete").Select(call => call.Operation).ToList();
        Assert.NotEmpty(changes);

        for (var index = 0; index < changes.Count; index++)
        {
            await Backend.ResetAsync();
            var uid = await MakeAsync();
            await Admin.AddFaultAsync(new { kind = "Error", operation = changes[index], skip = changes.Take(index).Count(change => change == changes[index]), times = -1, status = 403, code = "Forbidden" });
            Assert.NotEmpty(Session.Run(Convert).Errors);
            await Admin.ClearFaultsAsync();

            Session.Run(Convert).WithoutErrors();

            var (volume, claim) = (await PersistentVolumeAsync("manual-ebs-01"), (await Backend.Kube.FindAsync($"{KubeHttp.Claims}/data"))!);
            Assert.NotNull(volume["spec"]!["csi"]);
            Assert.Equal((uid, uid, "Bound"), (Uid(claim), volume["spec"]!["claimRef"]!["uid"]!.GetValue<string>(), Phase(claim)));
            Assert.DoesNotContain("ebspv/swap", claim.ToJsonString());
            Assert.Single(await Backend.Kube.PersistentVolumesAsync());
        }
    }

    [Fact]
    public async Task What_does_not_last_is_an_error()
    {
        Session.Run($"{Line} -ReclaimPolicy Delete -AllowDeletePolicy").WithoutErrors();
        Session.Run("$findings = Test-EbsPersistentVolume manual-ebs-01 -Code ReclaimPolicyDelete").WithoutErrors();
        // Two lists before the change; the third one looks whether it lasts.
        await Admin.AddFaultAsync(new { kind = "Pause", operation = "list persistentvolumes", skip = 2 });
        var running = Task.Run(() => Session.Run("$findings | Repair-EbsPersistentVolume -Confirm:$false -TimeoutSeconds 1"));
        await Admin.StruckAsync();
        await Backend.Kube.PatchAsync($"{KubeHttp.Volumes}/manual-ebs-01", JsonNode.Parse("""{"spec":{"persistentVolumeReclaimPolicy":"Delete"} }""")!);
        await Admin.ReleaseAsync();

        var error = (await running).OnlyError("RepairNotEffective");

        Assert.Contains("a second look still finds ReclaimPolicyDelete", error.Exception.Message);
    }

    [Fact]
    public async Task A_change_whose_answer_is_lost_is_found_to_be_made()
    {
        Session.Run($"{Line} -ReclaimPolicy Delete -AllowDeletePolicy").WithoutErrors();
        await Admin.AddFaultAsync(new { kind = "CutAfter", operation = "patch persistentvolumes" });
        await Admin.ClearLedgerAsync();

        var repaired = Session.Run(Repair).WithoutErrors();

        Assert.Equal(["Repaired", "Repaired"], repaired.Each("Status"));
        Assert.Equal(2, (await Admin.CallsAsync()).Count(call => call.Operation == "patch persistentvolumes"));
    }

    private async Task<string> MakeAsync()
    {
        Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Count 1 | Register-EbsPersistentVolume -VolumeSource InTree").WithoutErrors();
        await BindAsync("data", "manual-ebs-01");
        return await ClaimUidAsync("data");
    }
}
