namespace EbsPv.Sandbox.Kubernetes;

/// <summary>Why a pod cannot be placed or ended, in the words of whoever would say so in a cluster.</summary>
public sealed class PlacementException(string message) : Exception(message);
