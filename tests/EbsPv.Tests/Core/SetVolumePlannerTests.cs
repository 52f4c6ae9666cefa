using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Core;

/// <summary>What becomes of a volume, and what is sent for it.</summary>
public class SetVolumePlannerTests
{
    private const string Id = "vol-0123456789abcdef0";

    [Theory]
    // gp2 to gp3 sends no performance: EC2 gives the source's or the baseline, whichever is higher.
    [InlineData("gp2", 100, 300, null, "gp3", null, null, null, "gp3, 100 GiB, 3000 IOPS, 125 MiB/s", "type=gp3")]
    [InlineData("gp2", 170, 510, null, "gp3", null, null, null, "gp3, 170 GiB, 3000 IOPS, 125 MiB/s", "type=gp3")]
    [InlineData("gp2", 171, 513, null, "gp3", null, null, null, "gp3, 171 GiB, 3000 IOPS, 250 MiB/s", "type=gp3")]
    [InlineData("gp2", 2000, 6000, null, "gp3", null, null, null, "gp3, 2000 GiB, 6000 IOPS, 250 MiB/s", "type=gp3")]
    [InlineData("gp2", 100, 300, null, "gp3", 3000, null, null, "gp3, 3000 GiB, 3000 IOPS, 125 MiB/s", "type=gp3 size=3000")]
    [InlineData("gp2", 2000, 6000, null, "gp3", null, 7000, 500, "gp3, 2000 GiB, 7000 IOPS, 500 MiB/s", "type=gp3 iops=7000 throughput=500")]
    [InlineData("gp2", 100, 300, null, null, 200, null, null, "gp2, 200 GiB, 600 IOPS", "size=200")]
    [InlineData("gp3", 10, 6000, 500, null, 20, null, null, "gp3, 20 GiB, 6000 IOPS, 500 MiB/s", "size=20")]
    [InlineData("gp3", 100, 3000, 125, null, null, 6000, null, "gp3, 100 GiB, 6000 IOPS, 125 MiB/s", "iops=6000")]
    [InlineData("gp3", 100, 6000, 500, null, null, 3000, 125, "gp3, 100 GiB, 3000 IOPS, 125 MiB/s", "iops=3000 throughput=125")]
    [InlineData("gp3", 100, 16000, 500, "io2", null, null, null, "io2, 100 GiB, 3000 IOPS", "type=io2")]
    [InlineData("gp3", 100, 5000, 500, "io2", null, 5000, null, "io2, 100 GiB, 5000 IOPS", "type=io2 iops=5000")]
    [InlineData("io1", 100, 5000, null, "gp3", null, null, null, "gp3, 100 GiB, 3000 IOPS, 125 MiB/s", "type=gp3")]
    [InlineData("gp3", 200, 3000, 125, "st1", null, null, null, "st1, 200 GiB", "type=st1")]
    [InlineData("gp3", 200, 9000, 125, "gp2", null, null, null, "gp2, 200 GiB, 600 IOPS", "type=gp2")]
    // Only what differs is sent.
    [InlineData("gp3", 10, 3000, 125, "gp3", 20, 3000, 125, "gp3, 20 GiB, 3000 IOPS, 125 MiB/s", "size=20")]
    [InlineData("gp3", 20, 3000, 125, "gp3", 20, 3000, 125, "gp3, 20 GiB, 3000 IOPS, 125 MiB/s", "")]
    [InlineData("gp3", 20, 4000, 125, null, 20, null, null, "gp3, 20 GiB, 4000 IOPS, 125 MiB/s", "")]
    public void What_it_becomes_and_what_is_sent(
        string type, int size, int? iops, int? throughput, string? toType, int? toSize, int? toIops, int? toThroughput, string expected, string sent)
    {
        var spec = Checked(new VolumeChangeSpec { VolumeType = toType, Size = toSize, Iops = toIops, Throughput = toThroughput });
        var plan = VolumeChangePlanner.Plan(Volume(type, size, iops, throughput), spec);
        Assert.Equal(expected, plan.To.ToString());
        Assert.Equal(sent, Sent(plan.Change));
        Assert.Equal(sent.Length == 0, plan.IsDone);
    }

    [Fact]
    public void The_baseline_is_sent_where_it_differs()
    {
        var spec = Checked(new VolumeChangeSpec { Baseline = true, VolumeType = "GP3" });
        Assert.Equal("type=gp3 iops=3000 throughput=125", Sent(VolumeChangePlanner.Plan(Volume("gp2", 2000, 6000, null), spec).Change));
        Assert.Equal("throughput=125", Sent(VolumeChangePlanner.Plan(Volume("gp3", 100, 3000, 250), spec).Change));
        Assert.True(VolumeChangePlanner.Plan(Volume("gp3", 100, 3000, 125), spec).IsDone);
    }

