namespace EbsPv.Ports;

/// <summary>A storage class for volumes made by hand, as it is posted: no provisioner, bound when a pod comes, kept and able to grow.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Zones">The zones of its volumes; none where they are not known.</param>
/// <param name="VolumeType">The EBS volume type, which tools that reckon costs read; null where there is not one only.</param>
public sealed record StorageClassSpec(string Name, IReadOnlyList<string> Zones, string? VolumeType);
