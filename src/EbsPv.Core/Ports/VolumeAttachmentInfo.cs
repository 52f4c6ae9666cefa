namespace EbsPv.Ports;

/// <summary>Kubernetes' own word on where a PersistentVolume is attached, or is to be.</summary>
/// <param name="Name">The VolumeAttachment.</param>
/// <param name="PersistentVolumeName">The PersistentVolume.</param>
/// <param name="NodeName">The node.</param>
/// <param name="IsAttached">Whether the driver has attached it.</param>
/// <param name="IsTerminating">Whether it is being detached.</param>
public sealed record VolumeAttachmentInfo(string Name, string PersistentVolumeName, string NodeName, bool IsAttached, bool IsTerminating);
