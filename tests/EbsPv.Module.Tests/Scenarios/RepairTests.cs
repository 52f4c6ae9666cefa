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

    [Fact]
    public async Task A_conversion_is_of_the_disk_that_was_looked_at_and_of_no_other_under_the_name()
    {
        Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Count 2 | Register-EbsPersistentVolume -VolumeSource InTree").WithoutErrors();
        Session.Run("$findings = Test-EbsPersistentVolume manual-ebs-01 -Code InTreeSource").WithoutErrors();
        var (one, other) = (await PersistentVolumeAsync("manual-ebs-01"), await PersistentVolumeAsync("manual-ebs-02"));
        // Two lists for the plan, and one when it is carried out: a prompt may stand between them.
        await Admin.AddFaultAsync(new { kind = "Pause", operation = "list persistentvolumes", skip = 2 });
        var running = Session.RunAsync("$findings | Repair-EbsPersistentVolume -Confirm:$false");
        await Admin.StruckAsync();
        foreach (var name in new[] { "manual-ebs-01", "manual-ebs-02" }) await Backend.Kube.DeleteAsync($"{KubeHttp.Volumes}/{name}");
        await Until.TrueAsync("both are gone", async () => (await Backend.Kube.PersistentVolumesAsync()).Count == 0);
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, new JsonObject { ["apiVersion"] = "v1", ["kind"] = "PersistentVolume", ["metadata"] = new JsonObject { ["name"] = "manual-ebs-01" }, ["spec"] = other["spec"]!.DeepClone() });
        await Admin.ReleaseAsync();

        (await running).OnlyError("PersistentVolumeNotFound");

        var now = await PersistentVolumeAsync("manual-ebs-01");
        Assert.Equal(other["spec"]!["awsElasticBlockStore"]!.ToJsonString(), now["spec"]!["awsElasticBlockStore"]?.ToJsonString());
        Assert.NotEqual(one["spec"]!["awsElasticBlockStore"]!.ToJsonString(), now["spec"]!["awsElasticBlockStore"]!.ToJsonString());
    }

    [Fact]
    public async Task Retain_that_a_repair_sets_is_for_good_also_where_a_move_was_prepared_once()
    {
        Session.Run($"{Line} -ReclaimPolicy Delete -AllowDeletePolicy").WithoutErrors();
        Session.Run("Move-EbsPersistentVolume manual-ebs-02 -PrepareOnly -Confirm:$false").WithoutErrors();
        await Backend.Kube.PatchAsync($"{KubeHttp.Volumes}/manual-ebs-02", JsonNode.Parse("""{"spec":{"persistentVolumeReclaimPolicy":"Delete"} }""")!);

        Session.Run(Repair).WithoutErrors();
        Session.Run($"Move-EbsPersistentVolume manual-ebs-02 -DestinationZone {IBackend.ZoneB} -Confirm:$false").WithoutErrors();

        Assert.Equal("Retain", Text(await PersistentVolumeAsync("manual-ebs-02"), "spec.persistentVolumeReclaimPolicy"));
    }

    private async Task<string> MakeAsync()
    {
        Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Count 1 | Register-EbsPersistentVolume -VolumeSource InTree").WithoutErrors();
        await BindAsync("data", "manual-ebs-01");
        return await ClaimUidAsync("data");
    }
}
