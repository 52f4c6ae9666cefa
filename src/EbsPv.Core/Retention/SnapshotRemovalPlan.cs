using EbsPv.Errors;

namespace EbsPv.Retention;

/// <summary>What a removal of snapshots comes to.</summary>
/// <param name="Snapshots">Those that may go, volume by volume, the oldest first.</param>
/// <param name="Newest">The newest completed one of each volume, by volume.</param>
/// <param name="Gone">Ids of named snapshots that are not there.</param>
/// <param name="Refusals">Why nothing is removed; empty when everything may be.</param>
public sealed record SnapshotRemovalPlan(
    IReadOnlyList<ClusterEbsSnapshot> Snapshots,
    IReadOnlyDictionary<string, string> Newest,
    IReadOnlyList<string> Gone,
    IReadOnlyList<EbsPvException> Refusals);
