using EbsPv.Errors;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Core;

public class VolumeSizeTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData(" 10 ", 10)]
    [InlineData("010", 10)]
    [InlineData("10Gi", 10)]
    [InlineData("1Ti", 1_024)]
    [InlineData("64Ti", 65_536)]
    [InlineData("1024Ti", 1_048_576)]
    public void A_size_is_a_number_of_GiB_or_says_Gi_or_Ti(string text, int size) => Assert.Equal(size, VolumeSize.Parse(text));

    [Theory]
    [InlineData("10GB", "Write 10 or 10Gi")]
    [InlineData("10gb", "Write 10 or 10Gi")]
    [InlineData("10G", "Write 10 or 10Gi")]
    [InlineData("2TB", "Write 2Ti")]
    [InlineData("500MB", "Write it in GiB")]
    [InlineData("10737418240", "Write 10 or 10Gi")]
    [InlineData("1099511627776", "Write 1024 or 1024Gi")]
    [InlineData("10000000000", "far more than EBS has")]
    [InlineData("1025Ti", "no volume of more than")]
    public void Bytes_are_told_from_GiB(string text, string hint) =>
        Assert.Contains(hint, Refusal.Of(ErrorIds.SizeNotGiB, () => VolumeSize.Parse(text)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("+5")]
    [InlineData("1.5")]
    [InlineData("1,000")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("ten")]
    [InlineData("GB")]
    [InlineData("Gi")]
    [InlineData("10GiB")]
    [InlineData("10 Gi")]
    [InlineData("10Gi\n10")]
    [InlineData("٣")]
    [InlineData("99999999999999999999")]
    public void Anything_else_is_refused_with_the_text_as_target(string text) =>
        Assert.Equal(text, Refusal.Of(ErrorIds.SizeNotGiB, () => VolumeSize.Parse(text)).Target);

    [Fact]
    public void Every_size_that_EBS_has_survives_each_way_to_write_it()
    {
        for (var size = 1; size <= 65_536; size += 97)
        {
            Assert.Equal(size, VolumeSize.Parse($"{size}"));
            Assert.Equal(size, VolumeSize.Parse($"{size}Gi"));
            var bytes = (long)size << 30;
            Assert.Contains($"Write {size} ", Refusal.Of(ErrorIds.SizeNotGiB, () => VolumeSize.Parse($"{bytes}")).Message);
        }
    }
}
