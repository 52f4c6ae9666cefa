using System.Management.Automation;
using EbsPv.Errors;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Binding;

/// <summary>Which volumes a piped object asks for; none for what is no volume, such as a zone.</summary>
internal static class PipedVolumeIds
{
    public static IReadOnlyList<string> Of(PSObject? input, string[]? volumeIds, bool isPiped)
    {
        if (isPiped && input is null)
            throw EbsPvException.Input(ErrorIds.InputNull, "$null came down the pipeline where a zone or a volume belongs.", null, "Pipe zones or volumes in, or give -ClusterName.");
        if (isPiped && input?.BaseObject is string id) return [VolumeIdRule.Checked(id)];
        var ids = (volumeIds ?? []).Where(given => !string.IsNullOrEmpty(given)).Select(VolumeIdRule.Checked).Distinct().ToList();
        // A volume that is only planned, or a PersistentVolume of another driver, must not stand for every volume of the cluster.
        if (ids.Count == 0 && isPiped && input?.Properties["VolumeId"] is not null) _ = VolumeIdRule.Checked(string.Empty);
        return ids;
    }
}
