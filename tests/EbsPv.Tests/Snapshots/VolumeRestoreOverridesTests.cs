using EbsPv.Errors;
using EbsPv.VolumeRestores;
using EbsPv.Tests.Core;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Snapshots;

/// <summary>What is typed takes the place of what is kept, and is checked; what is only kept is EC2's to judge.</summary>
public class VolumeRestoreOverridesTests
{
    private static readonly VolumeSpec Kept = new()
    {
        Size = 20, VolumeType = "gp3", Iops = 4000, Throughput = 500, SnapshotId = "snap-0aaaaaaaaaaaaaaa1", Encrypted = true, KmsKeyId = "alias/one",
    };

    [Fact]
    public void Nothing_typed_keeps_everything() => Assert.Equal(Kept, new VolumeRestoreOverrides().On(Kept, 10));

    [Fact]
    public void Typed_values_take_the_place_of_kept_ones() => Assert.Equal(
        Kept with { Size = 30, Iops = 5000, Throughput = 600, KmsKeyId = "alias/two", VolumeInitializationRate = 200 },
        new VolumeRestoreOverrides { Size = 30, Iops = 5000, Throughput = 600, KmsKeyId = "alias/two", VolumeInitializationRate = 200 }.On(Kept, 10));

    [Theory]
    [InlineData("gp2", null, null)]
    [InlineData("io2", 4000, null)]
    [InlineData("gp3", 4000, 500)]
    public void Another_type_keeps_the_figures_that_it_takes(string type, int? iops, int? throughput)
    {
        var spec = new VolumeRestoreOverrides { VolumeType = type }.On(Kept, 10);

        Assert.Equal((type, iops, throughput), (spec.VolumeType, spec.Iops, spec.Throughput));
    }

    [Fact]
    public void Multi_Attach_stays_where_the_type_has_it()
    {
        var shared = Kept with { VolumeType = "io2", Throughput = null, MultiAttachEnabled = true };

        Assert.True(new VolumeRestoreOverrides { VolumeType = "io1", Iops = 1000 }.On(shared, 10).MultiAttachEnabled);
        Assert.False(new VolumeRestoreOverrides { VolumeType = "gp3" }.On(shared, 10).MultiAttachEnabled);
    }

    [Fact]
    public void A_key_encrypts_what_was_not()
    {
        var spec = new VolumeRestoreOverrides { KmsKeyId = "alias/two" }.On(Kept with { Encrypted = null, KmsKeyId = null }, 10);

        Assert.Equal((true, "alias/two"), (spec.Encrypted, spec.KmsKeyId));
    }

    [Theory]
    [InlineData(9, null, null, null, ErrorIds.SizeBelowSnapshot)]
    [InlineData(null, "io2", 100_000, null, ErrorIds.IopsRatioExceeded)]
    [InlineData(null, "gp2", 3000, null, ErrorIds.IopsNotAllowed)]
    [InlineData(null, "st1", null, null, ErrorIds.SizeOutOfRangeForType)]
    [InlineData(null, null, null, 1900, ErrorIds.ThroughputRatioExceeded)]
    public void What_EC2_would_refuse_of_it_is_refused(int? size, string? type, int? iops, int? throughput, string errorId) =>
        Refusal.Of(errorId, () => new VolumeRestoreOverrides { Size = size, VolumeType = type, Iops = iops, Throughput = throughput }.On(Kept, 10));

    [Fact]
    public void A_ceiling_that_the_original_exceeds_already_is_EC2_s_to_judge()
    {
        var beyond = Kept with { Iops = 90_000 };

        Assert.Equal(90_000, new VolumeRestoreOverrides().On(beyond, 10).Iops);
        Refusal.Of(ErrorIds.IopsOutOfRangeForType, () => new VolumeRestoreOverrides { Size = 30 }.On(beyond, 10));
    }

    [Theory]
    [InlineData("gp9", null, null, ErrorIds.VolumeTypeUnknown)]
    [InlineData(null, "no key", null, ErrorIds.KmsInvalid)]
    [InlineData(null, null, 99, ErrorIds.InitRateInvalid)]
    [InlineData(null, null, 301, ErrorIds.InitRateInvalid)]
    public void What_no_snapshot_makes_right_is_refused_before_any_is_read(string? type, string? key, int? rate, string errorId) =>
        Refusal.Of(errorId, () => new VolumeRestoreOverrides { VolumeType = type, KmsKeyId = key, VolumeInitializationRate = rate }.Checked());

    [Fact]
    public void The_type_is_taken_in_any_case() => Assert.Equal("io2", new VolumeRestoreOverrides { VolumeType = "IO2" }.Checked().VolumeType);

    [Fact]
    public void Only_what_was_typed_contradicts()
    {
        var volume = Sets.Member($"{Sets.ZoneB}/1", "manual-ebs-01") with { Iops = 3000, Throughput = 125 };

        Assert.Null(new VolumeRestoreOverrides().Contradiction(volume));
        Assert.Null(new VolumeRestoreOverrides { Size = 5, VolumeType = "gp3", Iops = 3000 }.Contradiction(volume));
        Assert.NotNull(new VolumeRestoreOverrides { Size = 11 }.Contradiction(volume));
        Assert.NotNull(new VolumeRestoreOverrides { VolumeType = "io2" }.Contradiction(volume));
        Assert.NotNull(new VolumeRestoreOverrides { KmsKeyId = "alias/two" }.Contradiction(volume));
    }
}
