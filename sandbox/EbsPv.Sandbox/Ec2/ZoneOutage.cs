using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2;

/// <summary>
/// A zone that has failed: nothing new is made in it, volumes stay attached where they are, and whoever asks is answered. What EC2 says
/// to CreateSnapshot of a volume there is not documented, hence what it shall say stands here.
/// </summary>
public sealed record ZoneOutage
{
    /// <summary>What DescribeAvailabilityZones calls the zone: impaired or unavailable.</summary>
    public string State { get; init; } = "unavailable";

    /// <summary>The code of the refused CreateSnapshot.</summary>
    public string Code { get; init; } = "Unavailable";

    public string Message { get; init; } = "The service is unavailable. Please try again shortly.";

    public int Status { get; init; } = StatusCodes.Status503ServiceUnavailable;

    public Ec2Exception Refusal() => new(Code, Message, Status);
}
