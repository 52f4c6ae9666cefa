using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Binding;

/// <summary>The zones of one run: each once, all of the region and cluster of the first.</summary>
internal sealed class ZoneCollector
{
    private readonly List<ZoneTarget> _zones = [];

    public IReadOnlyList<ZoneTarget> Zones => _zones;

    public string? Region { get; private set; }

    public string? ClusterName { get; private set; }

    public string? Context { get; private set; }

    public void Add(ZoneInput zone)
    {
        var region = ZoneName.RegionOf(zone.AvailabilityZone);
        if (zone.Region is { } given && given != region) throw OutsideRegion(zone.AvailabilityZone, region, given);
        if (_zones.Count == 0) Begin(zone, region);
        if (region != Region) throw OutsideRegion(zone.AvailabilityZone, region, Region!);
        if (zone.ClusterName is not null && zone.ClusterName != ClusterName) throw Mixed(zone, "cluster", zone.ClusterName, ClusterName);
        if (zone.Context is not null && zone.Context != Context) throw Mixed(zone, "kube context", zone.Context, Context);
        if (_zones.Exists(known => known.AvailabilityZone == zone.AvailabilityZone))
            throw EbsPvException.Input(
                ErrorIds.ZoneDuplicate, $"The zone {zone.AvailabilityZone} came twice; it counts once.", zone.AvailabilityZone, "For more volumes in each zone use -CountPerZone.");
        _zones.Add(new ZoneTarget(zone.AvailabilityZone, zone.ClusterKind, zone.InstanceId));
    }

    private void Begin(ZoneInput zone, string region)
    {
        if (zone.ClusterName is not null) _ = ClusterNames.Checked(zone.ClusterName);
        Region = region;
        ClusterName = zone.ClusterName;
        Context = zone.Context;
    }

    private static EbsPvException OutsideRegion(string zone, string region, string wanted) => EbsPvException.Input(
        ErrorIds.ZoneOutsideRegion, $"The zone {zone} is in {region}, not in {wanted}.", zone, "Run the line once for each region.");

    private static EbsPvException Mixed(ZoneInput zone, string what, string given, string? first) => EbsPvException.Input(
        ErrorIds.MixedCluster,
        $"The zone {zone.AvailabilityZone} belongs to the {what} '{Escaped.Text(given)}', and this pipeline began with '{Escaped.Text(first ?? "none")}', whose zones go on.",
        zone.AvailabilityZone,
        "Run the line once for each cluster.");
}
