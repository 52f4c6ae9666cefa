using Amazon.EC2;
using Amazon.EC2.Model;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

public class CreateVolumeTests
{
    [Theory]
    [InlineData("MissingParameter", "AvailabilityZone", "Size=1")]
    [InlineData("InvalidParameterCombination", "AvailabilityZoneId", "Size=1", "AvailabilityZone=eu-west-1b", "AvailabilityZoneId=euw1-az1")]
    [InlineData("InvalidZone.NotFound", "'eu-west-1z' does not exist", "Size=1", "AvailabilityZone=eu-west-1z")]
    [InlineData("InvalidZone.NotFound", "us-east-1a", "Size=1", "AvailabilityZone=us-east-1a")]
    [InlineData("InvalidZone.NotFound", "use1-az1", "Size=1", "AvailabilityZoneId=use1-az1")]
    public async Task The_zone_must_be_one_of_the_region(string code, string message, params string[] parameters)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await RefusedAsync(ec2, code, message, parameters);
    }

    [Theory]
    [InlineData("MissingParameter", "size")]
    [InlineData("InvalidParameterValue", "Invalid integer value 10GB", "Size=10GB")]
    [InlineData("InvalidParameterValue", "minimum is 1GiB", "Size=0")]
    [InlineData("InvalidParameterValue", "maximum is 16384GiB", "Size=16385")]
    [InlineData("InvalidParameterValue", "maximum is 65536GiB", "Size=65537", "VolumeType=gp3")]
    [InlineData("InvalidParameterValue", "minimum is 4GiB", "Size=3", "VolumeType=io1", "Iops=100")]
    [InlineData("InvalidParameterValue", "minimum is 125GiB", "Size=124", "VolumeType=st1")]
    [InlineData("InvalidParameterValue", "minimum is 125GiB", "Size=124", "VolumeType=sc1")]
    [InlineData("InvalidParameterValue", "maximum is 1024GiB", "Size=1025", "VolumeType=standard")]
    [InlineData("UnknownVolumeType", "gp9", "Size=1", "VolumeType=gp9")]
    [InlineData("MissingParameter", "iops", "Size=4", "VolumeType=io1")]
    [InlineData("MissingParameter", "iops", "Size=4", "VolumeType=io2")]
    [InlineData("InvalidParameterCombination", "iops is not supported for gp2", "Size=4", "Iops=3000")]
    [InlineData("InvalidParameterCombination", "iops is not supported for st1", "Size=125", "VolumeType=st1", "Iops=3000")]
    [InlineData("InvalidParameterValue", "minimum is 3000", "Size=4", "VolumeType=gp3", "Iops=2999")]
    [InlineData("InvalidParameterValue", "maximum is 80000", "Size=200", "VolumeType=gp3", "Iops=80001")]
    [InlineData("InvalidParameterValue", "maximum is 500.000000", "Size=10", "VolumeType=gp3", "Iops=5001")]
    [InlineData("InvalidParameterValue", "maximum is 50.000000", "Size=4", "VolumeType=io1", "Iops=201")]
    [InlineData("InvalidParameterValue", "maximum is 1000.000000", "Size=4", "VolumeType=io2", "Iops=4001")]
    [InlineData("InvalidParameterCombination", "throughput is not supported for io2", "Size=4", "VolumeType=io2", "Iops=100", "Throughput=125")]
    [InlineData("InvalidParameterValue", "minimum is 125", "Size=4", "VolumeType=gp3", "Throughput=124")]
    [InlineData("InvalidParameterValue", "maximum is 2000", "Size=100", "VolumeType=gp3", "Iops=16000", "Throughput=2001")]
    [InlineData("InvalidParameterValue", "maximum is 0.250000", "Size=4", "VolumeType=gp3", "Throughput=751")]
    [InlineData("InvalidParameterDependency", "requires the parameter Encrypted", "Size=4", "KmsKeyId=alias/x")]
    [InlineData("InvalidParameterCombination", "MultiAttachEnabled", "Size=4", "VolumeType=gp3", "MultiAttachEnabled=true")]
    [InlineData("InvalidParameterValue", "boolean", "Size=4", "Encrypted=yes")]
    [InlineData("InvalidSnapshot.NotFound", "snap-0000000000000000f", "SnapshotId=snap-0000000000000000f")]
    [InlineData("InvalidParameterCombination", "SnapshotId", "Size=4", "VolumeInitializationRate=200")]
    [InlineData("InvalidParameterValue", "from 100 to 300", "VolumeInitializationRate=99", "SnapshotId=snap-0000000000000000f")]
    [InlineData("InvalidParameterValue", "from 100 to 300", "VolumeInitializationRate=301", "SnapshotId=snap-0000000000000000f")]
    [InlineData("UnknownParameter", "Colour", "Size=4", "Colour=blue")]
    public async Task What_EC2_does_not_take_is_refused_and_makes_nothing(string code, string message, params string[] parameters)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await RefusedAsync(ec2, code, message, [.. parameters, "AvailabilityZone=eu-west-1b"]);
    }

    [Theory]
    [InlineData("Size=1")]
    [InlineData("Size=1", "VolumeType=gp3", "Iops=3000", "Throughput=750")]
    [InlineData("Size=10", "VolumeType=gp3", "Iops=5000", "Throughput=1250")]
    [InlineData("Size=65536", "VolumeType=gp3", "Iops=80000", "Throughput=2000")]
    [InlineData("Size=4", "VolumeType=io1", "Iops=200", "MultiAttachEnabled=true")]
    [InlineData("Size=256", "VolumeType=io2", "Iops=256000", "MultiAttachEnabled=true")]
    [InlineData("Size=125", "VolumeType=st1")]
    [InlineData("Size=1024", "VolumeType=standard", "Encrypted=true", "KmsKeyId=alias/x")]
    public async Task The_bounds_themselves_are_taken(params string[] parameters)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.Equal(("", ""), await ec2.CodeAsync("CreateVolume", [.. parameters, "AvailabilityZone=eu-west-1b"]));
    }

    [Fact]
    public async Task The_default_type_is_gp2_with_IOPS_by_size()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var small = await ec2.CreateAsync(new CreateVolumeRequest { AvailabilityZone = KopsCluster.ZoneB, Size = 10 });
        var middle = await ec2.CreateAsync(new CreateVolumeRequest { AvailabilityZone = KopsCluster.ZoneB, Size = 500 });
        var large = await ec2.CreateAsync(new CreateVolumeRequest { AvailabilityZone = KopsCluster.ZoneB, Size = 16_384 });
        Assert.Equal(VolumeType.Gp2, small.VolumeType);
        Assert.Equal([100, 1_500, 16_000], new[] { small, middle, large }.Select(volume => volume.Iops!.Value));
        Assert.Null(small.Throughput);
    }

    [Fact]
    public async Task A_gp3_volume_shows_its_baseline()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var volume = await ec2.CreateAsync();
        Assert.Equal((3_000, 125), (volume.Iops, volume.Throughput));
        Assert.Matches("^vol-0[0-9a-f]{16}$", volume.VolumeId);
        Assert.Equal((KopsCluster.ZoneB, 10, ""), (volume.AvailabilityZone, volume.Size, volume.SnapshotId));
    }

    [Fact]
    public async Task A_zone_can_be_named_by_its_id()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var volume = await ec2.CreateAsync(new CreateVolumeRequest { AvailabilityZoneId = "euw1-az1", Size = 1 });
        Assert.Equal(KopsCluster.ZoneB, volume.AvailabilityZone);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    public async Task A_snapshot_may_be_loaded_at_a_rate(int rate)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        const string snapshot = "snap-0123456789abcdef0";
        ec2.Server.Ec2.AddSnapshot(new EbsSnapshot { SnapshotId = snapshot, VolumeSize = 20 });

        var volume = await ec2.CreateAsync(
            new CreateVolumeRequest { AvailabilityZone = KopsCluster.ZoneA, SnapshotId = snapshot, VolumeInitializationRate = rate });

        Assert.Equal(rate, volume.VolumeInitializationRate);
    }

    [Fact]
    public async Task A_snapshot_gives_size_and_encryption_and_cannot_be_cut_short()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        const string snapshot = "snap-0123456789abcdef0";
        ec2.Server.Ec2.AddSnapshot(new EbsSnapshot { SnapshotId = snapshot, VolumeSize = 20, Encrypted = true });
        var volume = await ec2.CreateAsync(new CreateVolumeRequest { AvailabilityZone = KopsCluster.ZoneA, SnapshotId = snapshot });
        Assert.Equal((20, true, snapshot), (volume.Size!.Value, volume.Encrypted!.Value, volume.SnapshotId));

        await RefusedAsync(ec2, "InvalidParameterValue", "expect size >= 20GiB", "AvailabilityZone=eu-west-1a", "Size=19", $"SnapshotId={snapshot}");
        ec2.Server.Ec2.AddSnapshot(new EbsSnapshot { SnapshotId = snapshot, VolumeSize = 20, Status = "pending" });
        await RefusedAsync(ec2, "IncorrectState", "pending", "AvailabilityZone=eu-west-1a", $"SnapshotId={snapshot}");
    }

    [Fact]
    public async Task Quota_and_capacity_can_run_out()
    {
        var four = new Ec2Settings { VolumeQuota = 5, ZonesWithoutCapacity = [KopsCluster.ZoneC] };
        await using var ec2 = await Ec2Harness.StartAsync(four);
        await Ec2Harness.RefusedAsync(() => ec2.CreateAsync(Ec2Harness.Gp3(zone: KopsCluster.ZoneC)), "InsufficientVolumeCapacity");
        await ec2.CreateAsync();
        await Ec2Harness.RefusedAsync(() => ec2.CreateAsync(), "VolumeLimitExceeded");

        var elsewhere = ec2.NewClient("us-east-1");
        await elsewhere.CreateVolumeAsync(Ec2Harness.Gp3(zone: "us-east-1a"), Ec2Harness.Stop);
        Assert.Equal(6, ec2.Server.Ec2.Volumes.Count);
    }

    [Fact]
    public async Task A_region_sees_its_own_volumes_only()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var elsewhere = ec2.NewClient("us-east-1");
        var volume = (await elsewhere.CreateVolumeAsync(Ec2Harness.Gp3(zone: "us-east-1a"), Ec2Harness.Stop)).Volume;
        Assert.DoesNotContain(volume.VolumeId, await ec2.VolumeIdsAsync());
        await Ec2Harness.RefusedAsync(() => ec2.StateAsync(volume.VolumeId), "InvalidVolume.NotFound");
        await Ec2Harness.RefusedAsync(
            () => ec2.Client.DeleteVolumeAsync(new DeleteVolumeRequest(volume.VolumeId), Ec2Harness.Stop), "InvalidVolume.NotFound");
    }

    private static async Task RefusedAsync(Ec2Harness ec2, string code, string message, params string[] parameters)
    {
        var before = ec2.Server.Ec2.AllVolumes.Count;
        var refusal = await ec2.CodeAsync("CreateVolume", parameters);
        Assert.Equal(code, refusal.Code);
        Assert.Contains(message, refusal.Message);
        Assert.Equal(before, ec2.Server.Ec2.AllVolumes.Count);
    }
}
