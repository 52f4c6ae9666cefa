using System.Text.RegularExpressions;
using EbsPv.Errors;

namespace EbsPv.Volumes;

/// <summary>What a request for a set may say.</summary>
public static partial class VolumeSetRules
{
    /// <summary>The set's name when none is given.</summary>
    public const string DefaultSetName = "manual-ebs";

    /// <summary>Most members of a set: at EC2's 5 creates a second they take 33 minutes.</summary>
    public const int MaxCount = 10_000;

    /// <summary>Refuses a count that cannot be meant.</summary>
    /// <exception cref="EbsPvException">CountOutOfRange, CountConflict.</exception>
    public static void CheckCounts(int? count, int? countPerZone)
    {
        if (count is not null && countPerZone is not null)
            throw EbsPvException.Input(
                ErrorIds.CountConflict, "-Count (in all zones together) and -CountPerZone (in each) exclude each other.", null, "Give one of them.");
        CheckCount("-Count", count);
        CheckCount("-CountPerZone", countPerZone);
    }

    /// <summary>Refuses a set name that could not begin a PersistentVolume's name.</summary>
    /// <exception cref="EbsPvException">SetNameInvalid.</exception>
    public static void CheckSetName(string setName)
    {
        ArgumentNullException.ThrowIfNull(setName);
        if (setName.Length <= 50 && DnsLabel().IsMatch(setName)) return;
        throw EbsPvException.Input(
            ErrorIds.SetNameInvalid,
            $"'{Defaults.Escaped.Text(setName)}' cannot be a set's name: the PersistentVolumes take their names from it.",
            setName,
            "Use up to 50 of a-z, 0-9 and '-', beginning and ending with a letter or digit.");
    }

    private static void CheckCount(string parameter, int? count)
    {
        if (count is null or >= 1 and <= MaxCount) return;
        throw EbsPvException.Input(
            ErrorIds.CountOutOfRange, $"{parameter} is {count}, and 1 to {MaxCount} are possible.", count, "Ask for at least one volume.");
    }

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\z")]
    private static partial Regex DnsLabel();
}
