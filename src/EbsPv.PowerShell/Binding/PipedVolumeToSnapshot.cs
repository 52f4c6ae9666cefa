using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Snapshots;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Binding;

/// <summary>Reads volumes whose snapshots are asked for: volumes of ours or of AWS.Tools, PersistentVolumes, ids.</summary>
internal static class PipedVolumeToSnapshot
{
    /// <summary>The volumes that a record names.</summary>
    public static IReadOnlyList<VolumeToSnapshot> Read(PSObject? input, string[]? volumeIds, bool isPiped)
    {
        if (isPiped) CheckKind(input);
        if (isPiped && input!.BaseObject is string text) return [new VolumeToSnapshot(VolumeIdRule.Checked(text))];
        var ids = (volumeIds ?? []).Where(id => !string.IsNullOrEmpty(id)).Select(VolumeIdRule.Checked).ToList();
        if (isPiped && ids.Count == 0) throw NotAVolume(input!);
        if (!isPiped || !PipedPersistentVolume.IsPersistentVolume(input!)) return ids.ConvertAll(id => new VolumeToSnapshot(id));
        return ids.ConvertAll(id => new VolumeToSnapshot(id, PipedKind.Text(input, "Name"), PipedKind.Text(input, "Claim")));
    }

    private static void CheckKind(PSObject? input)
    {
        if (input is null)
            throw EbsPvException.Input(ErrorIds.InputNull, "$null came down the pipeline where a volume or a PersistentVolume belongs.", null, "Pipe volumes in, as in Get-ClusterEbsVolume | …");
        if (PipedKind.IsPlanned(input))
            throw new EbsPvException(ErrorKind.InvalidState, ErrorIds.VolumePlanned, $"'{Escaped.Text(input.ToString())}' is only planned (-WhatIf made it); it has no snapshots.")
            {
                Target = input.ToString(),
                RecommendedAction = "Pipe volumes that are there: Get-ClusterEbsVolume.",
            };
    }

    private static EbsPvException NotAVolume(PSObject input) => EbsPvException.Input(
        ErrorIds.InputNotVolume, $"'{Escaped.Text(input.ToString())}' has no VolumeId, and a volume or a PersistentVolume belongs here.", input.ToString(), "Pipe volumes of Get-ClusterEbsVolume, PersistentVolumes of Get-EbsPersistentVolume, or ids of volumes.");
}
