using EbsPv.Clients;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Core;

public class ZoneNameTests
{
    public static TheoryData<string> Regions => [.. new Connector().ListRegions()];

    [Theory]
    [InlineData("eu-west-1b", "eu-west-1")]
    [InlineData("ap-southeast-2c", "ap-southeast-2")]
    [InlineData("us-gov-west-1a", "us-gov-west-1")]
    [InlineData("cn-north-1b", "cn-north-1")]
    [InlineData("us-isob-east-1a", "us-isob-east-1")]
    [InlineData("us-west-2-lax-1a", "us-west-2")]
    [InlineData("ap-southeast-1-mnl-1a", "ap-southeast-1")]
    [InlineData("us-east-1-wl1-bos-wlz-1", "us-east-1")]
    [InlineData("eu-west-2-wl2-man-wlz-1", "eu-west-2")]
    [InlineData("eusc-de-east-1a", "eusc-de-east-1")]
    public void A_zone_tells_its_region(string zone, string region) => Assert.Equal(region, ZoneName.RegionOf(zone));

    [Fact]
    public void Regions_of_every_partition_are_offered()
    {
        string[] some = ["eu-west-1", "us-gov-west-1", "cn-north-1", "us-isob-east-1", "eusc-de-east-1"];
        Assert.Superset(some.ToHashSet(), new Connector().ListRegions().ToHashSet());
        Assert.DoesNotContain("us-east-1-regional", new Connector().ListRegions());
    }

    [Theory]
    [MemberData(nameof(Regions))]
    public void Every_region_that_is_offered_is_a_region_and_no_zone(string region)
    {
        Assert.True(ZoneName.IsRegion(region));
        Assert.Equal(region, ZoneName.RegionOf($"{region}a"));
        var refusal = Refusal.Of(ErrorIds.ZoneNotAZone, () => ZoneName.RegionOf(region));
        Assert.Contains("is a region", refusal.Message);
        Assert.Contains($"{region}a", refusal.RecommendedAction);
    }

    [Theory]
    [InlineData("use1-az1")]
    [InlineData("euw1-az3")]
    [InlineData("apse2-az1")]
    [InlineData("usgw1-az1")]
    [InlineData("usw2-lax1-az1")]
    public void A_zone_id_is_told_from_a_zone(string id) => Refusal.Of(ErrorIds.ZoneIdGiven, () => ZoneName.RegionOf(id));

    [Theory]
    [InlineData("")]
    [InlineData("zone")]
    [InlineData("EU-WEST-1B")]
    [InlineData("eu-west-1b\n")]
    [InlineData(" eu-west-1b")]
    [InlineData("eu-west-1bb")]
    [InlineData("eu-west-1*")]
    [InlineData("vol-0123456789abcdef0")]
    [InlineData("i-0b1c2d3e4f5061728")]
    [InlineData("eu-west-١a")]
    public void Other_text_is_no_zone(string text) => Refusal.Of(ErrorIds.ZoneNotAZone, () => ZoneName.RegionOf(text));

    [Fact]
    public void A_refusal_shows_no_control_characters() =>
        Assert.DoesNotContain('\e', Refusal.Of(ErrorIds.ZoneNotAZone, () => ZoneName.RegionOf("\e[2Jeu-west-1")).Message);
}
