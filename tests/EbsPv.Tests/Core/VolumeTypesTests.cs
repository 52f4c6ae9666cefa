using EbsPv.Errors;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Core;

public class VolumeTypesTests
{
    [Theory]
    [InlineData("gp3", 1, 65_536)]
    [InlineData("gp2", 1, 16_384)]
    [InlineData("io1", 4, 16_384)]
    [InlineData("io2", 4, 65_536)]
    [InlineData("st1", 125, 16_384)]
    [InlineData("sc1", 125, 16_384)]
    [InlineData("standard", 1, 1_024)]
    public void Each_type_has_its_range_of_sizes(string type, int min, int max)
    {
        var limits = VolumeTypes.Find(type);
        VolumeTypes.CheckSize(limits, min);
        VolumeTypes.CheckSize(limits, max);
        Refusal.Of(ErrorIds.SizeOutOfRangeForType, () => VolumeTypes.CheckSize(limits, min - 1));
        Refusal.Of(ErrorIds.SizeOutOfRangeForType, () => VolumeTypes.CheckSize(limits, max + 1));
    }

    [Fact]
    public void The_range_in_the_table_is_the_range_tested() => Assert.Equal(7, VolumeTypes.Names.Count);

    [Theory]
    [InlineData("GP3", "gp3")]
    [InlineData("Standard", "standard")]
    public void The_case_of_a_type_does_not_matter(string given, string type) => Assert.Equal(type, VolumeTypes.Find(given).VolumeType);

    [Theory]
    [InlineData("gp4", "gp3")]
    [InlineData("io3", "io1")]
    [InlineData("standart", "standard")]
    public void An_unknown_type_is_refused_with_the_nearest_name(string given, string near) =>
        Assert.Contains(near, Refusal.Of(ErrorIds.VolumeTypeUnknown, () => VolumeTypes.Find(given)).RecommendedAction);

    [Fact]
    public void An_empty_type_is_unknown() => Refusal.Of(ErrorIds.VolumeTypeUnknown, () => VolumeTypes.Find(""));

    [Fact]
    public void A_ceiling_is_data_and_its_refusal_says_of_when_and_how_to_raise_it()
    {
        var refusal = Refusal.Of(ErrorIds.SizeOutOfRangeForType, () => VolumeTypes.CheckSize(VolumeTypes.Find("gp2"), 20_000));
        Assert.Contains(VolumeTypes.TableDate, refusal.RecommendedAction);
        var advice = refusal.RecommendedAction!.Split('\'')[1];
        VolumeTypes.CheckSize(VolumeTypes.Find("gp2", advice), 20_000);
    }

    [Fact]
    public void Below_the_minimum_the_variable_is_no_advice() => Assert.DoesNotContain(
        VolumeTypes.Variable, Refusal.Of(ErrorIds.SizeOutOfRangeForType, () => VolumeTypes.CheckSize(VolumeTypes.Find("st1"), 10)).RecommendedAction);

    [Fact]
    public void An_override_replaces_its_row_only()
    {
        const string Overrides = " gp3=1-131072 ; IO2 = 8 - 100000;;";
        Assert.Equal((1, 131_072), Range("gp3", Overrides));
        Assert.Equal((8, 100_000), Range("io2", Overrides));
        Assert.Equal((1, 16_384), Range("gp2", Overrides));
        Assert.True(VolumeTypes.Find("io2", Overrides).IopsRequired);
    }

    [Theory]
    [InlineData("gp3")]
    [InlineData("gp3=10")]
    [InlineData("gp3=10-5")]
    [InlineData("gp3=1-2-3")]
    [InlineData("gp3=one-2")]
    [InlineData("gp3=-1-5")]
    [InlineData("gp2=1-2;gp3:1-2")]
    [InlineData("gp9=1-2")]
    [InlineData("gp3.iops=3000")]
    [InlineData("gp3.iopsPerGiB=1-2")]
    [InlineData("gp3.colour=1-2")]
    [InlineData("gp3.iops.more=1-2")]
    public void An_override_that_cannot_be_read_is_an_error(string overrides) =>
        Assert.Contains(VolumeTypes.Variable, Refusal.Of(ErrorIds.SettingInvalid, () => VolumeTypes.Find("gp3", overrides)).Message);

    private static (int, int) Range(string type, string overrides)
    {
        var limits = VolumeTypes.Find(type, overrides);
        return (limits.MinSize, limits.MaxSize);
    }
}
