using EbsPv.Errors;
using EbsPv.Moves;
using EbsPv.Swaps;
using EbsPv.Tests.Support;
using Xunit;
using static EbsPv.Tests.Moves.MoveFacts;

namespace EbsPv.Tests.Moves;

public class MoveRulesTests
{
    private const string Cluster = "proyecto.k8s.local", Region = "eu-west-1", Id = "vol-0aaaaaaaaaaaaaaa1";

    private static readonly ClusterEbsVolume s_disk = new()
    {
        VolumeId = Id, AvailabilityZone = "eu-west-1c", Region = Region, State = "available", Size = 10, VolumeType = "gp3",
        Tags = new Dictionary<string, string> { ["KubernetesCluster"] = Cluster },
    };

    [Fact]
    public void An_available_one_and_a_bound_one_may_be_moved()
    {
        Check(Volume("data"), s_disk);
        Check(Volume("data", "Bound", "claim"), s_disk, Claim("claim", "data"));
        Check(Volume("data", "Released", "claim"), s_disk);
    }

    [Theory]
    [InlineData("Pending")]
    [InlineData("Failed")]
    [InlineData("Terminating")]
    public void One_that_is_not_settled_is_refused(string status) =>
        Assert.Contains($"it is {status}", Refused(ErrorIds.PersistentVolumeNotMovable, Volume("data", status), s_disk).Message);

    [Fact]
    public void Two_for_one_disk_are_refused_and_a_holder_is_no_second_one()
    {
        var twin = Volume("twin");
        var holder = Volume("data-ebspv-swap") with { Labels = new Dictionary<string, string> { [SwapHolder.Label] = "data" } };

        Assert.Contains("twin stands for the same volume", Refused(ErrorIds.PersistentVolumeConflict, Volume("data"), s_disk, null, twin).Message);
        Check(Volume("data"), s_disk, null, holder);
    }

    [Fact]
    public void A_claim_that_is_going_or_gone_is_refused()
    {
        Refused(ErrorIds.ClaimGone, Volume("data", "Bound", "claim"), s_disk, Claim("claim", "data", "Terminating"));
        var going = Refused(ErrorIds.ClaimGone, Volume("data", "Bound", "claim") with { ReclaimPolicy = "Delete" }, s_disk, Claim("claim", "data", "Terminating"));
        Assert.StartsWith("Keep the volume first: Move-EbsPersistentVolume data -PrepareOnly", going.RecommendedAction);
        Refused(ErrorIds.ClaimGone, Volume("data", "Bound", "claim"), s_disk);
    }

    // What was begun is finished whatever its PersistentVolume has become; a note that was left, or was only written, begins nothing.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_note_excuses_only_what_is_fenced(bool isFenced)
    {
        var volume = Volume("data", "Released", "claim") with { Uid = "1", ClaimUid = isFenced ? "operation" : "uid-of-claim" };
        var intent = new SwapIntent
        {
            Operation = "operation", Kind = SwapKind.Move, PersistentVolume = "data", PersistentVolumeUid = "1", VolumeId = Id, Region = Region, DestinationZone = "eu-west-1b", Manifest = "{}",
        };
        var claim = Claim("claim", "data", "Terminating");
        var subject = new SwapSubject("data", volume, claim, new NotedSwap("data", intent, claim, null));

        if (isFenced) MoveRules.Check(subject, s_disk, Of(), Cluster, Region);
        else Refusal.Of(ErrorIds.ClaimGone, () => MoveRules.Check(subject, s_disk, Of(), Cluster, Region));
    }

    [Theory]
    [InlineData("deleting")]
    [InlineData("deleted")]
    [InlineData("error")]
    public void A_disk_that_is_lost_is_refused_where_its_data_is_needed(string state)
    {
        var refusal = Refused(ErrorIds.VolumeUnusable, Volume("data"), s_disk with { State = state });

        Assert.Contains("Restore-EbsPersistentVolume data", refusal.RecommendedAction);
        MoveRules.Check(Subject(Volume("data")), s_disk with { State = state }, Of(), Cluster, Region, readsDisk: false);
    }

    [Fact]
    public void A_disk_that_is_not_there_that_several_attach_that_another_cluster_has_or_that_is_etcd_s_is_refused()
    {
        Refused(ErrorIds.VolumeNotFound, Volume("data"), null);
        Refused(ErrorIds.MoveMultiAttach, Volume("data"), s_disk with { MultiAttachEnabled = true });
        Refused(ErrorIds.VolumeNotOfCluster, Volume("data"), s_disk with { Tags = new Dictionary<string, string> { ["KubernetesCluster"] = "other" } });
        Refused(ErrorIds.VolumeNotOfCluster, Volume("data"), s_disk with { Tags = new Dictionary<string, string>() });
        Refused(ErrorIds.VolumeNotOfCluster, Volume("data"), s_disk with { Tags = new Dictionary<string, string> { ["KubernetesCluster"] = Cluster + "x" } });
        Refused(ErrorIds.ControlPlaneVolume, Volume("data"), s_disk with { Tags = new Dictionary<string, string> { ["KubernetesCluster"] = Cluster, ["k8s.io/role/control-plane"] = "1" } });
    }

    [Fact]
    public void A_zone_counts_by_its_Ready_workers_that_take_pods()
    {
        var facts = Of(nodes: [Node("eu-west-1a", ready: false), Node("eu-west-1b"), Node("eu-west-1c", cordoned: true), Node("eu-west-1d", role: "control-plane")]);

        MoveRules.CheckDestination("eu-west-1b", facts);
        foreach (var zone in new[] { "eu-west-1a", "eu-west-1c", "eu-west-1d", "eu-west-1e" })
            Assert.Contains("(workers are in eu-west-1b)", Refusal.Of(ErrorIds.NoWorkerInZone, () => MoveRules.CheckDestination(zone, facts)).Message);

        Assert.Contains("no zone has one", Refusal.Of(ErrorIds.NoWorkerInZone, () => MoveRules.CheckDestination("eu-west-1b", Of())).Message);
    }

    private static SwapSubject Subject(EbsPersistentVolume volume, EbsPersistentVolumeClaim? claim = null) => new(volume.Name, volume, claim, null);

    private static void Check(EbsPersistentVolume volume, ClusterEbsVolume? disk, EbsPersistentVolumeClaim? claim = null, EbsPersistentVolume? other = null) =>
        MoveRules.Check(Subject(volume, claim), disk, Of(volumes: other is null ? [volume] : [volume, other]), Cluster, Region);

    private static EbsPvException Refused(string errorId, EbsPersistentVolume volume, ClusterEbsVolume? disk, EbsPersistentVolumeClaim? claim = null, EbsPersistentVolume? other = null) =>
        Refusal.Of(errorId, () => Check(volume, disk, claim, other));
}
