namespace EbsPv.Snapshots;

/// <summary>What a snapshot is made for, and of what: it becomes the snapshot's tags.</summary>
/// <param name="ClusterName">The cluster.</param>
/// <param name="Operation">The run that makes it.</param>
/// <param name="PersistentVolume">The PersistentVolume that stands for the volume; null when there is none or nobody was asked.</param>
/// <param name="Claim">The claim that is bound to it, as <c>namespace/name</c>; null as well.</param>
public sealed record SnapshotOrigin(string ClusterName, string Operation, string? PersistentVolume = null, string? Claim = null);
