namespace EbsPv.PowerShell.Binding;

/// <summary>A zone as it came down the pipeline.</summary>
internal sealed record ZoneInput(
    string AvailabilityZone, string? Region, string? ClusterName, ClusterKind ClusterKind, IReadOnlyList<string> InstanceId, string? Context);
