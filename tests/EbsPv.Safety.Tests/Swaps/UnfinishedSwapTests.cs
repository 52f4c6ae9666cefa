using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Safety.Tests.Swaps;

/// <summary>Moves and conversions that stopped in the middle: nobody takes their disks away, registers them elsewhere or calls them left over, and the
/// line that every refusal tells finishes them.</summary>
public sealed class UnfinishedSwapTests(SandboxBackend backend) : SwapTests(backend), IClassFixture<SandboxBackend>
{
    private const string Remove = "Remove-ClusterEbsVolume -SkipFinalSnapshot -Confirm:$false";
    private const string InTree = $"'{IBackend.ZoneC}' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -VolumeSource InTree";
    private const string Convert = "Test-EbsPersistentVolume -Code InTreeSource | Repair-EbsPersistentVolume -Confirm:$false";

    [Theory]
    [InlineData(Holding.Bound)]
    [InlineData(Holding.Available)]
    [InlineData(Holding.Released)]
    public async Task What_is_fenced_is_neither_unregistered_nor_removed(Holding holding)
    {
        var cell = Assert.Single(await PlantAsync(holding, 1));
        var before = await SwapWorld.ReadAsync(Backend);
        await StopAsync(cell, "CreateSnapshot");

        var unregister = Session.Run($"Get-EbsPersistentVolume {cell.Name} | Unregister-EbsPersistentVolume -PassThru -Confirm:$false | {Remove}");
        Assert.Equal("SwapUnderWay", ScriptResult.Id(Assert.Single(unregister.Errors)));
        AssertTellsLine(unregister, Move(cell.Name));
        Assert.Equal("SwapUnderWay", ScriptResult.Id(Assert.Single(Session.Run($"Get-ClusterEbsVolume -VolumeId {cell.VolumeId} | {Remove}").Errors)));
        if (holding != Holding.Bound) Assert.Equal("SwapUnderWay", ScriptResult.Id(Assert.Single(Session.Run($"Unregister-EbsPersistentVolume {cell.Name}-ebspv-swap -Confirm:$false").Errors)));

        await AssertFinishesAsync(cell, holding, before);
    }

    [Theory]
    [InlineData(Holding.Bound)]
    [InlineData(Holding.Available)]
    public async Task Between_the_two_PersistentVolumes_neither_disk_is_removed_registered_or_called_left_over(Holding holding)
    {
        var cell = Assert.Single(await PlantAsync(holding, 1));
        var before = await SwapWorld.ReadAsync(Backend);
        await StopAsync(cell, "create persistentvolumes");
        var copy = Assert.Single((await SwapWorld.ReadAsync(Backend)).Copies(cell.VolumeId)).Id;

        Assert.Equal("SwapUnderWay", ScriptResult.Id(Assert.Single(Session.Run($"Get-ClusterEbsVolume -Retired | {Remove}").Errors)));
        Assert.Equal("SwapUnderWay", ScriptResult.Id(Assert.Single(Session.Run($"Get-ClusterEbsVolume -VolumeId {copy} | {Remove}").Errors)));
        foreach (var rehearsed in (string[])["", " -WhatIf"])
            Session.Run($"Register-EbsPersistentVolume -VolumeId {cell.VolumeId} -AvailabilityZone {IBackend.ZoneC} -Size 10 -Name other{rehearsed}").OnlyError("SwapUnderWay");
        Assert.Equal("VolumeRetired", ScriptResult.Id(Assert.Single(Session.Run("Get-ClusterStorageReport | Where-Object Retired | Register-EbsPersistentVolume -Name ret1").Errors)));

        var rows = Session.Run("Get-ClusterStorageReport | Where-Object VolumeId").WithoutErrors();
        Assert.Equal(rows.Output.Count, Session.Render(rows.Output).Split('\n').Count(line => line.Contains("swap under way", StringComparison.Ordinal)));
        Assert.All(rows.Each("SwapUnderWay"), said => Assert.Equal("True", said));
        Assert.DoesNotContain("Unregistered", rows.Each("Kind"));
        Assert.Contains(cell.VolumeId, rows.Each("VolumeId"));
        Assert.Contains(copy, rows.Each("VolumeId"));
        var findings = Session.Run("Test-EbsPersistentVolume").WithoutErrors();
        Assert.DoesNotContain("VolumeUnregistered", findings.Each("Code"));
        Assert.Contains("Error", findings.Output.Where(one => ScriptResult.Text(one, "Code") == "SwapUnderWay").Select(one => ScriptResult.Text(one, "Severity")));
        Assert.Equal(["False"], Session.Run("Test-EbsPersistentVolume -Quiet").WithoutErrors().Output.Select(one => one.ToString()));

        await AssertFinishesAsync(cell, holding, before);
    }

