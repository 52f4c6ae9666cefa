using EbsPv.Errors;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Core;

public class VolumeSetRulesTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData(1, null)]
    [InlineData(10_000, null)]
    [InlineData(null, 10_000)]
    public void One_to_ten_thousand_volumes_can_be_asked_for(int? count, int? perZone) => VolumeSetRules.CheckCounts(count, perZone);

    [Theory]
    [InlineData(0, null)]
    [InlineData(-1, null)]
    [InlineData(10_001, null)]
    [InlineData(null, 0)]
    [InlineData(null, 10_001)]
    public void Other_counts_are_refused(int? count, int? perZone) =>
        Refusal.Of(ErrorIds.CountOutOfRange, () => VolumeSetRules.CheckCounts(count, perZone));

    [Fact]
    public void Both_counts_exclude_each_other() => Refusal.Of(ErrorIds.CountConflict, () => VolumeSetRules.CheckCounts(3, 1));

    [Theory]
    [InlineData("manual-ebs")]
    [InlineData("a")]
    [InlineData("0-9")]
    [InlineData("a2345678901234567890123456789012345678901234567890")]
    public void A_set_is_named_by_a_DNS_label(string name) => VolumeSetRules.CheckSetName(name);

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("A")]
    [InlineData("a.b")]
    [InlineData("a_b")]
    [InlineData("a*")]
    [InlineData("a\n")]
    [InlineData("a23456789012345678901234567890123456789012345678901")]
    public void Other_names_of_sets_are_refused(string name) => Refusal.Of(ErrorIds.SetNameInvalid, () => VolumeSetRules.CheckSetName(name));

    [Fact]
    public void The_default_name_is_one() => VolumeSetRules.CheckSetName(VolumeSetRules.DefaultSetName);
}
