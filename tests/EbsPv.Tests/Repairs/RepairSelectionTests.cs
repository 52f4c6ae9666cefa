using EbsPv.Audit;
using EbsPv.Repairs;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Repairs;

public class RepairSelectionTests
{
    private readonly Recorder _reporter = new();

    [Fact]
    public void What_can_be_repaired_is_and_the_rest_is_counted()
    {
        var selected = Select(null, FindingCodes.DriverTagMissing, FindingCodes.VolumeGone, FindingCodes.InTreeSource, FindingCodes.ZoneMismatch, FindingCodes.VolumeGone);

        Assert.Equal([FindingCodes.DriverTagMissing, FindingCodes.InTreeSource], selected);
        Assert.Equal(["NotRepairable: VolumeGone (2), ZoneMismatch (1): left to you. What to do stands in the Recommendation of each: Test-EbsPersistentVolume | Format-List Code, Target, Recommendation."], _reporter.Warnings);
    }

    [Fact]
    public void A_Released_one_has_to_be_named()
    {
        Assert.Empty(Select(null, FindingCodes.PersistentVolumeReleased));
        Assert.StartsWith("ReleasedNotNamed: PersistentVolumeReleased (1)", Assert.Single(_reporter.Warnings));
        Assert.Equal([FindingCodes.PersistentVolumeReleased], Select([FindingCodes.PersistentVolumeReleased], FindingCodes.PersistentVolumeReleased, FindingCodes.ReclaimPolicyDelete));
        Assert.Single(_reporter.Warnings);
    }

    [Fact]
    public void A_code_that_is_named_and_cannot_be_repaired_is_told_of_and_one_that_is_not_named_is_not()
    {
        Assert.Empty(Select([FindingCodes.VolumeGone], FindingCodes.VolumeGone, FindingCodes.ZoneMismatch, FindingCodes.DriverTagMissing));
        Assert.StartsWith("NotRepairable: VolumeGone (1): ", Assert.Single(_reporter.Warnings));
    }

    [Fact]
    public void What_comes_twice_is_one()
    {
        var target = new RepairTarget(FindingCodes.ReclaimPolicyDelete, "data");

        Assert.Single(RepairSelection.Of(new RepairRequest { Targets = [target, target with { PersistentVolumeUid = "1" }], ClusterName = "c" }, _reporter));
    }

    private IEnumerable<string> Select(string[]? codes, params string[] findings) => RepairSelection.Of(
        new RepairRequest { Targets = [.. findings.Select((code, index) => new RepairTarget(code, $"{index}"))], ClusterName = "c", Codes = codes?.ToHashSet() }, _reporter).Select(target => target.Code);
}
