using EbsPv.Errors;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Core;

public class VolumeSpecRulesTests
{
    private const string Key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private const string Snapshot = "snap-0123456789abcdef0";

    [Theory]
    [InlineData("gp3", 10, null, null)]
    [InlineData("gp3", 10, 5_000, null)]
    [InlineData("gp3", 1, 3_000, 750)]
    [InlineData("gp3", 160, 80_000, 2_000)]
    [InlineData("io1", 4, 200, null)]
    [InlineData("io2", 4, 4_000, null)]
    [InlineData("st1", 125, null, null)]
    public void What_EC2_takes_passes(string type, int size, int? iops, int? throughput) => Check(type, size, iops, throughput);

    [Theory]
    [InlineData("gp9", 10, null, null, ErrorIds.VolumeTypeUnknown)]
    [InlineData("st1", 10, null, null, ErrorIds.SizeOutOfRangeForType)]
    [InlineData("io1", 10, null, null, ErrorIds.IopsRequired)]
    [InlineData("io2", 10, null, null, ErrorIds.IopsRequired)]
    [InlineData("gp2", 10, 3_000, null, ErrorIds.IopsNotAllowed)]
    [InlineData("standard", 10, 3_000, null, ErrorIds.IopsNotAllowed)]
    [InlineData("gp3", 10, 2_999, null, ErrorIds.IopsOutOfRangeForType)]
    [InlineData("gp3", 65_536, 80_001, null, ErrorIds.IopsOutOfRangeForType)]
    [InlineData("gp3", 10, 5_001, null, ErrorIds.IopsRatioExceeded)]
    [InlineData("io1", 10, 501, null, ErrorIds.IopsRatioExceeded)]
    [InlineData("io2", 10, 10_001, null, ErrorIds.IopsRatioExceeded)]
    [InlineData("gp2", 10, null, 125, ErrorIds.ThroughputNotAllowed)]
    [InlineData("io2", 10, 1_000, 125, ErrorIds.ThroughputNotAllowed)]
    [InlineData("gp3", 10, null, 124, ErrorIds.ThroughputOutOfRangeForType)]
    [InlineData("gp3", 65_536, 80_000, 2_001, ErrorIds.ThroughputOutOfRangeForType)]
    [InlineData("gp3", 10, null, 751, ErrorIds.ThroughputRatioExceeded)]
    public void What_EC2_refuses_is_refused_before_the_call(string type, int size, int? iops, int? throughput, string errorId) =>
        Refusal.Of(errorId, () => Check(type, size, iops, throughput));

    [Fact]
    public void The_advice_of_a_ratio_can_be_followed()
    {
        var refusal = Refusal.Of(ErrorIds.IopsRatioExceeded, () => Check("io2", 10, 20_001));
        Assert.Contains("10000 IOPS", refusal.RecommendedAction);
        Assert.Contains("21 GiB", refusal.RecommendedAction);
        Check("io2", 10, 10_000);
        Check("io2", 21, 20_001);
    }

    [Theory]
    [InlineData("gp3", 65_536, 90_000, null, ErrorIds.IopsOutOfRangeForType)]
    [InlineData("gp3", 65_536, 80_000, 3_000, ErrorIds.ThroughputOutOfRangeForType)]
    public void A_ceiling_s_advice_can_be_followed_too(string type, int size, int? iops, int? throughput, string errorId)
    {
        var advice = Refusal.Of(errorId, () => Check(type, size, iops, throughput)).RecommendedAction!;
        Assert.Contains(VolumeTypes.TableDate, advice);
        Check(type, size, iops, throughput, advice.Split('\'')[1]);
    }

    [Fact]
    public void A_raised_ratio_is_data_too() => Check("io1", 10, 1_000, overrides: "io1.iopsPerGiB=100");

    [Fact]
    public void The_type_is_answered_as_EC2_spells_it() => Assert.Equal("gp2", VolumeSpecRules.Checked(Spec("GP2", 10), null).VolumeType);

    [Theory]
    [InlineData("gp3", false)]
    [InlineData("io2", true)]
    public void Only_provisioned_IOPS_can_be_attached_twice(string type, bool allowed)
    {
        var spec = Spec(type, 10, allowed ? 1_000 : null) with { MultiAttachEnabled = true };
        if (allowed) VolumeSpecRules.Checked(spec, null);
        else Refusal.Of(ErrorIds.MultiAttachNotAllowed, () => VolumeSpecRules.Checked(spec, null));
    }

