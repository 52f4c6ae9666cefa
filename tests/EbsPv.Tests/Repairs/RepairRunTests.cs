using EbsPv.Audit;
using EbsPv.Repairs;
using EbsPv.Sandbox.Ec2;
using EbsPv.Tests.Sandbox.Kubernetes;
using EbsPv.Tests.Swaps;
using Xunit;

namespace EbsPv.Tests.Repairs;

/// <summary>Repairs that were planned a while ago: a prompt may have taken long.</summary>
public class RepairRunTests
{
    [Fact]
    public async Task What_another_run_has_converted_is_not_converted_again()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync(manifest => manifest.With("spec.csi", null).With("spec.awsElasticBlockStore", $$"""{"volumeID":"aws://{{KopsCluster.ZoneC}}/{{sandbox.VolumeId}}","fsType":"ext4"}"""));
        await sandbox.BindAsync();
        var planned = new PlannedRepair
        {
            Kind = RepairKind.Source,
            Description = "Convert it",
            PersistentVolume = await sandbox.PersistentVolumeAsync(),
            Finding = new EbsPersistentVolumeFinding
            {
                Severity = FindingSeverity.Information, Code = FindingCodes.InTreeSource, Target = SwapHarness.Name, Message = "", Recommendation = "", PersistentVolume = SwapHarness.Name,
                VolumeId = sandbox.VolumeId, Region = KopsCluster.Region, ClusterName = KopsCluster.Name, Context = "test",
            },
        };
        Assert.Equal("Repaired", (await RunAsync(sandbox, planned)).Status);
        var converted = (await sandbox.PersistentVolumeAsync())!;
        Assert.Equal(VolumeSource.Csi, converted.VolumeSource);

        Assert.Equal("Repaired", (await RunAsync(sandbox, planned)).Status);

        Assert.Equal(converted.Uid, (await sandbox.PersistentVolumeAsync())!.Uid);
    }

    private static async Task<EbsPersistentVolumeRepair> RunAsync(SwapHarness sandbox, PlannedRepair planned)
    {
        await using var run = new RepairRun(sandbox.Ec2, sandbox.Cluster, [planned], sandbox.Options, sandbox.Reporter, sandbox.Server.Clock);
        await run.RunAsync(SwapHarness.Stop);
        return await run.ResultAsync(0);
    }
}
