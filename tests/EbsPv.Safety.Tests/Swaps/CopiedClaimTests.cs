using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Safety.Tests.Swaps;

/// <summary>A claim that has got another one's annotations in the middle of a move, as copies and backups have.</summary>
public sealed class CopiedClaimTests(SandboxBackend backend) : SwapTests(backend), IClassFixture<SandboxBackend>
{
    [Fact]
    public async Task It_is_in_the_middle_of_nothing_and_what_its_note_names_is_not_removed_before_the_note_is()
    {
        var cells = await PlantAsync(Holding.Bound, 2);
        var (moved, copy) = (cells[0], cells[1]);
        await Admin.AddFaultAsync(new { kind = "Error", operation = "create persistentvolumes", times = 99, status = 403, code = "Forbidden" });
        Assert.Single(Session.Run(Move(moved.Name)).Errors);
        await Admin.ClearFaultsAsync();
        var note = (await SwapWorld.ReadAsync(Backend)).Claim(moved.Claim!)!["metadata"]!["annotations"]!["ebspv/swap"]!.GetValue<string>();
        await Backend.Kube.PatchAsync($"{KubeHttp.Claims}/{copy.Claim}", new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["ebspv/swap"] = note } } });

        Session.Run(Move(moved.Name)).WithoutErrors();

        Assert.All(Session.Run("Get-ClusterStorageReport | Where-Object PersistentVolume").WithoutErrors().Each("SwapUnderWay"), said => Assert.Equal("False", said));
        Assert.Empty(Session.Run("Test-EbsPersistentVolume -Code SwapUnderWay").WithoutErrors().Output);
        Session.Run($"Resize-EbsPersistentVolume {copy.Name} -Size 20 -Confirm:$false").WithoutErrors();
        var refused = Session.Run("Get-ClusterEbsVolume -Retired | Remove-ClusterEbsVolume -SkipFinalSnapshot -Confirm:$false").OnlyError("SwapUnderWay");
        Assert.Contains($"kubectl annotate pvc -n default {copy.Claim} ebspv/swap-", refused.ErrorDetails.RecommendedAction);

        await Backend.Kube.PatchAsync($"{KubeHttp.Claims}/{copy.Claim}", new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["ebspv/swap"] = null } } });
        Session.Run("Get-ClusterEbsVolume -Retired | Remove-ClusterEbsVolume -SkipFinalSnapshot -Confirm:$false").WithoutErrors();
    }
}
