namespace EbsPv.PowerShell.Binding;

/// <summary>Where a record says that its volumes are; null is what it does not say.</summary>
internal sealed record VolumeOrigin(string? Region, string? ClusterName, string? Context);
