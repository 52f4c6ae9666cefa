using EbsPv.PersistentVolumes;
using Xunit;

namespace EbsPv.Tests.Core;

public class QuantityTests
{
    [Theory]
    [InlineData("10Gi", "10737418240")]
    [InlineData("10G", "10000000000")]
    [InlineData("10240Mi", "10737418240")]
    [InlineData("1.5Ti", "1649267441664")]
    [InlineData("10737418240", "10737418240")]
    [InlineData("1e9", "1000000000")]
    [InlineData("1.1E+10", "11000000000")]
    [InlineData(".5Gi", "536870912")]
    [InlineData("5.Gi", "5368709120")]
    [InlineData("+1k", "1000")]
    [InlineData("-1Ki", "-1024")]
    [InlineData("1500m", "1.5")]
    [InlineData("1Ei", "1152921504606846976")]
    [InlineData("1E", "1000000000000000000")]
    public void Amounts_are_read_as_Kubernetes_writes_them(string text, string bytes) =>
        Assert.Equal(decimal.Parse(bytes, System.Globalization.CultureInfo.InvariantCulture), Quantity.Bytes(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Gi")]
    [InlineData("10GB")]
    [InlineData("10 Gi")]
    [InlineData("10gi")]
    [InlineData("10Gi\n")]
    [InlineData("1e")]
    [InlineData("1e99")]
    [InlineData("1,5Gi")]
    [InlineData("0x10")]
    [InlineData("99999999999999999999999999999Ei")]
    [InlineData("99999999999999999999999999999999999999")]
    public void What_is_none_or_beyond_all_measure_is_none(string? text) => Assert.Null(Quantity.Bytes(text));
}
