namespace EbsPv.VolumeRestores;

/// <summary>A snapshot as it came down the pipeline.</summary>
/// <param name="SnapshotId">Its id; null while it is only planned.</param>
/// <param name="Planned">The snapshot that -WhatIf made; null for those that exist, which are read anew.</param>
public sealed record SnapshotToRestore(string? SnapshotId, ClusterEbsSnapshot? Planned = null);
