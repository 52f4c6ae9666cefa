using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>PersistentVolumes that change their zone under the same claims.</summary>
public abstract class MoveScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string Evacuate = $"Get-EbsPersistentVolume | Where-Object AvailabilityZone -eq {IBackend.ZoneC} | Move-EbsPersistentVolume -DestinationZone {IBackend.ZoneB} -Confirm:$false";
    private const string MoveOne = $"Move-EbsPersistentVolume manual-ebs-02 -DestinationZone {IBackend.ZoneB} -Confirm:$false";

    [Scenario]
    public async Task A_bound_PersistentVolume_moves_and_its_claim_stays()
    {
        Session.Run(Line).WithoutErrors();
        await BindAsync("data", "manual-ebs-02");
        var uid = await ClaimUidAsync("data");
        var old = await VolumeIdAsync("manual-ebs-02");

        var moved = Session.Run(Evacuate).WithoutErrors();

        Assert.Equal([("manual-ebs-02", "Bound", "default/data", IBackend.ZoneB)], moved.Output.Select(Row));
        var claim = (await Backend.Kube.FindAsync($"{KubeHttp.Claims}/data"))!;
        Assert.Equal((uid, "Bound"), (Uid(claim), Phase(claim)));
        Assert.DoesNotContain("ebspv", claim["metadata"]!["annotations"]!.ToJsonString());
        var volume = await PersistentVolumeAsync("manual-ebs-02");
        Assert.Equal(uid, volume["spec"]!["claimRef"]!["uid"]!.GetValue<string>());
        Assert.NotEqual(old, await VolumeIdAsync("manual-ebs-02"));
    }

    [Scenario]
    public async Task The_new_volume_takes_the_old_one_s_place_and_the_old_one_is_kept_as_retired()
    {
        Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Iops 4000 -Throughput 200 -Tag @{ team = 'web' } | Register-EbsPersistentVolume").WithoutErrors();
        var old = await VolumeIdAsync("manual-ebs-02");

        Session.Run(MoveOne).WithoutErrors();

        var all = await Backend.Ec2.AllVolumesAsync();
        var (retired, made) = (all.Single(volume => volume.Id == old), all.Single(volume => volume.Tags.GetValueOrDefault("ebspv/replaces") == old));
        Assert.Equal((IBackend.ZoneB, 10, "gp3"), (made.Zone, made.Size, made.Type));
        Assert.Equal(("manual-ebs", $"{IBackend.ZoneC}/1", "web", IBackend.Cluster), (made.Tags["ebspv/set"], made.Tags["ebspv/slot"], made.Tags["team"], made.Tags["KubernetesCluster"]));
        Assert.Equal(("manual-ebs", $"{IBackend.ZoneC}/1"), (retired.Tags["ebspv/retired-set"], retired.Tags["ebspv/retired-slot"]));
        Assert.StartsWith("move ", retired.Tags["ebspv/retired-by"]);
        Assert.DoesNotContain("ebspv/set", retired.Tags.Keys);
    }

    [Scenario]
    public async Task The_daily_line_changes_nothing_after_a_move()
    {
        Session.Run(Line).WithoutErrors();
        Session.Run(Evacuate).WithoutErrors();
        var volumes = (await Backend.Ec2.AllVolumesAsync()).Select(volume => volume.Id).Order();

        var again = Session.Run(Line).WithoutErrors();

        Assert.Equal(volumes, (await Backend.Ec2.AllVolumesAsync()).Select(volume => volume.Id).Order());
        Assert.Equal(["manual-ebs-01", "manual-ebs-02"], again.Each("Name"));
        Assert.Equal([IBackend.ZoneB, IBackend.ZoneB], again.Each("AvailabilityZone"));
        Assert.Equal(2, (await Backend.Kube.PersistentVolumesAsync()).Count);
    }

    [Scenario]
    public async Task A_move_that_is_done_is_emitted_and_not_done_again()
    {
        Session.Run(Line).WithoutErrors();
        Session.Run(MoveOne).WithoutErrors();
        var volumes = (await Backend.Ec2.AllVolumesAsync()).Count;

        var again = Session.Run(MoveOne).WithoutErrors();

        Assert.Equal("True", Assert.Single(again.Each("Adopted")));
        Assert.Equal(volumes, (await Backend.Ec2.AllVolumesAsync()).Count);
        Assert.Contains("is in eu-west-1b already", Session.Run($"Move-EbsPersistentVolume manual-ebs-01 -DestinationZone {IBackend.ZoneB}").OnlyError("MoveSameZone").Exception.Message);
    }

    [Scenario]
    public async Task WhatIf_says_every_step_and_does_none()
    {
        Session.Run(Line).WithoutErrors();
        await BindAsync("data", "manual-ebs-02");
        var before = await Backend.Ec2.AllVolumesAsync();

        var rehearsed = Session.Run($"{Evacuate} -WhatIf").WithoutErrors();

        Assert.Equal(("planned", IBackend.ZoneB, null), (rehearsed.Each("Status")[0], rehearsed.Each("AvailabilityZone")[0], rehearsed.Each("VolumeId")[0]));
        Assert.StartsWith("What if: Move manual-ebs-02 (gp3, 10 GiB", Assert.Single(rehearsed.WhatIf));
        Assert.Contains("1. The claim default/data becomes Lost", rehearsed.HostText);
        Assert.Contains("Time: about a minute", rehearsed.HostText);
        Assert.Contains("Cost: ", rehearsed.HostText);
        Assert.Equal(before.Count, (await Backend.Ec2.AllVolumesAsync()).Count);
        Assert.Empty(await Backend.Ec2.SnapshotsAsync());
        Assert.Equal("Bound", Phase(await PersistentVolumeAsync("manual-ebs-02")));
    }

    [Scenario]
    public async Task A_volume_in_use_stays_and_its_owner_and_the_command_are_named()
    {
        Session.Run(Line).WithoutErrors();
        await BindAsync("data-web-0", "manual-ebs-02");
        await Backend.Kube.CreateAsync(KubeHttp.StatefulSets, KubeObjects.StatefulSet("web", "data", replicas: 1));
        await Backend.Kube.CreateAsync(KubeHttp.Pods, KubeObjects.Pod("web-0", await WorkerAsync(IBackend.ZoneC), KubeObjects.Owner("apps/v1", "StatefulSet", "web"), "data-web-0"));

        var error = Session.Run(MoveOne).OnlyError("ClaimInUse");

        Assert.Contains("pod default/web-0", error.Exception.Message);
        Assert.Contains("StatefulSet default/web (1 replica)", error.Exception.Message);
        Assert.StartsWith("Scale it down: kubectl -n default scale statefulset web --replicas=0.", error.ErrorDetails.RecommendedAction);
        await AssertUntouchedAsync("manual-ebs-02");
    }

    [Scenario]
    public async Task Volumes_that_a_StatefulSet_uses_together_move_together_or_not_at_all()
    {
        Session.Run($"'{IBackend.ZoneC}' | New-ClusterEbsVolume -Size 10 -CountPerZone 2 | Register-EbsPersistentVolume").WithoutErrors();
        await BindAsync("data-web-0", "manual-ebs-01");
        await BindAsync("logs-web-0", "manual-ebs-02");
        await Backend.Kube.CreateAsync(KubeHttp.StatefulSets, KubeObjects.StatefulSet("web", ["data", "logs"]));

        var refused = Session.Run(MoveOne).OnlyError("VolumesUsedTogether");
        Assert.Contains("manual-ebs-01 (default/data-web-0, eu-west-1c)", refused.Exception.Message);
        Assert.StartsWith("Move them in one line: Get-EbsPersistentVolume manual-ebs-02, manual-ebs-01 | Move-EbsPersistentVolume -DestinationZone eu-west-1b, or", refused.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        await AssertUntouchedAsync("manual-ebs-02");
        var both = Session.Run(Evacuate).WithoutErrors();

        Assert.Equal(["manual-ebs-01", "manual-ebs-02"], both.Each("Name"));
        Assert.Equal([IBackend.ZoneB, IBackend.ZoneB], both.Each("AvailabilityZone"));
    }

    [Scenario]
    public async Task AllowSplit_consents_to_moving_one_alone()
    {
        Session.Run($"'{IBackend.ZoneC}' | New-ClusterEbsVolume -Size 10 -CountPerZone 2 | Register-EbsPersistentVolume").WithoutErrors();
        await BindAsync("data-web-0", "manual-ebs-01");
        await BindAsync("logs-web-0", "manual-ebs-02");
        await Backend.Kube.CreateAsync(KubeHttp.StatefulSets, KubeObjects.StatefulSet("web", ["data", "logs"]));

        Assert.Equal(["manual-ebs-02"], Session.Run($"{MoveOne} -AllowSplit").WithoutErrors().Each("Name"));
    }

    [Scenario]
    public async Task What_GitOps_looks_after_is_moved_with_consent_and_its_new_manifest_is_written_first()
    {
        Session.Run(Line).WithoutErrors();
        await Backend.Kube.PatchAsync($"{KubeHttp.Volumes}/manual-ebs-02", System.Text.Json.Nodes.JsonNode.Parse("""{"metadata":{"annotations":{"argocd.argoproj.io/tracking-id":"shop:/PersistentVolume:/manual-ebs-02"} } }""")!);
        var folder = Path.Combine(TestProcess.NewFolder("manifests"), "new");

        var refused = Session.Run(MoveOne).OnlyError("ManagedElsewhere");
        Assert.Contains("Argo CD (argocd.argoproj.io/tracking-id=shop:/PersistentVolume:/manual-ebs-02)", refused.Exception.Message);
        Session.Run($"{MoveOne} -AllowManaged -ManifestPath '{folder}' -WhatIf").WithoutErrors();
        Assert.False(Directory.Exists(folder));
        var moved = Session.Run($"{MoveOne} -AllowManaged -ManifestPath '{folder}'").WithoutErrors();

        var written = await File.ReadAllTextAsync(Path.Combine(folder, "manual-ebs-02.yaml"));
        Assert.Contains($"volumeHandle: {moved.Each("VolumeId")[0]}", written);
        Assert.Contains($"- {IBackend.ZoneB}", written);
        Assert.DoesNotContain("resourceVersion", written);
        Assert.DoesNotContain(IBackend.ZoneC, written);
    }

    [Scenario]
    public async Task PrepareOnly_sets_Retain_while_the_workload_runs_and_the_move_brings_the_policy_back()
    {
        Session.Run($"{Line} -ReclaimPolicy Delete -AllowDeletePolicy").WithoutErrors();
        await BindAsync("data", "manual-ebs-02");
        await Backend.Kube.CreateAsync(KubeHttp.Pods, KubeObjects.Pod("one", await WorkerAsync(IBackend.ZoneC), null, "data"));

        var prepared = Session.Run("Move-EbsPersistentVolume manual-ebs-02 -PrepareOnly -Confirm:$false").WithoutErrors();
        Assert.Equal(("Retain", "Bound"), (prepared.Each("ReclaimPolicy")[0], prepared.Each("Status")[0]));
        Assert.Empty(prepared.Warnings);
        Assert.StartsWith("PreparedOnly: -PrepareOnly sets the reclaim policy and moves nothing: -DestinationZone counts", Assert.Single(Session.Run($"{MoveOne} -PrepareOnly").WithoutErrors().Warnings));
        await Backend.Kube.DeleteAsync($"{KubeHttp.Pods}/one");
        var moved = Session.Run(MoveOne).WithoutErrors();

        Assert.Equal("Delete", moved.Each("ReclaimPolicy")[0]);
    }

    [Scenario]
    public async Task PrepareOnly_says_who_may_set_the_policy_Delete_again()
    {
        Session.Run($"{Line} -ReclaimPolicy Delete -AllowDeletePolicy").WithoutErrors();
        await Backend.Kube.PatchAsync($"{KubeHttp.Volumes}/manual-ebs-02", System.Text.Json.Nodes.JsonNode.Parse("""{"metadata":{"annotations":{"argocd.argoproj.io/tracking-id":"shop:/PersistentVolume:/manual-ebs-02"} } }""")!);

        var prepared = Session.Run("Move-EbsPersistentVolume manual-ebs-02 -PrepareOnly -Confirm:$false").WithoutErrors();

        Assert.Equal("Retain", prepared.Each("ReclaimPolicy")[0]);
        Assert.StartsWith("PolicyManaged: the PersistentVolume manual-ebs-02 is looked after by Argo CD (argocd.argoproj.io/tracking-id=", Assert.Single(prepared.Warnings));
    }

    [Scenario]
    public async Task A_released_PersistentVolume_moves_as_it_is()
    {
        Session.Run(Line).WithoutErrors();
        await BindAsync("data", "manual-ebs-02");
        var uid = await ClaimUidAsync("data");
        await Backend.Kube.DeleteAsync($"{KubeHttp.Claims}/data");
        await PhaseAsync("manual-ebs-02", "Released");

        var moved = Session.Run(Evacuate).WithoutErrors();

        Assert.Equal([("manual-ebs-02", "Released", "default/data", IBackend.ZoneB)], moved.Output.Select(Row));
        Assert.Equal(uid, moved.Each("ClaimUid")[0]);
        Assert.Equal(2, (await Backend.Kube.PersistentVolumesAsync()).Count);
    }

    [Scenario]
    public async Task A_zone_without_a_Ready_worker_a_volume_of_others_and_a_volume_that_is_gone_are_refused()
    {
        Session.Run(Line).WithoutErrors();
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("gone", "\"csi\":{\"driver\":\"ebs.csi.aws.com\",\"volumeHandle\":\"vol-0aaaaaaaaaaaaaaa1\"}"));
        await Backend.Kube.CreateAsync(KubeHttp.Volumes, KubeObjects.PersistentVolume("etcd", $"\"csi\":{{\"driver\":\"ebs.csi.aws.com\",\"volumeHandle\":\"{Backend.EtcdVolume}\"}}"));

        Assert.Contains("workers are in eu-west-1b, eu-west-1c", Session.Run($"Move-EbsPersistentVolume manual-ebs-02 -DestinationZone {IBackend.ZoneA}").OnlyError("NoWorkerInZone").Exception.Message);
        Session.Run($"Move-EbsPersistentVolume gone -DestinationZone {IBackend.ZoneB}").OnlyError("VolumeNotFound");
        Session.Run($"Move-EbsPersistentVolume etcd -DestinationZone {IBackend.ZoneB}").OnlyError("ControlPlaneVolume");
        Session.Run($"Move-EbsPersistentVolume none -DestinationZone {IBackend.ZoneB}").OnlyError("PersistentVolumeNotFound");
        await AssertUntouchedAsync("manual-ebs-02");
    }

    [Scenario]
    public async Task From_the_latest_snapshot_a_zone_that_is_down_is_left_behind()
    {
        Session.Run(Line).WithoutErrors();
        await BindAsync("data", "manual-ebs-02");
        var old = await VolumeIdAsync("manual-ebs-02");
        var snapshot = (await Backend.Ec2.CallAsync("CreateSnapshot", ("VolumeId", old), ("Description", "nightly"))).Element("snapshotId")!.Value;
        await Backend.Kube.CreateAsync(KubeHttp.Pods, KubeObjects.Pod("one", await WorkerAsync(IBackend.ZoneC), null, "data"));
        await Backend.SetReadyAsync(IBackend.ZoneC, ready: false);

        var refused = Session.Run(MoveOne).OnlyError("ClaimInUse");
        Assert.Contains("-FromLatestSnapshot", refused.Exception.Message);
        var told = Session.Run($"{MoveOne} -FromLatestSnapshot -WhatIf").WithoutErrors();
        var moved = Session.Run($"{MoveOne} -FromLatestSnapshot").WithoutErrors();

        Assert.Contains($"ago ({snapshot}): what was written since is on {old} only", told.HostText);
        Assert.Contains("STILL THERE, on nodes that are not Ready: pod default/one", told.HostText);
        Assert.Equal([("manual-ebs-02", "Bound", "default/data", IBackend.ZoneB)], moved.Output.Select(Row));
        Assert.Equal(snapshot, (await Backend.Ec2.AllVolumesAsync()).Single(volume => volume.Id == moved.Each("VolumeId")[0]).SnapshotId);
        Assert.Empty(await Backend.Ec2.SnapshotsAsync());
    }

    private async Task AssertUntouchedAsync(string name)
    {
        Assert.DoesNotContain(await Backend.Ec2.AllVolumesAsync(), volume => volume.Tags.ContainsKey("ebspv/replaces") || volume.Tags.ContainsKey("ebspv/retired-by"));
        Assert.Empty(await Backend.Ec2.SnapshotsAsync());
        Assert.DoesNotContain("ebspv/swap", (await PersistentVolumeAsync(name)).ToJsonString());
        Assert.DoesNotContain(await Backend.Kube.ListAsync(KubeHttp.Claims), claim => claim.ToJsonString().Contains("ebspv/swap", StringComparison.Ordinal));
    }
}
