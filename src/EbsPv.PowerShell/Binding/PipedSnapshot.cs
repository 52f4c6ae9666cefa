using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Snapshots;

namespace EbsPv.PowerShell.Binding;

/// <summary>Reads snapshots that came down the pipeline. A volume names the snapshot that it was made of, and is not it: its SnapshotId never
/// counts.</summary>
internal static class PipedSnapshot
{
    /// <summary>The id that a record names; null when the object is no snapshot.</summary>
    public static string? IdOf(PSObject input)
    {
        if (input.BaseObject is string text) return text.StartsWith("snap-", StringComparison.Ordinal) ? SnapshotIdRule.Checked(text) : null;
        return PipedKind.IsSnapshot(input) && PipedKind.Text(input, "SnapshotId") is { } id ? SnapshotIdRule.Checked(id) : null;
    }

    /// <summary>The one that -WhatIf made; null for those that exist.</summary>
    public static ClusterEbsSnapshot? Planned(PSObject input) => input.BaseObject is ClusterEbsSnapshot { State: "planned" } planned ? planned : null;

    /// <summary>The ids that were typed.</summary>
    public static IEnumerable<string> Typed(string[]? ids) => (ids ?? []).Where(id => !string.IsNullOrEmpty(id)).Select(SnapshotIdRule.Checked);

    public static EbsPvException Null() => EbsPvException.Input(
        ErrorIds.InputNull, "$null came down the pipeline where a snapshot belongs.", null, "Pipe snapshots in, as in Get-ClusterEbsSnapshot | …");

    /// <summary>The refusal of what is no snapshot.</summary>
    /// <param name="input">What came.</param>
    /// <param name="action">What to do; who deletes is not sent to the newest ones.</param>
    public static EbsPvException NotOne(PSObject input, string action = "Pipe snapshots in: Get-ClusterEbsSnapshot -Newest 1 | … lists the newest one of each volume; those of some volumes: … | Get-ClusterEbsSnapshot -Newest 1 | …") =>
        EbsPvException.Input(ErrorIds.InputNotSnapshot, $"'{Escaped.Text(input.ToString())}' is no snapshot.", input.ToString(), action);

    public static EbsPvException OnlyPlanned(string what) => new(
        ErrorKind.InvalidState, ErrorIds.SnapshotPlanned, $"The snapshot of {Escaped.Text(what)} is only planned (-WhatIf made it); there is none yet.")
    {
        Target = what,
        RecommendedAction = "Run New-ClusterEbsSnapshot without -WhatIf first.",
    };
}
