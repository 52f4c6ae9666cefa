using System.Text.RegularExpressions;
using EbsPv.Errors;

namespace EbsPv.Volumes;

/// <summary>The form of volume ids.</summary>
public static partial class VolumeIdRule
{
    /// <summary>Whether the text has the form of an id.</summary>
    public static bool IsId(string text) => VolumeId().IsMatch(text);

    /// <summary>The id, if it has the form of one.</summary>
    /// <exception cref="EbsPvException">VolumeIdInvalid, WrongResourceKind.</exception>
    public static string Checked(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (VolumeId().IsMatch(text)) return text;
        if (OtherKind().IsMatch(text))
            throw EbsPvException.Input(
                ErrorIds.WrongResourceKind, $"'{Defaults.Escaped.Text(text)}' is not a volume.", text, "Give the id of a volume, as in vol-0123456789abcdef0.");
        throw EbsPvException.Input(
            ErrorIds.VolumeIdInvalid,
            $"'{Defaults.Escaped.Text(text)}' is not a volume id.",
            text,
            "A volume id is vol- and 8 or 17 hexadecimal digits, as in vol-0123456789abcdef0.");
    }

    [GeneratedRegex(@"^vol-(?:[0-9a-f]{8}|[0-9a-f]{17})\z")]
    private static partial Regex VolumeId();

    [GeneratedRegex(@"^(?:arn:.*|(?:snap|i|ami|eni|subnet|vpc|sg)-[0-9a-f]+)\z")]
    private static partial Regex OtherKind();
}
