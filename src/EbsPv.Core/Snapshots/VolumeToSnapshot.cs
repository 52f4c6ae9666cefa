namespace EbsPv.Snapshots;

/// <summary>A volume as it came down the pipeline; everything else about it is read anew.</summary>
/// <param name="VolumeId">The volume.</param>
/// <param name="PersistentVolume">The PersistentVolume that stands for it, when one came down the pipeline.</param>
/// <param name="Claim">The claim that is bound to that, as <c>namespace/name</c>.</param>
public sealed record VolumeToSnapshot(string VolumeId, string? PersistentVolume = null, string? Claim = null);
