using EbsPv.Errors;
using EbsPv.Moves;
using EbsPv.Swaps;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Moves;

/// <summary>What a line chooses for some of the volumes that are used together while others are settled.</summary>
public class MoveSourcesTests
{
    private const string ZoneB = "eu-west-1b", Data = "vol-0aaaaaaaaaaaaaaa1", Logs = "vol-0aaaaaaaaaaaaaaa2", Copy = "vol-0aaaaaaaaaaaaaaa3";
    private static readonly DateTime s_now = new(2026, 11, 26, 9, 0, 0, DateTimeKind.Utc);
    private static readonly ClusterEbsSnapshot[] s_all = [Of(Data, "data-6h", 6), Of(Logs, "logs-6h", 6), Of(Data, "data-1h", 1)];

    [Fact]
    public void A_begun_one_keeps_its_snapshot_and_the_other_follows()
    {
        var (logs, facts) = Begun("logs-6h");
        var data = new SwapSubject("data", MoveFacts.Volume("data", "Bound", "data", Data), facts.Claims["default/data"], null);

        var chosen = Choose(facts, [data, logs], s_all);

        Assert.Equal(("data-6h", TimeSpan.Zero), (chosen["data"].Snapshot!.SnapshotId, chosen["data"].Skew));
        Assert.Null(chosen["logs"].Snapshot);
        var apart = Choose(facts, [data, logs], [.. s_all.Skip(1)]);
        Assert.Equal(("data-1h", TimeSpan.FromHours(5)), (apart["data"].Snapshot!.SnapshotId, apart["data"].Skew));
        Assert.Equal(TimeSpan.FromHours(5), apart["logs"].Skew);
    }

    [Fact]
    public void One_that_another_line_began_counts_as_well()
    {
        var (_, facts) = Begun("logs-6h");
        var data = new SwapSubject("data", MoveFacts.Volume("data", "Bound", "data", Data), facts.Claims["default/data"], null);

        Assert.Equal("data-6h", Choose(facts, [data], s_all)["data"].Snapshot!.SnapshotId);
    }

    [Fact]
    public void A_disk_that_is_attached_again_settles_nothing()
    {
        var volumes = new[] { MoveFacts.Volume("data", "Bound", "data", Data), MoveFacts.Volume("logs", "Bound", "logs", Copy) with { AvailabilityZone = ZoneB } };
        var facts = Facts(volumes);
        var data = new SwapSubject("data", volumes[0], facts.Claims["default/data"], null);
        var copy = new ClusterEbsVolume
        {
            VolumeId = Copy, AvailabilityZone = ZoneB, Region = "eu-west-1", State = "available", Size = 10, VolumeType = "gp3", SnapshotId = "logs-6h", Tags = new Dictionary<string, string> { [VolumeTags.Replaces] = Logs },
        };

        Assert.Equal([Copy], new MoveSources(Request(), facts).MovedBefore([data]));
        Assert.Equal("data-6h", Choose(facts, [data], s_all, copy)["data"].Snapshot!.SnapshotId);
        Assert.Equal("data-1h", Choose(facts, [data], s_all, copy with { Attachments = [new() { InstanceId = "i-1", State = "attached" }] })["data"].Snapshot!.SnapshotId);
    }

    private static Dictionary<string, (ClusterEbsSnapshot? Snapshot, TimeSpan Skew)> Choose(SwapFacts facts, SwapSubject[] open, IReadOnlyList<ClusterEbsSnapshot> all, params ClusterEbsVolume[] volumes)
    {
        var sources = new MoveSources(Request(), facts);
        var refusals = new Dictionary<string, EbsPvException>();
        var chosen = sources.Choose(open, Array.Empty<ClusterEbsVolume>().ToLookup(_ => ""), all, sources.Settled(volumes), refusals);
        Assert.Empty(refusals);
        return chosen;
    }

    [Fact]
    public void One_disk_without_a_snapshot_keeps_back_what_is_used_together_with_it_and_each_is_named()
    {
        var facts = Facts([MoveFacts.Volume("data", "Bound", "data", Data), MoveFacts.Volume("logs", "Bound", "logs", Logs)]);
        var open = facts.PersistentVolumes.Select(volume => new SwapSubject(volume.Name, volume, facts.ClaimOf(volume), null)).ToList();
        var refusals = new Dictionary<string, EbsPvException>();

        new MoveSources(Request(), facts).Choose(open, Array.Empty<ClusterEbsVolume>().ToLookup(_ => ""), [Of(Data, "snap-1", 1)], [], refusals);

        Assert.Equal($"The PersistentVolume logs is not moved. The volume {Logs} has no completed snapshot to take its data from.", refusals["logs"].Message);
        Assert.Equal($"The PersistentVolume data is not moved, as one that is used together with it is not. The volume {Logs} has no completed snapshot to take its data from.", refusals["data"].Message);
    }

    private static MoveRequest Request() => new() { Wanted = [], ClusterName = "test", DestinationZone = ZoneB, FromLatestSnapshot = true };

    private static (SwapSubject Logs, SwapFacts Facts) Begun(string snapshotId)
    {
        var facts = Facts([MoveFacts.Volume("data", "Bound", "data", Data)]);
        var intent = new SwapIntent
        {
            Operation = "0", Kind = SwapKind.Move, PersistentVolume = "logs", PersistentVolumeUid = "1", VolumeId = Logs, Region = "eu-west-1", DestinationZone = ZoneB, SnapshotId = snapshotId, Manifest = "{}",
        };
        var noted = new NotedSwap("logs", intent, facts.Claims["default/logs"], null);
        return (new SwapSubject("logs", null, noted.Claim, noted), facts with { Noted = [noted] });
    }

    private static SwapFacts Facts(EbsPersistentVolume[] volumes) =>
        MoveFacts.Of(volumes, [MoveFacts.Claim("data", "data"), MoveFacts.Claim("logs", "logs")], [MoveFacts.Pod("web", "data", "logs")]);

    private static ClusterEbsSnapshot Of(string volumeId, string id, int hours) =>
        new() { SnapshotId = id, VolumeId = volumeId, Region = "eu-west-1", State = "completed", StartTime = s_now.AddHours(-hours) };
}
