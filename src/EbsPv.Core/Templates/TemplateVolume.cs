using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Volumes;

namespace EbsPv.Templates;

/// <summary>The volume that a manifest stands for.</summary>
public static class TemplateVolume
{
    /// <summary>The volume, with its manifest.</summary>
    /// <param name="template">The manifest.</param>
    /// <param name="zone">The volume's zone; null for the one that the manifest names.</param>
    /// <exception cref="EbsPvException">ManifestInvalid, VolumeIdInvalid, WrongResourceKind, TemplateZoneMismatch, and what is wrong with the zone.</exception>
    public static VolumeToRegister Of(PersistentVolumeTemplate template, string? zone)
    {
        ArgumentNullException.ThrowIfNull(template);
        if (template.VolumeId is not { } id || template.Name is null || template.Capacity is null)
            throw new EbsPvException(ErrorKind.InvalidInput, ErrorIds.ManifestInvalid, $"{template.Document} has no name, capacity or EBS volume.")
            {
                Target = template.Document.Path,
                RecommendedAction = "-Path takes manifests of PersistentVolumes as they are; to fill one in, pipe volumes to -TemplatePath.",
            };
        var volume = new VolumeToRegister
        {
            VolumeId = CheckedId(id, template),
            Name = template.Name,
            AvailabilityZone = zone ?? TemplatePlace.ZoneOf(template),
            Size = Size(template.Capacity),
        };
        return TemplateAssignment.Apply(template, volume);
    }

    private static string CheckedId(string id, PersistentVolumeTemplate template)
    {
        try
        {
            return VolumeIdRule.Checked(id);
        }
        catch (EbsPvException wrong)
        {
            throw TemplateErrors.At(template.Document, wrong, "To fill placeholders in, pipe volumes to -TemplatePath.");
        }
    }

    // Rounded up: the manifest's own text is what is written.
    private static int Size(string capacity) => (int)Math.Min(int.MaxValue, Math.Ceiling((Quantity.Bytes(capacity) ?? 0) / Quantity.GiB));
}
