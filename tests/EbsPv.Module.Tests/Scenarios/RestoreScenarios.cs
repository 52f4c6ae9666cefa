using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>PersistentVolumes that get the data of a snapshot under the same claims.</summary>
public abstract class RestoreScenarios(IBackend backend) : ScenarioBase(backend)
{
    [Scenario]
    public async Task Last_night_s_data_comes_under_today_s_claim()
    {
        Session.Run(Line).WithoutErrors();
        await BindAsync("data", "manual-ebs-02");
        var (uid, old) = (await ClaimUidAsync("data"), await VolumeIdAsync("manual-ebs-02"));
        var snapshot = await SnapshotAsync(old);

        var restored = Session.Run(Restore(snapshot)).WithoutErrors();

        Assert.Equal([("manual-ebs-02", "Bound", "default/data", IBackend.ZoneC)], restored.Output.Select(Row));
        Assert.Equal(uid, await ClaimUidAsync("data"));
        var all = await Backend.Ec2.AllVolumesAsync();
        var made = all.Single(volume => volume.Id == restored.Each("VolumeId")[0]);
        Assert.Equal((snapshot, IBackend.ZoneC, "gp3", 10), (made.SnapshotId, made.Zone, made.Type, made.Size));
        Assert.Equal(("manual-ebs", $"{IBackend.ZoneC}/1", old), (made.Tags["ebspv/set"], made.Tags["ebspv/slot"], made.Tags["ebspv/replaces"]));
        Assert.StartsWith("restore ", all.Single(volume => volume.Id == old).Tags["ebspv/retired-by"]);
        Assert.Empty(await Backend.Ec2.SnapshotsAsync());
    }

    [Scenario]
    public async Task A_restore_can_change_the_zone_and_the_daily_line_changes_nothing_afterwards()
    {
        Session.Run(Line).WithoutErrors();
        var snapshot = await SnapshotAsync(await VolumeIdAsync("manual-ebs-02"));

        var restored = Session.Run($"{Restore(snapshot)} -DestinationZone {IBackend.ZoneB}").WithoutErrors();
        var volumes = (await Backend.Ec2.AllVolumesAsync()).Select(volume => volume.Id).Order();
        var again = Session.Run(Line).WithoutErrors();

        Assert.Equal([("manual-ebs-02", "Available", null, IBackend.ZoneB)], restored.Output.Select(Row));
        Assert.Equal(volumes, (await Backend.Ec2.AllVolumesAsync()).Select(volume => volume.Id).Order());
        Assert.Equal(["manual-ebs-01", "manual-ebs-02"], again.Each("Name"));
        Assert.Equal([IBackend.ZoneB, IBackend.ZoneB], again.Each("AvailabilityZone"));
    }

    [Scenario]
    public async Task What_is_restored_is_not_restored_again_unless_asked_for()
    {
        Session.Run(Line).WithoutErrors();
        var snapshot = await SnapshotAsync(await VolumeIdAsync("manual-ebs-02"));
        var first = Session.Run(Restore(snapshot)).WithoutErrors();

        var again = Session.Run(Restore(snapshot)).WithoutErrors();
        var repeated = Session.Run($"{Restore(snapshot)} -Repeat").WithoutErrors();

        Assert.Equal(first.Each("VolumeId"), again.Each("VolumeId"));
        Assert.StartsWith("AlreadyRestored: manual-ebs-02 has the data of", Assert.Single(again.Warnings));
        Assert.NotEqual(first.Each("VolumeId"), repeated.Each("VolumeId"));
        Assert.Equal(4, (await Backend.Ec2.AllVolumesAsync()).Count(volume => volume.Tags.ContainsKey("ebspv/set") || volume.Tags.ContainsKey("ebspv/retired-set")));
    }

    [Scenario]
    public async Task A_disk_that_was_deleted_comes_back_from_its_snapshot()
    {
        Session.Run(Line).WithoutErrors();
        await BindAsync("data", "manual-ebs-02");
        var old = await VolumeIdAsync("manual-ebs-02");
        var snapshot = await SnapshotAsync(old);
        await Backend.Ec2.CallAsync("DeleteVolume", ("VolumeId", old));

        var refused = Assert.Single(Session.Run($"Move-EbsPersistentVolume manual-ebs-02 -DestinationZone {IBackend.ZoneB}").Errors);
        Assert.Contains("Restore-EbsPersistentVolume manual-ebs-02", refused.ErrorDetails.RecommendedAction);
        var told = Session.Run($"{Restore(snapshot)} -WhatIf").WithoutErrors();
        var restored = Session.Run(Restore(snapshot)).WithoutErrors();

        Assert.Contains($"Its old disk {old} is not there any more.", told.HostText);
        Assert.Equal([("manual-ebs-02", "Bound", "default/data", IBackend.ZoneC)], restored.Output.Select(Row));
    }

