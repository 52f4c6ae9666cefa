using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Snapshots that Remove-ClusterEbsSnapshot removes, and those that it does not.</summary>
public abstract class RetentionScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string KeepOne = "Remove-ClusterEbsSnapshot -KeepLast 1 -Confirm:$false -PassThru";

    [Scenario]
    public async Task The_last_ones_of_each_volume_stay_and_what_others_made()
    {
        var ids = await MakeAsync();
        var (oldest, old) = (await OwnAsync(ids[0]), await OwnAsync(ids[0]));
        string[] kept = [await OwnAsync(ids[0]), await OwnAsync(ids[1]), await Backend.AddSnapshotAsync(ids[0], new Dictionary<string, string> { ["dlm:managed"] = "true" })];

        var removed = Session.Run(KeepOne).WithoutErrors();

        Assert.Equal([oldest, old], removed.Each("SnapshotId"));
        Assert.Equal(["deleted", "deleted"], removed.Each("State"));
        Assert.Equal(kept.Order(), await ThereAsync());
    }

    [Scenario(Needs = Ability.PastSnapshots)]
    public async Task Old_ones_go_and_with_KeepLast_only_those_that_are_not_among_the_last()
    {
        var ids = await MakeAsync();
        var (oldest, old) = (await OwnAsync(ids[0], 41), await OwnAsync(ids[0], 40));
        var young = await OwnAsync(ids[0], 1);

        Session.Run("Remove-ClusterEbsSnapshot -KeepLast 2 -OlderThan 30d -Confirm:$false").WithoutErrors();
        Assert.Equal(new[] { old, young }.Order(), await ThereAsync());
        Assert.DoesNotContain(oldest, await ThereAsync());

        Session.Run("Remove-ClusterEbsSnapshot -OlderThan ([TimeSpan]::FromDays(60)) -Confirm:$false").WithoutErrors();
        Assert.Equal(2, (await ThereAsync()).Count);
        Session.Run("Remove-ClusterEbsSnapshot -OlderThan 4w -Confirm:$false").WithoutErrors();
        Assert.Equal([young], await ThereAsync());
    }

    [Scenario]
    public async Task What_is_piped_says_of_which_volumes_or_which_snapshots()
    {
        var ids = await MakeAsync();
        var (first, second) = (await OwnAsync(ids[0]), await OwnAsync(ids[0]));
        var (third, fourth) = (await OwnAsync(ids[1]), await OwnAsync(ids[1]));

        Assert.Equal([first], Session.Run($"Get-ClusterEbsVolume -VolumeId {ids[0]} | {KeepOne}").WithoutErrors().Each("SnapshotId"));
        Assert.Empty(Session.Run($"'{fourth}' | {KeepOne}").WithoutErrors().Output);
        Assert.Equal([third], Session.Run($"Get-ClusterEbsSnapshot -VolumeId {ids[1]} | {KeepOne}").WithoutErrors().Each("SnapshotId"));
        Assert.Equal([second], Session.Run($"Remove-ClusterEbsSnapshot {second} -Confirm:$false -PassThru").WithoutErrors().Each("SnapshotId"));
        Assert.Equal([fourth], await ThereAsync());
    }

    [Scenario]
    public async Task The_snapshot_that_a_piped_volume_was_made_of_is_not_meant()
    {
        var ids = await MakeAsync();
        var snapshot = await OwnAsync(ids[0]);
        var restored = Session.Run($"Restore-ClusterEbsVolume {snapshot}").WithoutErrors().Each("VolumeId")[0];

        Session.Run($"Get-ClusterEbsVolume -VolumeId {restored} | Remove-ClusterEbsSnapshot -Confirm:$false").OnlyError("InputNotSnapshot");

        Assert.Equal([snapshot], await ThereAsync());
    }

    [Scenario]
    public async Task What_a_VolumeSnapshotContent_names_stays()
    {
        var ids = await MakeAsync();
        var (named, old) = (await OwnAsync(ids[0]), await OwnAsync(ids[0]));
        await OwnAsync(ids[0]);
        await Backend.TeachSnapshotContentsAsync();
        await Backend.Kube.CreateAsync(KubeHttp.SnapshotContents, KubeObjects.SnapshotContent("content", named));

        Assert.Contains("VolumeSnapshotContent", Session.Run($"'{named}', '{old}' | Remove-ClusterEbsSnapshot -Confirm:$false").OnlyError("SnapshotInUse").Exception.Message);
        Assert.Equal([old], Session.Run(KeepOne).WithoutErrors().Each("SnapshotId"));
    }

    [Scenario]
    public async Task What_a_move_under_way_needs_stays()
    {
        var ids = await MakeAsync();
        var needed = await OwnAsync(ids[0]);
        await OwnAsync(ids[0]);
        await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.Claim("data", "manual-ebs-01"));
        await Backend.Kube.PatchAsync(
            $"{KubeHttp.Claims}/data",
            new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["ebspv/swap"] = $"{{\"operation\":\"x\",\"snapshotId\":\"{needed}\"}}" } } });

        Assert.Empty(Session.Run(KeepOne).WithoutErrors().Output);
        Session.Run($"Remove-ClusterEbsSnapshot {needed} -Confirm:$false").OnlyError("SnapshotInUse");
        Assert.Equal(2, (await ThereAsync()).Count);
    }

    [Scenario]
    public async Task What_is_all_that_is_left_of_a_volume_stays_until_it_is_consented_to()
    {
        var ids = await MakeAsync();
        await OwnAsync(ids[0]);
        Session.Run("Get-ClusterEbsVolume -SetName manual-ebs | Remove-ClusterEbsVolume -Confirm:$false").WithoutErrors();

        Assert.Single(Session.Run(KeepOne).WithoutErrors().Output);
        var finals = await ThereAsync();
        Assert.Equal(["SnapshotIsOnlyCopy", "SnapshotIsOnlyCopy"], Session.Run("Get-ClusterEbsSnapshot | Remove-ClusterEbsSnapshot -Confirm:$false").Errors.Select(ScriptResult.Id));
        Assert.Equal(finals, await ThereAsync());
        Session.Run("Get-ClusterEbsSnapshot | Remove-ClusterEbsSnapshot -Confirm:$false -IncludeFinal").WithoutErrors();
        Assert.Empty(await ThereAsync());
    }

    [Scenario]
    public async Task One_that_must_stay_keeps_all_that_were_named()
    {
        var ids = await MakeAsync();
        var own = await OwnAsync(ids[0]);
        var other = await Backend.AddSnapshotAsync(ids[0], new Dictionary<string, string> { ["velero.io/backup"] = "nightly" });

        var result = Session.Run("Get-ClusterEbsSnapshot | Remove-ClusterEbsSnapshot -Confirm:$false");

        Assert.Contains("Velero", result.OnlyError("SnapshotNotManaged").Exception.Message);
        Assert.StartsWith("NothingRemoved", Assert.Single(result.Warnings));
        Assert.Equal(new[] { other, own }.Order(), await ThereAsync());
    }

    [Scenario]
    public async Task WhatIf_says_what_would_go_and_without_being_told_it_asks()
    {
        var ids = await MakeAsync();
        var (oldest, old) = (await OwnAsync(ids[0]), await OwnAsync(ids[0]));
        await OwnAsync(ids[0]);

        var rehearsed = Session.Run("Remove-ClusterEbsSnapshot -KeepLast 1 -WhatIf").WithoutErrors();
        Assert.Matches($@"^What if: Delete the snapshot {oldest} \(manual-ebs-01, 10 GiB, \d{{4}}-\d\d-\d\d \d\d:\d\d UTC\) of the EBS volume {ids[0]} of the cluster {IBackend.Cluster}\. The data of that moment are deleted with it\.$", rehearsed.WhatIf[0]);
        Assert.Equal(2, rehearsed.WhatIf.Count);
        Assert.Equal(3, (await ThereAsync()).Count);

        Session.Screen.Answers.Enqueue("No");
        Session.Screen.Answers.Enqueue("Yes");
        Assert.Equal([old], Session.Run("Remove-ClusterEbsSnapshot -KeepLast 1 -PassThru").WithoutErrors().Each("SnapshotId"));
        Assert.Equal(2, (await ThereAsync()).Count);
    }

    [Scenario]
    public async Task A_cluster_that_cannot_be_asked_is_a_refusal_and_one_that_is_gone_is_left_out_by_two_switches()
    {
        var ids = await MakeAsync();
        await OwnAsync(ids[0]);
        await OwnAsync(ids[0]);
        var elsewhere = $"{KeepOne} -ClusterName {IBackend.Cluster} -Context elsewhere -Kubeconfig '{UnreachableKubeconfig()}'";

        Assert.Contains("SnapshotUseCheckFailed", Session.Run(elsewhere).Errors.Select(ScriptResult.Id));
        Session.Run($"{elsewhere} -SkipSnapshotUseCheck").OnlyError("ClusterNotVerified");
        Session.Run($"{elsewhere} -SkipClusterCheck").OnlyError("SnapshotUseCheckFailed");
        Assert.Equal(2, (await ThereAsync()).Count);

        Session.Run($"{elsewhere} -SkipSnapshotUseCheck -SkipClusterCheck").WithoutErrors();
        Assert.Single(await ThereAsync());
    }

    [Scenario]
    public async Task Snapshots_that_are_gone_count_as_removed()
    {
        var ids = await MakeAsync();
        var snapshot = await OwnAsync(ids[0]);
        Session.Run($"Remove-ClusterEbsSnapshot {snapshot} -Confirm:$false").WithoutErrors();

        var again = Session.Run($"Remove-ClusterEbsSnapshot {snapshot} -Confirm:$false").WithoutErrors();

        Assert.StartsWith("SnapshotGone", Assert.Single(again.Warnings));
    }

    private async Task<IReadOnlyList<string>> MakeAsync()
    {
        Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10").WithoutErrors();
        return [.. (await Backend.Ec2.VolumesAsync()).Select(volume => volume.Id)];
    }

    private Task<string> OwnAsync(string volumeId, double days = 0) => Backend.AddSnapshotAsync(
        volumeId,
        new Dictionary<string, string> { ["KubernetesCluster"] = IBackend.Cluster, ["ebspv/operation"] = $"snapshot-{Guid.NewGuid():N}", ["Name"] = "manual-ebs-01", ["ebspv/volume-zone"] = IBackend.ZoneB },
        days);

    private async Task<IReadOnlyList<string>> ThereAsync()
    {
        var found = new List<string>();
        foreach (var key in new[] { "ebspv/operation", "dlm:managed", "velero.io/backup" })
            found.AddRange((await Backend.Ec2.SnapshotsAsync("tag-key", key)).Select(snapshot => snapshot.Id));
        return [.. found.Distinct().Order()];
    }
}
