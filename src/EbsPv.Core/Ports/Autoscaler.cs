namespace EbsPv.Ports;

/// <summary>Something that sets the replicas of a workload, and would set them again.</summary>
/// <param name="Kind">HorizontalPodAutoscaler, or ScaledObject where KEDA made it.</param>
/// <param name="Name">Its name.</param>
/// <param name="TargetKind">Kind of the workload.</param>
/// <param name="TargetName">Name of the workload, in the same namespace.</param>
public sealed record Autoscaler(string Kind, string Name, string TargetKind, string TargetName);
