using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Swaps;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Swaps;

/// <summary>Notes that came along when a claim was copied, or restored from a backup: they are of another claim's swap.</summary>
public class CopiedNoteTests
{
    [Fact]
    public async Task A_claim_that_was_copied_in_the_middle_does_not_keep_the_swap_from_its_end_nor_the_next_one_from_its_beginning()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        var claim = await sandbox.BindAsync();
        await CutAsync(sandbox, "create persistentvolumes");
        // It is listed first.
        await CopyAsync(sandbox, "a-copy", "elsewhere", (await sandbox.ClaimAsync())!);

        Assert.Equal(("Bound", claim.Uid), await StateAsync(sandbox.SwapAsync()));
        sandbox.Server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(("Bound", claim.Uid), await StateAsync(sandbox.SwapAsync(zone: KopsCluster.ZoneC)));
        Assert.Contains(SwapIntent.Annotation, (await sandbox.ClaimAsync("a-copy"))!.Annotations.Keys);
    }

    [Fact]
    public async Task Where_the_claim_was_restored_from_a_backup_of_the_middle_its_disk_moves_as_that_of_any_claim_that_is_gone()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        await sandbox.BindAsync();
        await CutAsync(sandbox, "CreateVolume");
        var noted = (await sandbox.ClaimAsync())!;
        sandbox.Server.Kubernetes.State.Remove("persistentvolumeclaims", "data", "default");
        await CopyAsync(sandbox, "data", SwapHarness.Name, noted);
        sandbox.Server.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("Released", (await StateAsync(sandbox.SwapAsync())).Status);

        Assert.Equal([KopsCluster.ZoneB], (await sandbox.PersistentVolumeAsync())!.NodeAffinityZone);
    }

    [Fact]
    public async Task What_it_names_is_kept_all_the_same_and_the_refusal_says_how_the_note_goes()
    {
        await using var sandbox = await SwapHarness.StartAsync();
        await sandbox.RegisterAsync();
        await sandbox.BindAsync();
        await CutAsync(sandbox, "create persistentvolumes");
        var noted = (await sandbox.ClaimAsync())!;
        await CopyAsync(sandbox, "a-copy", "elsewhere", noted);
        var copy = (await sandbox.ClaimAsync("a-copy"))!;

        // As long as the swap itself is noted, its line is what helps.
        Assert.Equal("data", new SwapsUnderWay([copy, noted], []).Of(sandbox.VolumeId, null)!.Claim!.Name);
        var swap = new SwapsUnderWay([copy], []).Of(sandbox.VolumeId, null)!;

        foreach (var refusal in new[] { SwapErrors.DiskUnderWay(sandbox.VolumeId, swap, "is not removed"), SwapErrors.VolumeUnderWay(new EbsPersistentVolume { Name = SwapHarness.Name, Status = "Released" }, swap) })
        {
            Assert.Equal(ErrorIds.SwapUnderWay, refusal.ErrorId);
            Assert.Contains("The claim default/a-copy has a note (ebspv/swap) that was written for another claim", refusal.Message);
            Assert.Contains("kubectl annotate pvc -n default a-copy ebspv/swap-", refusal.RecommendedAction);
        }
    }

    private static async Task CutAsync(SwapHarness sandbox, string change)
    {
        sandbox.Changes.Before = next => { if (next == change) throw new CutOffException(); };
        await Assert.ThrowsAsync<CutOffException>(() => sandbox.SwapAsync());
        sandbox.Changes.Before = null;
    }

    private static async Task CopyAsync(SwapHarness sandbox, string name, string volume, EbsPersistentVolumeClaim noted)
    {
        var copy = await sandbox.Cluster.CreateClaimAsync(
            new PersistentVolumeClaims.PersistentVolumeClaimSpec
            {
                Namespace = "default", Name = name, VolumeName = volume, StorageClassName = "manual-ebs", Request = "10Gi", AccessModes = ["ReadWriteOnce"], VolumeMode = "Filesystem",
            },
            SwapHarness.Stop);
        var patch = new ClaimPatch { Annotations = new Dictionary<string, string?> { [SwapIntent.Annotation] = noted.Annotations[SwapIntent.Annotation] } };
        await new ConditionalChange<EbsPersistentVolumeClaim>(
            current => current.Annotations.ContainsKey(SwapIntent.Annotation),
            current => sandbox.Cluster.PatchClaimAsync(current, patch, SwapHarness.Stop),
            token => sandbox.Cluster.GetClaimAsync("default", name, token),
            TimeProvider.System).ApplyAsync(copy, SwapHarness.Stop);
    }

    private static async Task<(string Status, string? ClaimUid)> StateAsync(Task<EbsPersistentVolume> swap)
    {
        var after = await swap;
        return (after.Status, after.ClaimUid);
    }
}
