using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PowerShell.Commands;
using EbsPv.Removal;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Binding;

/// <summary>Volumes to remove as they came down the pipeline, and the region, cluster and context that they carry.</summary>
internal sealed record PipedRemoval(IReadOnlyList<VolumeToRemove> Volumes, string? Region, string? ClusterName, string? Context)
{
    public static PipedRemoval Read(RemoveClusterEbsVolumeCommand from)
    {
        var input = from.MyInvocation.ExpectingInput ? from.InputObject : null;
        if (from.MyInvocation.ExpectingInput) CheckKind(input);
        var ids = (input?.BaseObject is string text ? [text] : from.VolumeId ?? []).Where(id => !string.IsNullOrEmpty(id)).ToList();
        if (ids.Count == 0) throw NotAVolume(input);
        var persistentVolume = PipedKind.IsA(input, nameof(EbsPersistentVolume)) ? input!.Properties["Name"]?.Value as string : null;
        return new PipedRemoval(
            [.. ids.Select(id => new VolumeToRemove(VolumeIdRule.Checked(id), from.InstanceId ?? [], NullIfEmpty(persistentVolume)))],
            NullIfEmpty(from.Region),
            NullIfEmpty(from.ClusterName),
            NullIfEmpty(from.Context));
    }

    private static void CheckKind(PSObject? input)
    {
        if (input is null)
            throw EbsPvException.Input(ErrorIds.InputNull, "$null came down the pipeline where a volume belongs.", null, "Pipe volumes in, as in Get-ClusterEbsVolume | Remove-ClusterEbsVolume.");
        // A snapshot names its volume, too, and is not it: whoever means to remove snapshots must not lose their volumes.
        if (PipedKind.IsSnapshot(input))
            throw EbsPvException.Input(ErrorIds.WrongResourceKind, $"'{Escaped.Text(input.ToString())}' is a snapshot, and a volume belongs here.", input.ToString(), "Pipe volumes in, as in Get-ClusterEbsVolume | Remove-ClusterEbsVolume.");
        if (input.Properties["State"]?.Value as string == "planned")
            throw new EbsPvException(ErrorKind.InvalidState, ErrorIds.VolumePlanned, $"The volume '{Escaped.Text(input.ToString())}' is only planned (-WhatIf made it); there is nothing to remove.")
            {
                Target = input.ToString(),
                RecommendedAction = "Pipe volumes that are there: Get-ClusterEbsVolume.",
            };
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static EbsPvException NotAVolume(PSObject? input) => EbsPvException.Input(
        ErrorIds.InputNotVolume,
        input is null ? "No volume is named, so there is nothing to remove." : $"'{Escaped.Text(input.ToString())}' cannot be removed: it has no VolumeId.",
        input?.ToString(),
        "Name volumes, as in Remove-ClusterEbsVolume -VolumeId vol-…, or pipe them in: Get-ClusterEbsVolume -SetName … | Remove-ClusterEbsVolume.");
}
