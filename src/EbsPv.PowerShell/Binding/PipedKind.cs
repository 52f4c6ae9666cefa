using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.PowerShell.Binding;

/// <summary>What a piped object is, by names and properties, so that what Import-Clixml brings back, what AWS.Tools makes and what the aws CLI
/// prints count, too.</summary>
internal static class PipedKind
{
    /// <summary>Whether it is a snapshot. It names its volume, and is not it: a volume has a zone, a snapshot has none.</summary>
    public static bool IsSnapshot(PSObject input) =>
        IsA(input, "Snapshot") || (input.Properties["SnapshotId"] is not null && input.Properties["AvailabilityZone"] is null);

    /// <summary>Refuses a snapshot where a volume belongs: its VolumeId is that of the volume it was made of.</summary>
    /// <exception cref="EbsPvException">WrongResourceKind.</exception>
    public static void RefuseSnapshot(PSObject? input, string example)
    {
        if (input is null || !IsSnapshot(input)) return;
        throw EbsPvException.Input(
            ErrorIds.WrongResourceKind, $"'{Escaped.Text(input.ToString())}' is a snapshot, and a volume belongs here.", input.ToString(), $"Pipe volumes in, as in {example}.");
    }

    /// <summary>Whether its type, or the type that it had, is called so.</summary>
    public static bool IsA(PSObject? input, string kind) => input is not null && input.TypeNames.Any(name => name.EndsWith(kind, StringComparison.Ordinal));

    /// <summary>Whether -WhatIf made it.</summary>
    public static bool IsPlanned(PSObject input) => Text(input, "State") == "planned" || Text(input, "Status") == "planned";

    /// <summary>A property as text; null when it is empty or there is none.</summary>
    public static string? Text(PSObject? input, string property) => input?.Properties[property]?.Value?.ToString() is { Length: > 0 } text ? text : null;
}