    [Theory]
    [InlineData(Holding.Bound)]
    [InlineData(Holding.Available)]
    public async Task A_move_whose_copy_is_ready_does_without_its_old_disk(Holding holding)
    {
        var cell = Assert.Single(await PlantAsync(holding, 1));
        await StopAsync(cell, "create persistentvolumes");
        await Admin.ClearFaultsAsync();
        // Somebody deleted it by hand.
        await Backend.Ec2.CallAsync("DeleteVolume", ("VolumeId", cell.VolumeId));

        Session.Run(Move(cell.Name)).WithoutErrors();

        var moved = (await SwapWorld.ReadAsync(Backend)).PersistentVolume(cell.Name)!;
        Assert.Equal(holding.ToString(), SwapWorld.Phase(moved));
        Assert.Equal(cell.Content, await Admin.ReadAsync(SwapWorld.Disk(moved)!));
    }

    [Fact]
    public async Task A_move_whose_snapshot_is_made_does_without_its_old_disk()
    {
        var cell = Assert.Single(await PlantAsync(Holding.Bound, 1));
        await Admin.AddFaultAsync(new { kind = "Error", operation = "CreateVolume", times = 99, status = 400, code = "ExpiredToken" });
        Assert.Single(Session.Run(Move(cell.Name)).Errors);
        await Admin.ClearFaultsAsync();
        await Backend.Ec2.CallAsync("DeleteVolume", ("VolumeId", cell.VolumeId));

        Session.Run(Move(cell.Name)).WithoutErrors();

        var world = await SwapWorld.ReadAsync(Backend);
        var moved = world.PersistentVolume(cell.Name)!;
        Assert.Equal("Bound", SwapWorld.Phase(moved));
        Assert.Equal(cell.Content, await Admin.ReadAsync(SwapWorld.Disk(moved)!));
        Assert.Equal("bound", Assert.Single(world.Copies(cell.VolumeId)).Tags["ebspv/set"]);
    }

