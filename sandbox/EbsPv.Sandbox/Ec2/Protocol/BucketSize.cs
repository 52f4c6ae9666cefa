namespace EbsPv.Sandbox.Ec2.Protocol;

/// <summary>How many requests may come at once, and how many more each second.</summary>
public sealed record BucketSize(double Capacity, double RefillPerSecond);
