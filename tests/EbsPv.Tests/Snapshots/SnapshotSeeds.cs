using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Snapshots;
using EbsPv.Tests.Removal;

namespace EbsPv.Tests.Snapshots;

/// <summary>Snapshots that are there before a test begins.</summary>
internal static class SnapshotSeeds
{
    /// <summary>One of EbsPv's, so many days old; null takes a tag away.</summary>
    public static string Own(this RemoveHarness sandbox, string volumeId, double days, params (string Key, string? Value)[] tags) =>
        sandbox.Own(volumeId, days, "completed", tags);

    public static string Own(this RemoveHarness sandbox, string volumeId, double days, string status, params (string Key, string? Value)[] tags)
    {
        var all = new Dictionary<string, string> { ["KubernetesCluster"] = KopsCluster.Name, [SnapshotTags.Operation] = $"snapshot-{Guid.NewGuid():N}", ["Name"] = "manual-ebs-01" };
        foreach (var (key, value) in tags)
            if (value is null) all.Remove(key);
            else all[key] = value;
        return sandbox.Add(new SnapshotSeed { VolumeId = volumeId, VolumeSize = 10, Age = TimeSpan.FromDays(days), Status = status, Tags = all });
    }

    /// <summary>One of somebody else's.</summary>
    public static string By(this RemoveHarness sandbox, SnapshotMaker maker, string volumeId, double days = 1) =>
        sandbox.Add(new SnapshotSeed { VolumeId = volumeId, VolumeSize = 10, Age = TimeSpan.FromDays(days), MadeBy = maker });

    public static string Add(this RemoveHarness sandbox, SnapshotSeed seed)
    {
        var snapshot = seed.Snapshot(sandbox.Server.Ec2.FindVolume(seed.VolumeId), sandbox.Server.Clock.GetUtcNow());
        sandbox.Server.Ec2.AddSnapshot(snapshot);
        return snapshot.SnapshotId;
    }
}
