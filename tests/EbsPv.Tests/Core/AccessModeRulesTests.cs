using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Core;

public class AccessModeRulesTests
{
    private static readonly VolumeToRegister Shared = new()
    {
        VolumeId = "vol-0123456789abcdef0", Name = "shared", AvailabilityZone = Sets.ZoneB, Size = 10, VolumeType = "io2", MultiAttachEnabled = true,
    };

    [Theory]
    [InlineData("ReadWriteOnce", "ReadWriteOnce")]
    [InlineData("rwo", "ReadWriteOnce")]
    [InlineData("RWOP", "ReadWriteOncePod")]
    [InlineData("readwriteoncepod", "ReadWriteOncePod")]
    [InlineData("RWX", "ReadWriteMany")]
    public void Modes_may_be_short_and_in_any_case(string given, string mode) => Assert.Equal([mode], AccessModeRules.Checked([given]));

    [Fact]
    public void No_mode_is_nothing_said_and_the_same_twice_is_one()
    {
        Assert.Null(AccessModeRules.Checked(null));
        Assert.Null(AccessModeRules.Checked([]));
        Assert.Equal(["ReadWriteOnce"], AccessModeRules.Checked(["RWO", "ReadWriteOnce"]));
        Assert.Equal(["ReadWriteOnce", "ReadWriteMany"], AccessModeRules.Checked(["RWO", "RWX"]));
    }

    [Theory]
    [InlineData("several nodes for reading", "ReadOnlyMany")]
    [InlineData("several nodes for reading", "rox")]
    [InlineData("no such mode", "")]
    [InlineData("no such mode", "ReadWriteOften")]
    [InlineData("cannot be combined", "RWO", "RWOP")]
    [InlineData("cannot be combined", "RWOP", "RWX")]
    public void Others_are_refused_with_the_reason(string reason, params string[] modes) =>
        Assert.Contains(reason, Refusal.Of(ErrorIds.AccessModeUnsupported, () => AccessModeRules.Checked(modes)).Message, StringComparison.Ordinal);

    [Fact]
    public void Only_an_io2_device_with_Multi_Attach_can_be_shared()
    {
        AccessModeRules.CheckSharing(Shared, ["ReadWriteMany"], "Block");
        AccessModeRules.CheckSharing(Shared with { VolumeType = "gp3", MultiAttachEnabled = null }, ["ReadWriteOnce"], "Filesystem");
        Refusal.Of(ErrorIds.AccessModeUnsupported, () => AccessModeRules.CheckSharing(Shared, ["ReadWriteMany"], "Filesystem"));
    }

    [Theory]
    [InlineData("io1", true, "is io1")]
    [InlineData("gp3", false, "is gp3")]
    [InlineData("io2", false, "switched off")]
    [InlineData("io2", null, "came without its type")]
    [InlineData(null, null, "came without its type")]
    public void A_volume_that_is_not_known_to_be_one_is_not_shared(string? type, bool? multiAttach, string reason)
    {
        var volume = Shared with { VolumeType = type, MultiAttachEnabled = multiAttach };
        var failure = Refusal.Of(ErrorIds.MultiAttachNotAllowed, () => AccessModeRules.CheckSharing(volume, ["ReadWriteMany"], "Block"));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }
}
