namespace EbsPv.Moves;

/// <summary>A snapshot that a disk is made of already, or is going to be.</summary>
/// <param name="PersistentVolume">Whose disk it is.</param>
/// <param name="Claim">Its claim as <c>namespace/name</c>.</param>
/// <param name="OfVolume">The volume that the snapshot is of.</param>
/// <param name="SnapshotId">The snapshot.</param>
internal sealed record SettledSource(string PersistentVolume, string Claim, string OfVolume, string SnapshotId);
