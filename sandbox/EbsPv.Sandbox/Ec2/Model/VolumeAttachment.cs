namespace EbsPv.Sandbox.Ec2.Model;

public sealed record VolumeAttachment
{
    public required string InstanceId { get; init; }

    public string Device { get; init; } = "/dev/sdf";

    /// <summary>attaching, attached, detaching, detached or busy.</summary>
    public string Status { get; init; } = "attached";

    public DateTimeOffset AttachTime { get; init; }

    public bool DeleteOnTermination { get; init; }
}
