using System.Text.RegularExpressions;
using EbsPv.Errors;

namespace EbsPv.Snapshots;

/// <summary>The form of snapshot ids.</summary>
public static partial class SnapshotIdRule
{
    /// <summary>The id, if it has the form of one.</summary>
    /// <exception cref="EbsPvException">SnapshotIdInvalid.</exception>
    public static string Checked(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (SnapshotId().IsMatch(text)) return text;
        throw EbsPvException.Input(
            ErrorIds.SnapshotIdInvalid, $"'{Defaults.Escaped.Text(text)}' is not a snapshot id.", text, "A snapshot id is snap- and 8 or 17 hexadecimal digits.");
    }

    [GeneratedRegex(@"^snap-(?:[0-9a-f]{8}|[0-9a-f]{17})\z")]
    private static partial Regex SnapshotId();
}
