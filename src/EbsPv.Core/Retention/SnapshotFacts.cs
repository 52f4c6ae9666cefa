namespace EbsPv.Retention;

/// <summary>What speaks for and against the removal of snapshots, as it is just now.</summary>
/// <param name="Volumes">Ids of volumes that are there.</param>
/// <param name="Newest">The newest completed snapshot of EbsPv's of each volume.</param>
/// <param name="Use">What the cluster needs.</param>
internal sealed record SnapshotFacts(IReadOnlySet<string> Volumes, IReadOnlyDictionary<string, string> Newest, SnapshotUse Use);
