namespace EbsPv.Removal;

/// <summary>A volume as it came down the pipeline. Only its id says what to remove; everything else about it is read anew.</summary>
/// <param name="VolumeId">The volume.</param>
/// <param name="InstanceId">The workers that it was made for, if it says so.</param>
/// <param name="PersistentVolume">The PersistentVolume that stood for it, when one came down the pipeline.</param>
public sealed record VolumeToRemove(string VolumeId, IReadOnlyList<string> InstanceId, string? PersistentVolume = null);
