using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;

namespace EbsPv.Templates;

/// <summary>Where a document says that its volume is: in labels, in an in-tree id, in its node affinity. Each has to be right by itself.</summary>
internal static class TemplatePlace
{
    /// <summary>The one zone that a document names; null when it names none, or several.</summary>
    public static string? ZoneOf(PersistentVolumeTemplate template)
    {
        var said = template.ZonesSaid.Select(one => one.Zones).Append(template.Affinity.Zones).Where(zones => zones.Count > 0).ToList();
        if (said.Count == 0) return null;
        var common = said.Aggregate((first, second) => [.. first.Intersect(second)]);
        // One that contradicts itself is told so when this zone is checked.
        if (common.Count == 0) return said.Find(zones => zones.Count == 1)?[0];
        return common.Count == 1 ? common[0] : null;
    }

    /// <summary>Refuses a document that names another place than its volume's.</summary>
    /// <exception cref="EbsPvException">TemplateZoneMismatch.</exception>
    public static void Check(PersistentVolumeTemplate template, VolumeToRegister volume)
    {
        if (volume.AvailabilityZone is not { } zone) return;
        var itself = volume.VolumeId ?? volume.Name;
        foreach (var said in template.ZonesSaid.Where(said => !said.Zones.Contains(zone))) throw Wrong(template, $"in {said.Place} names the zone {Shown(said.Zones)}, and {itself} is in {zone}");
        if (!template.Affinity.Allows(zone))
            throw Wrong(template, template.Affinity.Zones is { Count: > 0 } zones && !zones.Contains(zone)
                ? $"in its nodeAffinity names the zone {Shown(zones)}, and {itself} is in {zone}"
                : $"in its nodeAffinity keeps pods out of {zone}, where {itself} is");
        if (template.Region is { } region && region != ZoneName.RegionOf(zone))
            throw TemplateErrors.Refused(
                template.Document, ErrorIds.TemplateZoneMismatch, $"names the region {Escaped.Text(region)}, and {itself} is in {ZoneName.RegionOf(zone)}", "Leave the region out of the document: it is written from the volume's own.");
    }

    private static EbsPvException Wrong(PersistentVolumeTemplate template, string reason) =>
        TemplateErrors.Refused(template.Document, ErrorIds.TemplateZoneMismatch, reason, "Leave the zone out of the document: it is written from the volume's own.");

    private static string Shown(IReadOnlyList<string> zones) => Escaped.Text(string.Join(", ", zones));
}