    [Theory]
    [InlineData("gp3", 20, null, 19, null, null, ErrorIds.ResizeNotLarger, "has 20 GiB and cannot get 19")]
    [InlineData("gp3", 20, "st1", null, null, null, ErrorIds.SizeOutOfRangeForType, "125 to 16384")]
    [InlineData("gp2", 1000, null, 20_000, null, null, ErrorIds.SizeOutOfRangeForType, "1 to 16384")]
    [InlineData("gp2", 100, null, null, 4000, null, ErrorIds.IopsNotAllowed, "gp2")]
    [InlineData("gp2", 100, null, null, null, 300, ErrorIds.ThroughputNotAllowed, "gp2")]
    [InlineData("io2", 100, null, null, null, 300, ErrorIds.ThroughputNotAllowed, "io2")]
    [InlineData("gp3", 100, null, null, 2999, null, ErrorIds.IopsOutOfRangeForType, "3000 to 80000")]
    [InlineData("gp3", 10, null, null, 5001, null, ErrorIds.IopsRatioExceeded, "5000 here")]
    [InlineData("gp3", 10, "io1", null, null, null, ErrorIds.IopsRequired, "at most 500")]
    [InlineData("gp3", 100, null, null, null, 1001, ErrorIds.ThroughputRatioExceeded, "4004 IOPS")]
    public void What_the_volume_cannot_become_is_refused_by_name(
        string type, int size, string? toType, int? toSize, int? toIops, int? toThroughput, string errorId, string message)
    {
        var spec = Checked(new VolumeChangeSpec { VolumeType = toType, Size = toSize, Iops = toIops, Throughput = toThroughput });
        var volume = Volume(type, size, type == "gp2" ? 300 : 4000, type == "gp3" ? 500 : null);
        var refusal = Refused(errorId, () => VolumeChangePlanner.Plan(volume, spec));
        Assert.Contains(message, refusal.Message);
        Assert.Contains(Id, refusal.Message);
        Assert.Equal(Id, refusal.Target);
    }

    [Fact]
    public void Fewer_iops_than_the_throughput_that_stays_needs_are_refused()
    {
        var spec = Checked(new VolumeChangeSpec { Iops = 3000 });
        Refused(ErrorIds.ThroughputRatioExceeded, () => VolumeChangePlanner.Plan(Volume("gp3", 100, 8000, 1000), spec));
    }

    [Fact]
    public void A_baseline_is_refused_for_a_volume_that_stays_gp2() =>
        Refused(ErrorIds.BaselineConflict, () => VolumeChangePlanner.Plan(Volume("gp2", 100, 300, null), Checked(new VolumeChangeSpec { Baseline = true })));

    [Fact]
    public void A_volume_for_several_instances_keeps_a_type_that_can_do_it()
    {
        var volume = Volume("io2", 100, 4000, null) with { MultiAttachEnabled = true };
        Refused(ErrorIds.MultiAttachNotAllowed, () => VolumeChangePlanner.Plan(volume, Checked(new VolumeChangeSpec { VolumeType = "gp3" })));
        Assert.Equal("size=200", Sent(VolumeChangePlanner.Plan(volume, Checked(new VolumeChangeSpec { Size = 200 })).Change));
    }

    [Fact]
    public void Raised_limits_hold_here_too()
    {
        var raised = new VolumeChangeSpec { Size = 100_000, LimitOverrides = "gp3=1-131072" };
        Assert.Equal(100_000, VolumeChangePlanner.Plan(Volume("gp3", 10, 3000, 125), Checked(raised)).To.Size);
        Refused(ErrorIds.SizeOutOfRangeForType, () => VolumeChangePlanner.Plan(Volume("gp3", 10, 3000, 125), raised with { LimitOverrides = null }));
        Refused(ErrorIds.SettingInvalid, () => Checked(new VolumeChangeSpec { Size = 20, LimitOverrides = "gp3=many" }));
    }

    [Fact]
    public void Iops_that_fall_unasked_are_told_once_for_all()
    {
        var spec = Checked(new VolumeChangeSpec { VolumeType = "io2" });
        VolumeChangePlan[] plans = [VolumeChangePlanner.Plan(Volume("gp3", 100, 9000, 125), spec), VolumeChangePlanner.Plan(Volume("gp3", 100, 3000, 125), spec)];
        Assert.StartsWith($"VolumePerformanceFalls: 1 of 2 volumes get fewer IOPS than they have, as {Id}: 9000 -> 3000.", VolumeChangePlanner.Warning(plans), StringComparison.Ordinal);
        Assert.Null(VolumeChangePlanner.Warning(plans[1..]));
        var asked = Checked(spec with { Iops = 4000 });
        Assert.Null(VolumeChangePlanner.Warning([VolumeChangePlanner.Plan(Volume("gp3", 100, 9000, 125), asked)]));
    }

    [Fact]
    public void A_rehearsed_volume_has_the_new_values_and_no_id_to_be_taken_for_real()
    {
        var planned = VolumeChangePlanner.Plan(Volume("gp3", 10, 3000, 125), Checked(new VolumeChangeSpec { Size = 20 })).Planned();
        Assert.Equal((null, Id, "planned", 20), (planned.VolumeId, planned.Name, planned.State, planned.Size));
    }

    private static VolumeChangeSpec Checked(VolumeChangeSpec spec) => VolumeChangeRules.Checked(spec);

    private static ClusterEbsVolume Volume(string type, int size, int? iops, int? throughput) => new()
    {
        VolumeId = Id, AvailabilityZone = "eu-west-1b", Region = "eu-west-1", State = "available",
        VolumeType = type, Size = size, Iops = iops, Throughput = throughput,
    };

    private static EbsPvException Refused(string errorId, Action act)
    {
        var refusal = Assert.Throws<EbsPvException>(act);
        Assert.Equal(errorId, refusal.ErrorId);
        Assert.False(string.IsNullOrEmpty(refusal.RecommendedAction));
        return refusal;
    }

    private static string Sent(VolumeChange change) => string.Join(' ', new[]
    {
        change.VolumeType is null ? null : $"type={change.VolumeType}",
        change.Size is null ? null : $"size={change.Size}",
        change.Iops is null ? null : $"iops={change.Iops}",
        change.Throughput is null ? null : $"throughput={change.Throughput}",
    }.OfType<string>());
}
