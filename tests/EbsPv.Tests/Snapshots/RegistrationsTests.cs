using EbsPv.Errors;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Server;
using EbsPv.Snapshots;
using EbsPv.Tests.Removal;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Snapshots;

/// <summary>Which volumes nothing in the cluster stands for; whoever cannot be asked is never taken to say so.</summary>
public class RegistrationsTests
{
    [Fact]
    public async Task What_no_PersistentVolume_points_to_is_unregistered()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var (registered, inTree, free) = (sandbox.Seed(), sandbox.Seed(), sandbox.Seed());
        await sandbox.RegisterAsync("uno", registered);
        await sandbox.RegisterAsync("dos", inTree, VolumeSource.InTree);

        Assert.Equal([free], await LackingAsync(sandbox));
    }

    [Fact]
    public async Task Retired_ones_the_driver_s_own_and_those_that_are_going_are_none()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        sandbox.Seed((VolumeTags.RetiredBy, "x"));
        sandbox.Seed(("ebspv/set", null), (VolumeTags.RetiredSet, "manual-ebs"));
        sandbox.Seed(("CSIVolumeName", "pvc-1"));
        sandbox.Seed(("kubernetes.io/created-for/pvc/name", "data"));
        sandbox.Server.Ec2.Force(sandbox.Seed(), "deleting");

        Assert.Empty(await LackingAsync(sandbox));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disks_of_a_move_under_way_are_none_whatever_step_it_is_at(bool onClaim)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        var old = sandbox.Seed();
        sandbox.Seed((VolumeTags.Replaces, old));
        sandbox.Seed((SnapshotTags.Operation, "6f9619ff-8b86-4011-b42d-00c04fc964ff"));
        var free = sandbox.Seed((VolumeTags.Replaces, "vol-0dead000000000001"), (SnapshotTags.Operation, "other"));
        var note = $"{{\"operation\":\"6f9619ff-8b86-4011-b42d-00c04fc964ff\",\"volumeId\":\"{old}\"}}";
        if (onClaim) sandbox.AddNote(note);
        else sandbox.AddHolder(note);

        Assert.Equal([free], await LackingAsync(sandbox));
    }

    [Theory]
    [InlineData("list persistentvolumes")]
    [InlineData("list persistentvolumeclaims")]
    [InlineData("list nodes")]
    public async Task A_cluster_that_does_not_answer_is_a_failure(string operation)
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        sandbox.Fail(FaultKind.Error, operation, -1, "Forbidden", 403);

        await Refusal.OfAsync(ErrorIds.KubePermissionDenied, () => ReadAsync(sandbox, KopsCluster.Name));
    }

    [Fact]
    public async Task Another_cluster_s_PersistentVolumes_say_nothing()
    {
        await using var sandbox = await RemoveHarness.StartAsync();
        sandbox.Server.Ec2.AddInstance(new EbsPv.Sandbox.Ec2.Model.Ec2Instance
        {
            InstanceId = "i-0f0f0f0f0f0f0f0f0", Region = KopsCluster.Region, AvailabilityZone = KopsCluster.ZoneB, Groups = [KopsCluster.Group("nodes.otro")], Tags = [new("KubernetesCluster", "otro")],
        });

        var refusal = await Refusal.OfAsync(ErrorIds.ClusterMismatch, () => ReadAsync(sandbox, "otro"));
        Assert.EndsWith("Which of them are unregistered is not known.", refusal.Message);
        await Refusal.OfAsync(ErrorIds.ClusterNotVerified, () => ReadAsync(sandbox, "nadie"));
    }

    private static Task<Registrations> ReadAsync(RemoveHarness sandbox, string cluster) =>
        Registrations.ReadVerifiedAsync(sandbox.Ec2, sandbox.Cluster, cluster, sandbox.Reporter, RemoveHarness.Stop);

    private static async Task<IEnumerable<string>> LackingAsync(RemoveHarness sandbox)
    {
        var registrations = await ReadAsync(sandbox, KopsCluster.Name);
        var lacking = new List<string>();
        await foreach (var volume in ClusterVolumes.FindAsync(sandbox.Ec2, new VolumeQuery(KopsCluster.Name, null, [], [], null), RemoveHarness.Stop))
            if (registrations.Lacks(volume)) lacking.Add(volume.VolumeId!);
        return lacking;
    }
}
