using EbsPv.Audit;
using EbsPv.Ports;

namespace EbsPv.Repairs;

/// <summary>Which of the findings are repaired at all.</summary>
public static class RepairSelection
{
    /// <summary>Those that are, each once; the rest is told of.</summary>
    public static IReadOnlyList<RepairTarget> Of(RepairRequest request, IReporter reporter)
    {
        var targets = request.Targets.DistinctBy(target => (target.Code, target.Target)).ToList();
        Tell(
            targets.Where(target => RepairKinds.Of(target.Code) == RepairKind.None && request.Codes?.Contains(target.Code) != false),
            "NotRepairable: {0}: left to you. What to do stands in the Recommendation of each: Test-EbsPersistentVolume | Format-List Code, Target, Recommendation.", reporter);
        Tell(
            targets.Where(target => target.Code == FindingCodes.PersistentVolumeReleased && request.Codes is null),
            "ReleasedNotNamed: {0}: left as they are; -Code PersistentVolumeReleased gives them back to the names of their claims.", reporter);
        return [.. targets.Where(target => RepairKinds.Of(target.Code) != RepairKind.None && request.Wants(target.Code))];
    }

    private static void Tell(IEnumerable<RepairTarget> targets, string warning, IReporter reporter)
    {
        var counts = targets.GroupBy(target => target.Code, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} ({group.Count()})").ToList();
        if (counts.Count > 0) reporter.Warning(warning.Replace("{0}", string.Join(", ", counts), StringComparison.Ordinal));
    }
}
