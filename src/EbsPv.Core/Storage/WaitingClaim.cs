using EbsPv.Ports;

namespace EbsPv.Storage;

/// <summary>A claim that has no PersistentVolume, and asks for one of EBS.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Pods">Pods that mount it and are not finished.</param>
public sealed record WaitingClaim(EbsPersistentVolumeClaim Claim, IReadOnlyList<ClusterPod> Pods);
