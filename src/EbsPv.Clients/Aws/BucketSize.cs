namespace EbsPv.Clients.Aws;

/// <summary>Size of a token bucket of EC2.</summary>
/// <param name="Capacity">Calls that may be made at once.</param>
/// <param name="RefillPerSecond">Calls a second after that.</param>
internal sealed record BucketSize(double Capacity, double RefillPerSecond);
