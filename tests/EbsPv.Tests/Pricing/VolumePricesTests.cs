using EbsPv.Errors;
using EbsPv.Pricing;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Pricing;

public class VolumePricesTests
{
    [Theory]
    [InlineData("us-east-1", "gp3", 100, 3000, 125, 8.00)]
    [InlineData("us-east-1", "gp3", 100, 4000, 225, 17.00)]
    [InlineData("eu-west-1", "gp3", 2000, 10000, 500, 231.00)]
    [InlineData("eu-west-1", "gp2", 100, 300, null, 11.00)]
    [InlineData("eu-west-1", "io1", 100, 1000, null, 85.80)]
    [InlineData("us-east-1", "io2", 100, 32000, null, 2092.50)]
    [InlineData("us-east-1", "io2", 100, 64000, null, 3548.50)]
    [InlineData("us-east-1", "io2", 100, 100000, null, 4695.10)]
    [InlineData("eu-west-1", "st1", 125, null, null, 6.25)]
    [InlineData("eu-west-1", "sc1", 125, null, null, 2.10)]
    public void A_volume_costs_its_storage_and_what_is_above_the_baseline(string region, string type, int size, int? iops, int? throughput, double cost) =>
        Assert.Equal((decimal)cost, VolumePrices.Read(null).MonthlyCost(region, new VolumeShape(type, size, iops, throughput)));

    [Theory]
    [InlineData("ap-south-2", "gp3")]
    [InlineData("eu-west-1", "standard")]
    public void What_is_not_in_the_table_has_no_figure(string region, string type) =>
        Assert.Null(VolumePrices.Read(null).MonthlyCost(region, new VolumeShape(type, 10, null, null)));

    [Fact]
    public void A_part_of_a_price_is_no_price()
    {
        var prices = VolumePrices.Read("ap-south-2.gp3.iops=0.006;ap-south-3.gp3=0.1");

        Assert.Null(prices.MonthlyCost("ap-south-2", new VolumeShape("gp3", 10, 3000, 125)));
        Assert.Equal(1.00m, prices.MonthlyCost("ap-south-3", new VolumeShape("gp3", 10, 3000, 125)));
        Assert.Null(prices.MonthlyCost("ap-south-3", new VolumeShape("gp3", 10, 4000, 125)));
        Assert.Null(prices.MonthlyCost("ap-south-3", new VolumeShape("gp3", 10, 3000, 250)));
    }

    [Fact]
    public void What_the_user_gives_wins_and_is_not_dated()
    {
        var prices = VolumePrices.Read(" eu-west-1.gp3=0.1 ; eu-west-1.io2.iops=0.1,0.05,0.01; EU-WEST-1.gp3.throughput=1");

        Assert.Equal(126.00m, prices.MonthlyCost("eu-west-1", new VolumeShape("gp3", 10, 3000, 250)));
        Assert.Equal((32_000 * 0.1m) + (32_000 * 0.05m) + (1_000 * 0.01m) + 13.80m, prices.MonthlyCost("eu-west-1", new VolumeShape("io2", 100, 65_000, null)));
        Assert.Null(prices.Find("eu-west-1", "gp3")!.Date);
        Assert.Equal(VolumePrices.TableDate, prices.Find("eu-west-1", "gp2")!.Date);
    }

    [Theory]
    [InlineData("eu-west-1=0.1")]
    [InlineData("eu-west-1.gp4=0.1")]
    [InlineData("eu-west-1.gp3=0,1")]
    [InlineData("eu-west-1.gp3=-1")]
    [InlineData("eu-west-1.gp3.iops=1,2")]
    [InlineData("eu-west-1.gp3.colour=1")]
    [InlineData("eu-west-1.gp3")]
    public void What_cannot_be_read_is_an_error(string text) =>
        Assert.Contains(text, Refusal.Of(ErrorIds.SettingInvalid, () => VolumePrices.Read(text)).Message);
}