    [Scenario]
    public async Task WhatIf_says_how_old_the_data_is_and_changes_nothing()
    {
        Session.Run(Line).WithoutErrors();
        await BindAsync("data", "manual-ebs-02");
        var old = await VolumeIdAsync("manual-ebs-02");
        var snapshot = await SnapshotAsync(old);

        var told = Session.Run($"{Restore(snapshot)} -WhatIf").WithoutErrors();

        Assert.Contains($"What if: Restore {snapshot} to manual-ebs-02 (claim default/data).", told.HostText);
        Assert.Contains("ago: a new disk in eu-west-1c gets it", told.HostText);
        Assert.Contains($"Its old disk {old}, with all that is on it now, is kept and marked as retired.", told.HostText);
        Assert.Equal(("planned", null), (told.Each("Status")[0], told.Each("VolumeId")[0]));
        Assert.Equal(old, await VolumeIdAsync("manual-ebs-02"));
    }

    [Scenario]
    public async Task Snapshots_of_other_volumes_need_consent_and_those_that_are_not_there_are_refused()
    {
        Session.Run(Line).WithoutErrors();
        var (old, other) = (await VolumeIdAsync("manual-ebs-02"), await VolumeIdAsync("manual-ebs-01"));
        var snapshot = await SnapshotAsync(other);

        var refused = Session.Run(Restore(snapshot)).OnlyError("SnapshotUnusable");
        Assert.Equal($"The snapshot {snapshot} holds the data of {other}, and the PersistentVolume manual-ebs-02 has {old}. Nothing was changed.", refused.Exception.Message);
        Assert.Contains("has no snapshot snap-00000000000000001 in eu-west-1", Session.Run(Restore("snap-00000000000000001")).OnlyError("SnapshotUnusable").Exception.Message);
        Session.Run(Restore("snap-x")).OnlyError("SnapshotIdInvalid");
        Session.Run($"{Restore(snapshot)} -VolumeInitializationRate 99").OnlyError("InitRateInvalid");
        Session.Run($"{Restore(snapshot)} -DestinationZone {IBackend.ZoneB} -Region us-east-1").OnlyError("ZoneOutsideRegion");
        var both = $"Get-EbsPersistentVolume | Restore-EbsPersistentVolume -SnapshotId {snapshot} -AllowOtherVolume";
        Session.Run($"{both} -WhatIf").OnlyError("SnapshotUnusable");
        Session.Run($"{both} -Confirm:$false").OnlyError("SnapshotUnusable");
        // The first one has the data by now: that makes no room for the second one.
        Session.Run($"{both} -Confirm:$false").OnlyError("SnapshotUnusable");
        Assert.Equal(old, await VolumeIdAsync("manual-ebs-02"));
        Assert.Equal(old, await VolumeIdAsync("manual-ebs-02"));

        Assert.Equal(["manual-ebs-02"], Session.Run($"{Restore(snapshot)} -AllowOtherVolume").WithoutErrors().Each("Name"));
    }

    [Scenario]
    public async Task A_volume_in_use_keeps_its_data()
    {
        Session.Run(Line).WithoutErrors();
        await BindAsync("data", "manual-ebs-02");
        var old = await VolumeIdAsync("manual-ebs-02");
        var snapshot = await SnapshotAsync(old);
        await Backend.Kube.CreateAsync(KubeHttp.Pods, KubeObjects.Pod("one", await WorkerAsync(IBackend.ZoneC), null, "data"));

        Assert.Contains("is not restored: it is in use by pod default/one", Session.Run(Restore(snapshot)).OnlyError("ClaimInUse").Exception.Message);
        Assert.Equal(old, await VolumeIdAsync("manual-ebs-02"));
    }

    [Scenario]
    public async Task What_Helm_looks_after_is_restored_with_consent_and_its_new_manifest_is_written_first()
    {
        Session.Run(Line).WithoutErrors();
        var snapshot = await SnapshotAsync(await VolumeIdAsync("manual-ebs-02"));
        await Backend.Kube.PatchAsync($"{KubeHttp.Volumes}/manual-ebs-02", System.Text.Json.Nodes.JsonNode.Parse("""{"metadata":{"annotations":{"meta.helm.sh/release-name":"shop"} } }""")!);
        var folder = TestProcess.NewFolder("manifests");

        var refused = Session.Run(Restore(snapshot)).OnlyError("ManagedElsewhere");
        var restored = Session.Run($"{Restore(snapshot)} -AllowManaged -ManifestPath '{folder}'").WithoutErrors();

        Assert.Contains("is not restored: it is looked after by Helm (meta.helm.sh/release-name=shop)", refused.Exception.Message);
        Assert.Contains($"volumeHandle: {restored.Each("VolumeId")[0]}", await File.ReadAllTextAsync(Path.Combine(folder, "manual-ebs-02.yaml")));
        Session.Run($"{Restore(snapshot)} -AllowManaged -Repeat -ManifestPath '{folder}'").OnlyError("FileExists");
        Session.Run($"{Restore(snapshot)} -AllowManaged -Repeat -ManifestPath '{folder}' -Force").WithoutErrors();
    }

    protected static string Restore(string snapshot) => $"Restore-EbsPersistentVolume manual-ebs-02 -SnapshotId {snapshot} -Confirm:$false";

    protected async Task<string> SnapshotAsync(string volumeId) =>
        (await Backend.Ec2.CallAsync("CreateSnapshot", ("VolumeId", volumeId), ("Description", "nightly"))).Element("snapshotId")!.Value;
}
