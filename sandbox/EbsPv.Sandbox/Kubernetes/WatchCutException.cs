namespace EbsPv.Sandbox.Kubernetes;

/// <summary>Leaves the request handler on purpose, so that the server closes the connection in the middle of a line.</summary>
public sealed class WatchCutException() : Exception("The sandbox was told to cut this watch.");
