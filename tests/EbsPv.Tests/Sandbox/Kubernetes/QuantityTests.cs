using EbsPv.Sandbox.Kubernetes;
using Xunit;

namespace EbsPv.Tests.Sandbox.Kubernetes;

public class QuantityTests
{
    [Theory]
    [InlineData("10Gi", "10Gi")]
    [InlineData("10240Mi", "10Gi")]
    [InlineData("1024Gi", "1Ti")]
    [InlineData("0.5Gi", "512Mi")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("10G", "10G")]
    [InlineData("10000M", "10G")]
    [InlineData("0.5", "500m")]
    [InlineData("1e3", "1e3")]
    [InlineData("512", "512")]
    [InlineData("-1", "-1")]
    [InlineData("0Gi", "0")]
    public void Written_canonically(string text, string canonical)
    {
        Assert.Null(Quantity.TryParse(text, out var quantity));
        Assert.Equal(canonical, quantity.Text);
    }

    [Theory]
    [InlineData("10Gi", "10737418240")]
    [InlineData("10G", "10000000000")]
    [InlineData("100m", "0.1")]
    public void Has_a_value(string text, string value)
    {
        Quantity.TryParse(text, out var quantity);
        Assert.Equal(decimal.Parse(value), quantity.Value);
    }

    [Theory]
    [InlineData("10GB")]
    [InlineData("10gi")]
    [InlineData("")]
    [InlineData("ten")]
    [InlineData("1.2.3")]
    [InlineData("10 Gi")]
    public void Bad_format_is_told_with_the_rule(string text) => Assert.Equal(Quantity.FormatRule, Quantity.TryParse(text, out _));

    [Fact]
    public void Bad_suffix_is_told_as_such() => Assert.Equal("unable to parse quantity's suffix", Quantity.TryParse("10KG", out _));
}
