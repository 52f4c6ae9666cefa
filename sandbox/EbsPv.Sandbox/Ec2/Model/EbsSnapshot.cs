namespace EbsPv.Sandbox.Ec2.Model;

/// <summary>A snapshot to create volumes from.</summary>
public sealed record EbsSnapshot
{
    public required string SnapshotId { get; init; }

    public string Region { get; init; } = "eu-west-1";

    public required int VolumeSize { get; init; }

    public bool Encrypted { get; init; }

    /// <summary>pending, completed or error.</summary>
    public string Status { get; init; } = "completed";
}
