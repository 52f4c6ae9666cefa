namespace EbsPv.Audit;

/// <summary>What an audit is asked about.</summary>
/// <param name="PersistentVolume">Name of a PersistentVolume; null where a volume is meant.</param>
/// <param name="VolumeId">The volume; null where only the name is known.</param>
public sealed record AuditSubject(string? PersistentVolume, string? VolumeId);
