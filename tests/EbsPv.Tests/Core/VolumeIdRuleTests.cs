using EbsPv.Errors;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Core;

public class VolumeIdRuleTests
{
    [Theory]
    [InlineData("vol-0123456789abcdef0")]
    [InlineData("vol-0123abcd")]
    public void A_volume_id_has_8_or_17_digits(string id) => Assert.Equal(id, VolumeIdRule.Checked(id));

    [Theory]
    [InlineData("snap-0123456789abcdef0")]
    [InlineData("i-0123456789abcdef0")]
    [InlineData("arn:aws:ec2:eu-west-1:123456789012:volume/vol-0123456789abcdef0")]
    public void Other_resources_are_named_as_such(string id) => Refusal.Of(ErrorIds.WrongResourceKind, () => VolumeIdRule.Checked(id));

    [Theory]
    [InlineData("")]
    [InlineData("vol-")]
    [InlineData("vol-xyz")]
    [InlineData("vol-0123456789ABCDEF0")]
    [InlineData("vol-0123456789abcdef")]
    [InlineData("vol-0123456789abcdef0\n")]
    [InlineData("vol-0123456789abcde?0")]
    [InlineData("REPLACE_ME_1")]
    [InlineData("\e]0;x\a")]
    public void Other_text_is_no_id(string id) =>
        Assert.DoesNotContain('\e', Refusal.Of(ErrorIds.VolumeIdInvalid, () => VolumeIdRule.Checked(id)).Message);
}
