using System.Text.RegularExpressions;
using EbsPv.Errors;

namespace EbsPv.Defaults;

/// <summary>The form of zone and region names.</summary>
/// <remarks>Source: "Regions and Zones" of the EC2 guide: zones are the region and a letter (eu-west-1b); Local and Wavelength Zones
/// have their own ending (us-west-2-lax-1a, us-east-1-wl1-bos-wlz-1).</remarks>
public static partial class ZoneName
{
    /// <summary>The region of a zone.</summary>
    /// <exception cref="EbsPvException">ZoneNotAZone, ZoneIdGiven.</exception>
    public static string RegionOf(string zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var match = Zone().Match(zone);
        if (match.Success) return match.Groups["region"].Value;
        if (ZoneId().IsMatch(zone))
            throw EbsPvException.Input(
                ErrorIds.ZoneIdGiven,
                $"'{zone}' is a zone id; a zone name such as eu-west-1b is needed.",
                zone,
                "Zone ids mean other names in every account: aws ec2 describe-availability-zones shows yours.");
        throw EbsPvException.Input(
            ErrorIds.ZoneNotAZone,
            IsRegion(zone) ? $"'{zone}' is a region, not a zone." : $"'{Escaped.Text(zone)}' is not the name of an availability zone.",
            zone,
            IsRegion(zone) ? $"Add the zone's letter, as in {zone}a." : "A zone is a region and a letter, as in eu-west-1b.");
    }

    /// <summary>Whether the text has the form of a region's name.</summary>
    public static bool IsRegion(string text) => Region().IsMatch(text);

    [GeneratedRegex(@"^(?<region>[a-z]{2,4}(?:-[a-z]+)+-[0-9]+)(?:[a-z]|-[a-z0-9]+(?:-[a-z0-9]+)*-[0-9]+[a-z]?)\z")]
    private static partial Regex Zone();

    [GeneratedRegex(@"^[a-z]{2,4}(?:-[a-z]+)+-[0-9]+\z")]
    private static partial Regex Region();

    [GeneratedRegex(@"^[a-z]{2,5}[0-9]-(?:[a-z]{3}[0-9]-)?az[0-9]+\z")]
    private static partial Regex ZoneId();
}
