using EbsPv.Defaults;
using EbsPv.PersistentVolumes;
using EbsPv.Storage;
using EbsPv.Volumes;

namespace EbsPv.Audit.Rules;

internal sealed class VolumeTypeDriftRule : PersistentVolumeRule
{
    public override string Code => FindingCodes.VolumeTypeDrift;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        // What a class says of volumes that it did not make, and what it leaves to its driver, is no promise.
        if (item is not { Volume: { } volume, Sight: VolumeSight.Seen } || VolumeOwnership.ProvisionerTag(volume.Tags) is null) yield break;
        if (!facts.Storage.StorageClasses.TryGetValue(registered.PersistentVolume.StorageClassName ?? "", out var storageClass)) yield break;
        if (storageClass.Provisioner is not (EbsDrivers.Csi or EbsDrivers.AutoMode or EbsDrivers.InTreeProvisioner)) yield break;
        var differences = new[]
        {
            Difference(storageClass.Parameters.GetValueOrDefault("type"), volume.VolumeType, "type", "VolumeType"),
            Difference(storageClass.Parameters.GetValueOrDefault("iops"), $"{volume.Iops}", "IOPS", "Iops"),
            Difference(storageClass.Parameters.GetValueOrDefault("throughput"), $"{volume.Throughput}", "throughput", "Throughput"),
        }.OfType<(string Text, string Parameter)>().ToList();
        if (differences.Count == 0) yield break;
        yield return Findings.OfPersistentVolume(
            facts,
            item,
            registered,
            FindingSeverity.Information,
            Code,
            $"The volume {volume.VolumeId} of {Findings.Named(registered)} is {VolumeShape.Of(volume)}, and its class {storageClass.Name} makes others: {string.Join(", ", differences.Select(one => one.Text))}.",
            $"If it was changed on purpose, there is nothing to do: the next claim of the class gets what the class says. Otherwise this changes it back: Set-ClusterEbsVolume {volume.VolumeId} {string.Join(" ", differences.Select(one => one.Parameter))}.");
    }

    private static (string Text, string Parameter)? Difference(string? wanted, string? has, string what, string parameter) =>
        string.IsNullOrEmpty(wanted) || wanted.Equals(has, StringComparison.OrdinalIgnoreCase) ? null : ($"{what} {Escaped.Text(wanted)}", $"-{parameter} {Escaped.Text(wanted)}");
}
