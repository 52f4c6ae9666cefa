using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Binding;

/// <summary>What came down the pipeline where a PersistentVolume belongs. Volumes have a name and an id too: whose name it is, the other
/// properties tell.</summary>
internal static class PipedPersistentVolume
{
    /// <summary>The PersistentVolumes that a record means: the one that is piped, or those that were typed, all of which are checked.</summary>
    public static IReadOnlyList<WantedPersistentVolume> All(PSObject? input, string[]? typedNames, string? boundVolumeId, string parameter = "-Name") =>
        [.. (input is null && typedNames is { Length: > 0 } names ? names : new string?[] { null }).Select(name => Wanted(input, name, boundVolumeId, parameter))];

    /// <summary>The PersistentVolume that is meant.</summary>
    /// <param name="input">The piped object; null when nothing is piped.</param>
    /// <param name="typedName">The name, when the user typed it.</param>
    /// <param name="boundVolumeId">The volume's id, typed or from the object.</param>
    /// <param name="parameter">The parameter for the name.</param>
    public static WantedPersistentVolume Wanted(PSObject? input, string? typedName, string? boundVolumeId, string parameter = "-Name")
    {
        // A text, piped or typed, is a name, or the id of the volume behind it.
        var text = input?.BaseObject as string ?? NullIfEmpty(typedName);
        var isId = text?.StartsWith("vol-", StringComparison.Ordinal) == true;
        var volumeId = isId ? text : NullIfEmpty(boundVolumeId);
        var name = text is not null ? (isId ? null : text) : input is not null && IsPersistentVolume(input) ? Property(input, "Name") : null;
        if (name is null && volumeId is null) throw NotOne(input, "it has neither the name of a PersistentVolume nor a VolumeId");
        return new WantedPersistentVolume
        {
            Name = name is null ? null : Named(name, parameter),
            VolumeId = volumeId is null ? null : VolumeIdRule.Checked(volumeId),
            Uid = input is null ? null : Property(input, "Uid"),
            ClusterName = input is null ? null : Property(input, "ClusterName"),
            Region = input is null ? null : Property(input, "Region"),
        };
    }

    /// <summary>A name that was typed or piped, if it can be one.</summary>
    /// <exception cref="EbsPvException">PvNameInvalid.</exception>
    public static string Named(string name, string parameter = "-Name") =>
        WildcardPattern.ContainsWildcardCharacters(name) ? throw Wildcard(name) : PersistentVolumeRules.CheckedName(name, parameter);

    /// <summary>The piped object; null when nothing is piped.</summary>
    public static PSObject? Input(InvocationInfo invocation, PSObject? input)
    {
        if (!invocation.ExpectingInput) return null;
        if (input is null)
            throw EbsPvException.Input(ErrorIds.InputNull, "$null came down the pipeline where a PersistentVolume belongs.", null, "Pipe PersistentVolumes in, as in Get-EbsPersistentVolume | …");
        // It names the volume that it was made of, whose PersistentVolume is not what was piped.
        if (PipedKind.IsSnapshot(input))
            throw EbsPvException.Input(
                ErrorIds.WrongResourceKind,
                $"'{Escaped.Text(input.ToString())}' is a snapshot, and a PersistentVolume belongs here.",
                input.ToString(),
                "Pipe PersistentVolumes in, as in Get-EbsPersistentVolume | … Restore-EbsPersistentVolume NAME -SnapshotId snap-… gives one the data of a snapshot.");
        return input;
    }

    /// <summary>Whether it is a PersistentVolume, as it was read or as Import-Clixml and JSON bring it back.</summary>
    public static bool IsPersistentVolume(PSObject input) => input.BaseObject is EbsPersistentVolume || input.Properties["ReclaimPolicy"] is not null;

    public static string? Property(PSObject input, string name) => NullIfEmpty(input.Properties[name]?.Value?.ToString());

    /// <summary>The one that -WhatIf made; null for those that exist.</summary>
    public static EbsPersistentVolume? Planned(PSObject? input) => input?.BaseObject is EbsPersistentVolume { Status: "planned" } planned ? planned : null;

    public static EbsPvException NotOne(PSObject? input, string reason) => EbsPvException.Input(
        ErrorIds.InputNotPersistentVolume,
        input is null ? "No PersistentVolume was given." : $"'{Escaped.Text(input.ToString())}' is no PersistentVolume: {reason}.",
        input?.ToString(),
        "Give its name, or pipe it in: Get-EbsPersistentVolume manual-ebs-01 | …");

    public static EbsPvException OnlyPlanned(string name) => new(
        ErrorKind.InvalidState, ErrorIds.PersistentVolumePlanned, $"The PersistentVolume '{Escaped.Text(name)}' is only planned (-WhatIf made it); there is none yet.")
    {
        Target = name,
        RecommendedAction = "Run Register-EbsPersistentVolume without -WhatIf first.",
    };

    // What would change several at a blow names each: they are looked up first.
    private static EbsPvException Wildcard(string name) => EbsPvException.Input(
        ErrorIds.PvNameInvalid,
        $"'{Escaped.Text(name)}' cannot be the name of a PersistentVolume, and wildcards are not taken here.",
        name,
        $"Look up which are meant, and pipe them in: Get-EbsPersistentVolume {Escaped.Text(name)} | …");

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