    [Fact]
    public async Task What_somebody_put_back_is_moved_anew_by_its_own_line_and_by_no_other()
    {
        var cells = await PlantAsync(Holding.Bound, 2);
        var (back, other) = (cells[0], cells[1]);
        var inGit = (await SwapWorld.ReadAsync(Backend)).PersistentVolume(back.Name)!["spec"]!.DeepClone().AsObject();
        inGit.Remove("claimRef");
        await StopAsync(back, "create persistentvolumes");
        await Admin.ClearFaultsAsync();
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, new System.Text.Json.Nodes.JsonObject { ["apiVersion"] = "v1", ["kind"] = "PersistentVolume", ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = back.Name }, ["spec"] = inGit });
        await PhaseAsync(back.Name, "Bound");
        await Admin.AppendAsync(back.VolumeId, " and since");
        await SwapMatrix.LetAMinutePassAsync(Sandbox);

        Assert.Equal([other.Name], Session.Run($"Get-EbsPersistentVolume {other.Name} | Move-EbsPersistentVolume -DestinationZone {IBackend.ZoneB} -Confirm:$false").WithoutErrors().Each("Name"));
        Assert.Equal(back.VolumeId, SwapWorld.Disk((await SwapWorld.ReadAsync(Backend)).PersistentVolume(back.Name)!));

        Session.Run(Move(back.Name)).WithoutErrors();
        var moved = (await SwapWorld.ReadAsync(Backend)).PersistentVolume(back.Name)!;
        Assert.Equal($"{back.Content} and since", await Admin.ReadAsync(SwapWorld.Disk(moved)!));
    }

    [Fact]
    public async Task A_restore_whose_disk_is_made_does_without_its_snapshot()
    {
        var cell = Assert.Single(await PlantAsync(Holding.Bound, 1));
        var snapshot = Assert.Single(await BackUpAsync([cell]));
        await Admin.AddFaultAsync(new { kind = "Error", operation = "create persistentvolumes", times = 99, status = 403, code = "Forbidden" });
        Assert.Single(Session.Run(Restore(cell.Name, snapshot)).Errors);
        await Admin.ClearFaultsAsync();
        // A lifecycle policy keeps so many, and this one's time has come.
        await Backend.Ec2.CallAsync("DeleteSnapshot", ("SnapshotId", snapshot));

        Session.Run(Restore(cell.Name, snapshot)).WithoutErrors();

        var restored = (await SwapWorld.ReadAsync(Backend)).PersistentVolume(cell.Name)!;
        Assert.Equal("Bound", SwapWorld.Phase(restored));
        Assert.Equal(LastNight(cell), await Admin.ReadAsync(SwapWorld.Disk(restored)!));
    }

    [Fact]
    public async Task A_restore_whose_snapshot_went_before_its_disk_was_made_is_given_back()
    {
        var cell = Assert.Single(await PlantAsync(Holding.Bound, 1));
        var snapshot = Assert.Single(await BackUpAsync([cell]));
        await Admin.AddFaultAsync(new { kind = "Error", operation = "CreateVolume", times = 99, status = 400, code = "ExpiredToken" });
        Assert.Single(Session.Run(Restore(cell.Name, snapshot)).Errors);
        await Admin.ClearFaultsAsync();
        await Backend.Ec2.CallAsync("DeleteSnapshot", ("SnapshotId", snapshot));

        var refused = Session.Run(Restore(cell.Name, snapshot)).OnlyError("SnapshotNotFound");

        Assert.Contains($"was given back as it was; its data is on {cell.VolumeId}", refused.Exception.Message);
        await PhaseAsync(cell.Name, "Bound");
        Session.Run(Restore(cell.Name, snapshot)).OnlyError("SnapshotUnusable");
    }

    [Fact]
    public async Task A_move_that_was_begun_to_a_zone_that_lost_its_workers_can_still_be_ended()
    {
        var cell = Assert.Single(await PlantAsync(Holding.Bound, 1));
        await StopAsync(cell, "CreateSnapshot");
        await Admin.ClearFaultsAsync();
        await SwapMatrix.LetAMinutePassAsync(Sandbox);
        await Backend.Workers.CordonAsync(IBackend.ZoneB);
        await Admin.AddFaultAsync(new { kind = "Error", operation = "CreateVolume", times = 99, status = 400, code = "InsufficientVolumeCapacity" });

        var refused = Session.Run(Move(cell.Name)).OnlyError("InsufficientVolumeCapacity");

        Assert.Contains($"was given back as it was; its data is on {cell.VolumeId}", refused.Exception.Message);
        await PhaseAsync(cell.Name, "Bound");
        Session.Run(Move(cell.Name)).OnlyError("NoWorkerInZone");
    }

    [Fact]
    public async Task What_was_replaced_is_not_registered_again_also_where_nothing_but_its_id_is_known()
    {
        var cell = Assert.Single(await PlantAsync(Holding.Bound, 1));
        Session.Run(Move(cell.Name)).WithoutErrors();

        var typed = Session.Run($"Register-EbsPersistentVolume -VolumeId {cell.VolumeId} -AvailabilityZone {IBackend.ZoneC} -Size 10 -Name ret1").OnlyError("VolumeRetired");
        Assert.Contains($"the PersistentVolume {cell.Name} stands for", typed.Exception.Message);
        Session.Run($"Register-EbsPersistentVolume -VolumeId {cell.VolumeId} -AvailabilityZone {IBackend.ZoneC} -Size 10 -Name ret1 -WhatIf").OnlyError("VolumeRetired");
        Session.Run("Get-ClusterStorageReport | Where-Object Kind -eq Retired | Register-EbsPersistentVolume -Name ret1").OnlyError("VolumeRetired");
    }

    [Fact]
    public async Task Who_may_not_see_the_claims_registers_with_a_warning_and_no_copy()
    {
        var cell = Assert.Single(await PlantAsync(Holding.Bound, 1));
        await StopAsync(cell, "create persistentvolumes");
        var copy = Assert.Single((await SwapWorld.ReadAsync(Backend)).Copies(cell.VolumeId)).Id;
        await Admin.ClearFaultsAsync();
        await Admin.AddFaultAsync(new { kind = "Error", operation = "list persistentvolumeclaims", times = 99, status = 403, code = "Forbidden" });

        var plain = Session.Run($"Register-EbsPersistentVolume -VolumeId vol-0aaaaaaaaaaaaaaa1 -AvailabilityZone {IBackend.ZoneC} -Size 10 -Name plain").WithoutErrors();
        Assert.Single(plain.Warnings, warning => warning.StartsWith("SwapsUnknown: ", StringComparison.Ordinal));
        Session.Run($"Get-ClusterEbsVolume -VolumeId {copy} | Register-EbsPersistentVolume -Name other").OnlyError("KubePermissionDenied");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_disk_of_a_conversion_is_neither_removed_nor_registered_nor_called_left_over(bool isBound)
    {
        var (name, volumeId) = await PlantInTreeAsync(isBound);
        await Admin.AddFaultAsync(new { kind = "Error", operation = "create persistentvolumes", times = 99, status = 403, code = "Forbidden", skip = isBound ? 0 : 1 });
        var refused = Session.Run(Convert);
        Assert.Contains($"Its volume {volumeId} stays as it is", Assert.Single(refused.Errors).Exception.Message);
        Assert.Null((await SwapWorld.ReadAsync(Backend)).PersistentVolume(name));

        Assert.Equal("SwapUnderWay", ScriptResult.Id(Assert.Single(Session.Run($"Get-ClusterEbsVolume -VolumeId {volumeId} | {Remove}").Errors)));
        Assert.Equal("SwapUnderWay", ScriptResult.Id(Assert.Single(Session.Run("Get-ClusterEbsVolume -SetName manual-ebs | Register-EbsPersistentVolume").Errors)));
        var findings = Session.Run("Test-EbsPersistentVolume").WithoutErrors();
        Assert.DoesNotContain("VolumeUnregistered", findings.Each("Code"));
        Assert.Contains(findings.Each("Message"), message => message!.Contains("is being written anew for the CSI driver", StringComparison.Ordinal));
        Assert.DoesNotContain("Unregistered", Session.Run("Get-ClusterStorageReport").WithoutErrors().Each("Kind"));

        await Admin.ClearFaultsAsync();
        Session.Run(Convert).WithoutErrors();
        var converted = (await SwapWorld.ReadAsync(Backend)).PersistentVolume(name)!;
        Assert.Equal((volumeId, isBound ? "Bound" : "Available"), (SwapWorld.Disk(converted), SwapWorld.Phase(converted)));
    }

    [Fact]
    public async Task A_prepared_PersistentVolume_whose_claim_is_gone_is_given_back_without_the_policy_Delete()
    {
        var cell = Assert.Single(await PlantAsync(Holding.Bound, 1));
        Session.Run($"Move-EbsPersistentVolume {cell.Name} -PrepareOnly -Confirm:$false").WithoutErrors();
        await Backend.Kube.DeleteAsync($"{KubeHttp.Claims}/{cell.Claim}");
        await PhaseAsync(cell.Name, "Released");
        await Admin.AddFaultAsync(new { kind = "Error", operation = "CreateVolume", status = 400, code = "VolumeLimitExceeded" });

        var refused = Session.Run(Move(cell.Name));

        Assert.Contains("was given back as it was", Assert.Single(refused.Errors).Exception.Message);
        Assert.Contains(refused.Warnings, warning => warning.StartsWith("ReclaimPolicyKept: ", StringComparison.Ordinal));
        var (volume, disk) = await ReadAsync(cell);
        Assert.Equal(("Retain", "Released", "available"), (volume["spec"]!["persistentVolumeReclaimPolicy"]!.GetValue<string>(), SwapWorld.Phase(volume), disk));

        await Admin.AdvanceAsync(TimeSpan.FromSeconds(15));
        var planned = Session.Run($"Move-EbsPersistentVolume {cell.Name} -DestinationZone {IBackend.ZoneB} -WhatIf").WithoutErrors();
        Session.Run(Move(cell.Name)).WithoutErrors();
        Session.Run("Test-EbsPersistentVolume -Code PersistentVolumeReleased | Repair-EbsPersistentVolume -Code PersistentVolumeReleased -Confirm:$false").WithoutErrors();
        await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.Claim(cell.Claim!, cell.Name));
        await PhaseAsync(cell.Name, "Bound");
        var moved = (await SwapWorld.ReadAsync(Backend)).PersistentVolume(cell.Name)!;
        Assert.Equal(cell.Content, await Admin.ReadAsync(SwapWorld.Disk(moved)!));
        Assert.NotEmpty(planned.Output);
    }

    private async Task<(System.Text.Json.Nodes.JsonNode Volume, string Disk)> ReadAsync(SwapCell cell)
    {
        var world = await SwapWorld.ReadAsync(Backend);
        return (world.PersistentVolume(cell.Name)!, world.Volume(cell.VolumeId).State);
    }

    // The credentials expired there, or a role lacks the verb.
    private async Task StopAsync(SwapCell cell, string operation)
    {
        var skip = operation == "create persistentvolumes" && cell.ClaimUid is null ? 1 : 0;
        await Admin.AddFaultAsync(operation == "CreateSnapshot"
            ? new { kind = "Error", operation, times = 99, skip, status = 400, code = "ExpiredToken" }
            : new { kind = "Error", operation, times = 99, skip, status = 403, code = "Forbidden" });
        Assert.Single(Session.Run(Move(cell.Name)).Errors);
    }

    private async Task AssertFinishesAsync(SwapCell cell, Holding holding, SwapWorld before)
    {
        await Admin.ClearFaultsAsync();
        await SwapMatrix.LetAMinutePassAsync(Sandbox);
        Session.Run(Move(cell.Name)).WithoutErrors();
        await AssertMovedAsync(before, (holding, [cell]));
    }

    private static void AssertTellsLine(ScriptResult refused, string line) =>
        Assert.Contains(line.Replace(" -Confirm:$false", "", StringComparison.Ordinal), refused.Errors[0].ErrorDetails.RecommendedAction);

    private async Task<(string Name, string VolumeId)> PlantInTreeAsync(bool isBound)
    {
        var made = Assert.Single(Session.Run(InTree).WithoutErrors().Output);
        var (name, volumeId) = (ScriptResult.Text(made, "Name")!, ScriptResult.Text(made, "VolumeId")!);
        if (!isBound) return (name, volumeId);
        await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.Claim("data", name));
        await PhaseAsync(name, "Bound");
        return (name, volumeId);
    }
}
