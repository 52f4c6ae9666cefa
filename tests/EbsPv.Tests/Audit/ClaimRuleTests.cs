using EbsPv.Audit;
using EbsPv.Errors;
using EbsPv.Tests.Support;
using Xunit;
using static EbsPv.Tests.Audit.AuditWorld;

namespace EbsPv.Tests.Audit;

/// <summary>Claims that wait, and the parameters of an audit.</summary>
public class ClaimRuleTests
{
    private static readonly AuditWorld Well = new();

    [Theory]
    [InlineData("20Gi", "ReadWriteOnce", "Filesystem", "manual-ebs", "it asks for 20Gi")]
    [InlineData("5Gi", "ReadWriteMany", "Filesystem", "manual-ebs", "it asks for ReadWriteMany")]
    [InlineData("5Gi", "ReadWriteOnce", "Block", "manual-ebs", "the volume mode Block")]
    [InlineData("5Gi", "ReadWriteOnce", "Filesystem", "other", "it is of the class 'other'")]
    [InlineData("5Gi", "ReadWriteOnce", "Filesystem", "manual-ebs", null)]
    public void A_claim_that_names_a_PersistentVolume_has_to_fit_it(string request, string mode, string volumeMode, string storageClass, string? obstacle)
    {
        var claim = Claim(status: "Pending") with { Request = request, AccessModes = [mode], VolumeMode = volumeMode, StorageClassName = storageClass };

        var finding = (Well with { Claims = [claim] }).Judge().SingleOrDefault();

        Assert.Equal(obstacle is null, finding is null);
        if (obstacle is not null) Assert.Contains(obstacle, finding!.Message);
    }

    [Theory]
    [InlineData("10Gi", "manual-ebs", null)]
    [InlineData("20Gi", "manual-ebs", "none fits; it asks for 20Gi")]
    public void A_claim_that_names_none_needs_one_that_fits(string request, string storageClass, string? obstacle)
    {
        var claim = Claim(null, "Pending") with { Request = request, StorageClassName = storageClass };

        var finding = (Well with { Claims = [claim] }).Judge().SingleOrDefault();

        Assert.Equal(obstacle is null, finding is null);
        if (obstacle is not null) Assert.Contains(obstacle, finding!.Message);
    }

    [Fact]
    public void A_claim_is_not_judged_whose_class_makes_volumes_or_whose_PersistentVolume_may_still_come()
    {
        var large = Claim(null, "Pending") with { Request = "20Gi" };

        Assert.Empty((Well with { Claims = [large], Classes = [Class("manual-ebs", Driver)] }).Judge("ClaimCannotBind"));
        Assert.Empty((Well with { Claims = [large with { VolumeName = "to-come" }] }).Judge("ClaimCannotBind"));
        Assert.Empty((Well with { Claims = [large with { StorageClassName = "nfs" }] }).Judge("ClaimCannotBind"));
    }

    [Fact]
    public void A_reservation_that_is_too_small_is_told()
    {
        var world = Well.WithPv(one => one with { Claim = "default/data" }) with { Claims = [Claim(null, "Pending") with { Request = "20Gi" }] };

        Assert.Contains("kept for it", Assert.Single(world.Judge("ClaimCannotBind")).Message);
    }

    [Fact]
    public void A_lost_claim_is_an_error_unless_its_class_is_of_other_storage()
    {
        var lost = Claim("gone", "Lost");

        Assert.Equal(["ClaimLost default/data"], (Well with { Claims = [lost] }).Judge().Select(one => one.ToString()));
        Assert.Empty((Well with { Claims = [lost with { StorageClassName = "nfs" }], Classes = [Class("nfs", "nfs.csi.k8s.io")] }).Judge());
        Assert.Empty((Well with { Claims = [Claim()] }).Judge("ClaimLost"));
    }

    [Fact]
    public void Codes_are_taken_in_any_case_and_no_other_is()
    {
        Assert.Equal(["VolumeGone"], FindingCodes.Checked(["volumegone"]));
        Assert.Equal(FindingCodes.All.Count, FindingCodes.Checked(null).Count);
        Assert.Contains("'Nonsense'", Refusal.Of(ErrorIds.FindingCodeUnknown, () => FindingCodes.Checked(["Nonsense"])).Message);
    }

    [Fact]
    public void A_snapshot_age_has_a_unit_and_is_a_minute_or_more()
    {
        Assert.Equal(TimeSpan.FromDays(1), AuditOptions.CheckedAge(TimeSpan.FromDays(1)));
        Assert.Equal(TimeSpan.FromHours(12), AuditOptions.CheckedAge("12h"));
        Assert.Equal(TimeSpan.FromDays(1), AuditOptions.CheckedAge("1.00:00:00"));
        Assert.Null(AuditOptions.CheckedAge(null));
        foreach (var wrong in new object[] { TimeSpan.FromTicks(1), "1", "", "-1d", "0h", "soon" })
            Assert.Contains("unit", Refusal.Of(ErrorIds.SnapshotAgeInvalid, () => AuditOptions.CheckedAge(wrong)).RecommendedAction);
    }
}
