using System.Text.RegularExpressions;
using EbsPv.Errors;

namespace EbsPv.Volumes;

/// <summary>The forms of KMS keys: an id, an alias, or the ARN of either.</summary>
/// <remarks>Source: KmsKeyId of CreateVolume in the EC2 API reference.</remarks>
public static partial class KmsKeyRule
{
    /// <summary>Refuses what cannot be a key of the region. Whether there is such a key EC2 finds out only after it has accepted the volume.</summary>
    /// <exception cref="EbsPvException">KmsInvalid, KmsWrongRegion.</exception>
    public static void Check(string key, string? region)
    {
        ArgumentNullException.ThrowIfNull(key);
        var match = Key().Match(key);
        if (!match.Success)
            throw EbsPvException.Input(
                ErrorIds.KmsInvalid,
                $"'{Defaults.Escaped.Text(key)}' has none of the forms of a KMS key.",
                key,
                "Give a key's id, alias/NAME, or the ARN of either.");
        if (region is not null && match.Groups["region"] is { Success: true } own && own.Value != region)
            throw EbsPvException.Input(
                ErrorIds.KmsWrongRegion, $"The key '{key}' belongs to {own.Value}, and the volumes to {region}.", key, $"Name a key of {region}.");
    }

    /// <summary>Whether a volume is surely encrypted with another key. An alias cannot be compared with the key that it stands for.</summary>
    public static bool Differs(string wanted, string? actual)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        if (wanted.Contains("alias/", StringComparison.Ordinal)) return actual is null;
        return actual is null || Id(wanted) != Id(actual);
    }

    private static string Id(string key) => key[(key.LastIndexOf('/') + 1)..];

    [GeneratedRegex(@"^(?:arn:aws[a-z-]*:kms:(?<region>[a-z0-9-]+):[0-9]{12}:(?:key/[A-Za-z0-9-]+|alias/[A-Za-z0-9/_-]+)|alias/[A-Za-z0-9/_-]+|(?:mrk-)?[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\z")]
    private static partial Regex Key();
}