    [Theory]
    [InlineData(Key)]
    [InlineData("arn:aws-cn:kms:cn-north-1:123456789012:alias/mine")]
    [InlineData("alias/aws/ebs")]
    [InlineData("1234abcd-12ab-34cd-56ef-1234567890ab")]
    [InlineData("mrk-1234abcd12ab34cd56ef1234567890ab")]
    public void A_key_is_an_id_an_alias_or_an_ARN(string key) => VolumeSpecRules.Checked(Spec("gp3", 10) with { KmsKeyId = key }, null);

    [Theory]
    [InlineData("")]
    [InlineData("my-key")]
    [InlineData("arn:aws:iam::123456789012:role/x")]
    [InlineData("alias/")]
    [InlineData("alias/a\n")]
    [InlineData("\u001b[2J")]
    public void Other_keys_are_refused(string key) => Assert.DoesNotContain(
        '\e', Refusal.Of(ErrorIds.KmsInvalid, () => VolumeSpecRules.Checked(Spec("gp3", 10) with { KmsKeyId = key }, null)).Message);

    [Fact]
    public void A_key_of_another_region_or_without_encryption_is_refused()
    {
        KmsKeyRule.Check(Key, "eu-west-1");
        KmsKeyRule.Check("alias/mine", "us-east-1");
        Refusal.Of(ErrorIds.KmsWrongRegion, () => KmsKeyRule.Check(Key, "us-east-1"));
        Refusal.Of(ErrorIds.KmsConflict, () => VolumeSpecRules.Checked(Spec("gp3", 10) with { KmsKeyId = Key, Encrypted = false }, null));
    }

    [Theory]
    [InlineData(Key, Key, false)]
    [InlineData("1234abcd-12ab-34cd-56ef-1234567890ab", Key, false)]
    [InlineData("00000000-12ab-34cd-56ef-1234567890ab", Key, true)]
    [InlineData("alias/mine", Key, false)]
    [InlineData("alias/mine", null, true)]
    [InlineData(Key, null, true)]
    public void A_key_is_compared_by_what_can_be_known_of_it(string wanted, string? actual, bool differs) =>
        Assert.Equal(differs, KmsKeyRule.Differs(wanted, actual));

    [Fact]
    public void A_rate_of_loading_needs_a_snapshot_and_a_range()
    {
        var spec = Spec("gp3", 10) with { SnapshotId = Snapshot };
        VolumeSpecRules.Checked(spec with { VolumeInitializationRate = 100 }, null);
        VolumeSpecRules.Checked(spec with { VolumeInitializationRate = 300 }, null);
        Refusal.Of(ErrorIds.InitRateInvalid, () => VolumeSpecRules.Checked(spec with { VolumeInitializationRate = 99 }, null));
        Refusal.Of(ErrorIds.InitRateInvalid, () => VolumeSpecRules.Checked(spec with { VolumeInitializationRate = 301 }, null));
        Refusal.Of(ErrorIds.InitRateInvalid, () => VolumeSpecRules.Checked(spec with { SnapshotId = null, VolumeInitializationRate = 100 }, null));
        Refusal.Of(ErrorIds.SnapshotIdInvalid, () => VolumeSpecRules.Checked(spec with { SnapshotId = "vol-0123456789abcdef0" }, null));
    }

    [Theory]
    [InlineData("IN-USE", "in-use")]
    [InlineData("available", "available")]
    public void States_may_be_in_any_case(string given, string state) => Assert.Equal(state, VolumeStates.Checked(given));

    [Fact]
    public void A_state_that_EBS_has_not_is_refused() => Refusal.Of(ErrorIds.VolumeStateUnknown, () => VolumeStates.Checked("attached"));

    private static VolumeSpec Check(string type, int size, int? iops = null, int? throughput = null, string? overrides = null) =>
        VolumeSpecRules.Checked(Spec(type, size, iops, throughput), overrides);

    private static VolumeSpec Spec(string type, int size, int? iops = null, int? throughput = null) =>
        new() { VolumeType = type, Size = size, Iops = iops, Throughput = throughput };
}
