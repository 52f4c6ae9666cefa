using EbsPv.Storage;
using EbsPv.Volumes;

namespace EbsPv.Audit.Rules;

/// <summary>Whether the members of each set are alike. That can be said only when all of them have been seen: of each set, how many there are of each
/// kind is kept, and one of each.</summary>
internal sealed class SetDrift
{
    private readonly SortedDictionary<string, Dictionary<string, (int Count, StorageItem First)>> _sets = new(StringComparer.Ordinal);

    /// <summary>Takes note of a volume.</summary>
    public void See(StorageItem item)
    {
        if (item is not { Volume: { SetName: { } set } volume, Sight: VolumeSight.Seen } || VolumeTags.IsRetired(volume.Tags)) return;
        if (!_sets.TryGetValue(set, out var kinds)) _sets.Add(set, kinds = new(StringComparer.Ordinal));
        // gp2's IOPS follow from its size, and sizes may differ.
        var kind = (VolumeShape.Of(volume) with { Size = 0, Iops = volume.VolumeType == "gp2" ? null : volume.Iops }).ToString().Replace(", 0 GiB", "", StringComparison.Ordinal);
        kinds[kind] = kinds.TryGetValue(kind, out var seen) ? (seen.Count + 1, seen.First) : (1, item);
    }

    /// <summary>The sets whose members differ.</summary>
    public IEnumerable<EbsPersistentVolumeFinding> Close(AuditFacts facts)
    {
        foreach (var (set, kinds) in _sets.Where(one => one.Value.Count > 1))
        {
            var ordered = kinds.OrderByDescending(kind => kind.Value.Count).ThenBy(kind => kind.Key, StringComparer.Ordinal).ToList();
            var (rarest, odd) = ordered[^1];
            yield return Findings.OfVolume(
                facts,
                odd.First,
                FindingSeverity.Information,
                FindingCodes.SetDrift,
                $"The members of the set {Defaults.Escaped.Text(set)} are not alike: {string.Join("; ", ordered.Select(kind => $"{kind.Value.Count} of {kind.Key}"))}. {odd.First.VolumeId} is {rarest}.",
                $"If that is not on purpose: Get-ClusterEbsVolume -SetName {set} | Set-ClusterEbsVolume -VolumeType … makes them alike. New-ClusterEbsVolume refuses a type or IOPS that contradicts one of them.") with { Target = set };
        }
    }
}
