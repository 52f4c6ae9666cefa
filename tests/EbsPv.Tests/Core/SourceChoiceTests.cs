using EbsPv.PersistentVolumes;
using Xunit;
using static EbsPv.Tests.Core.Facts;

namespace EbsPv.Tests.Core;

public class SourceChoiceTests
{
    private const string Zone = Sets.ZoneB;

    [Fact]
    public void A_zone_with_the_CSI_driver_gets_CSI()
    {
        var choice = Auto(With([Csi, Other], (Zone, [Csi, Other])));
        AssertChoice(choice, VolumeSource.Csi, $"topology.kubernetes.io/zone In {Zone}");
    }

    [Fact]
    public void A_zone_with_Auto_Mode_only_gets_Auto_Mode()
    {
        var choice = Auto(With([AutoMode], (Zone, [AutoMode])));
        AssertChoice(choice, VolumeSource.EksAutoMode, $"topology.ebs.csi.eks.amazonaws.com/zone In {Zone}");
    }

    [Fact]
    public void In_a_mixed_cluster_each_driver_is_kept_off_the_other_s_nodes()
    {
        var facts = With([Csi, AutoMode], (Zone, [Csi, AutoMode]), (Sets.ZoneC, [AutoMode]));
        AssertChoice(Auto(facts), VolumeSource.Csi, $"topology.kubernetes.io/zone In {Zone}", "eks.amazonaws.com/compute-type NotIn auto");
        AssertChoice(
            SourceChoice.For(VolumeSource.Auto, Sets.ZoneC, facts),
            VolumeSource.EksAutoMode,
            $"topology.ebs.csi.eks.amazonaws.com/zone In {Sets.ZoneC}",
            "eks.amazonaws.com/compute-type In auto");
    }

    [Theory]
    [InlineData(Csi, VolumeSource.Csi)]
    [InlineData(AutoMode, VolumeSource.EksAutoMode)]
    public void A_driver_that_is_installed_and_not_in_the_zone_is_chosen(string driver, VolumeSource source) =>
        Assert.Equal(source, Auto(With([driver], (Sets.ZoneC, [driver]))).Source);

    [Fact]
    public void What_the_zone_has_counts_more_than_what_the_cluster_has() =>
        Assert.Equal(VolumeSource.EksAutoMode, Auto(With([Csi, AutoMode], (Zone, [AutoMode]))).Source);

    [Fact]
    public void An_old_server_without_a_driver_gets_the_in_tree_source()
    {
        var choice = Auto(Empty with { MinorVersion = 22 });
        AssertChoice(choice, VolumeSource.InTree, $"topology.kubernetes.io/zone In {Zone}");
    }

    [Theory]
    [InlineData(23)]
    [InlineData(36)]
    [InlineData(int.MaxValue)]
    public void A_newer_one_gets_CSI(int minor)
    {
        var choice = Auto(With([Other], (Zone, [Other])) with { MinorVersion = minor });
        AssertChoice(choice, VolumeSource.Csi, $"topology.kubernetes.io/zone In {Zone}");
    }

    [Theory]
    [InlineData(VolumeSource.Csi)]
    [InlineData(VolumeSource.EksAutoMode)]
    [InlineData(VolumeSource.InTree)]
    public void What_was_typed_is_taken_whatever_the_cluster_has(VolumeSource wanted)
    {
        var choice = SourceChoice.For(wanted, Zone, Empty);
        Assert.Equal(wanted, choice.Source);
        Assert.Equal([Zone], Assert.Single(choice.NodeAffinity).Values);
    }

    private static SourceChoice Auto(ClusterFacts facts) => SourceChoice.For(VolumeSource.Auto, Zone, facts);

    private static void AssertChoice(SourceChoice choice, VolumeSource source, params string[] affinity)
    {
        Assert.Equal(source, choice.Source);
        Assert.Equal(affinity, choice.NodeAffinity.Select(one => $"{one.Key} {one.Operator} {string.Join(',', one.Values)}"));
    }
}
