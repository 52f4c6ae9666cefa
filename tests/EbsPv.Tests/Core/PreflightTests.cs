using EbsPv.PersistentVolumes;
using Xunit;

namespace EbsPv.Tests.Core;

public class PreflightTests
{
    private static readonly VolumeToRegister Volume = new() { VolumeId = "vol-0123456789abcdef0", Name = "n", AvailabilityZone = Sets.ZoneB, Size = 10 };

    [Fact]
    public void A_zone_with_a_worker_and_the_driver_is_well() => Assert.Empty(Warnings(VolumeSource.Csi, Facts.Kops with { WorkerZones = Zones(Sets.ZoneB) }));

    [Theory]
    [InlineData(Sets.ZoneC, "workers are in eu-west-1c")]
    [InlineData("", "no zone has one")]
    public void A_zone_without_a_worker_is_told_with_those_that_have_one(string zones, string told)
    {
        var warning = Assert.Single(Warnings(VolumeSource.Csi, Facts.Kops with { WorkerZones = Zones(zones.Split(' ', StringSplitOptions.RemoveEmptyEntries)) }));
        Assert.StartsWith("NoWorkerInZone: eu-west-1b ", warning, StringComparison.Ordinal);
        Assert.Contains(told, warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_that_are_not_known_are_not_spoken_of() => Assert.Empty(Warnings(VolumeSource.Csi, Facts.Kops with { WorkerZones = null }));

    [Theory]
    [InlineData(VolumeSource.Csi, Facts.Csi)]
    [InlineData(VolumeSource.EksAutoMode, Facts.AutoMode)]
    [InlineData(VolumeSource.InTree, Facts.Csi)]
    public void The_driver_that_is_missing_is_named_whoever_chose_it(VolumeSource source, string driver)
    {
        Assert.StartsWith($"DriverMissing: this cluster has no driver {driver};", Warnings(source, Facts.Empty).Single(), StringComparison.Ordinal);
        Assert.StartsWith($"DriverNotInZone: no node in eu-west-1b has the driver {driver} ", Warnings(source, Facts.With([driver], (Sets.ZoneC, [driver]))).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_server_mounts_the_in_tree_source_by_itself() => Assert.Empty(Warnings(VolumeSource.InTree, Facts.Empty with { MinorVersion = 22 }));

    [Fact]
    public void Drivers_that_are_not_known_are_not_spoken_of() => Assert.Empty(Warnings(VolumeSource.Csi, Facts.Empty with { DriversKnown = false }));

    private static HashSet<string> Zones(params string[] zones) => [.. zones];

    private static List<string> Warnings(VolumeSource source, ClusterFacts facts) => [.. Preflight.Warnings(Volume, source, facts)];
}
