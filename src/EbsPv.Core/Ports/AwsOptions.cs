namespace EbsPv.Ports;

/// <summary>Which EC2 to talk to, and as whom.</summary>
/// <param name="Region">Region, as in <c>eu-west-1</c>; null to ask the profile.</param>
/// <param name="ProfileName">Profile of the AWS configuration files; null for the SDK's own chain.</param>
/// <param name="EndpointUrl">Another endpoint than the region's; null for the region's or the one of AWS_ENDPOINT_URL.</param>
public sealed record AwsOptions(string? Region, string? ProfileName = null, string? EndpointUrl = null)
{
    /// <summary>The policy of docs/iam that holds what the caller needs: an error about a missing permission names its file.</summary>
    public string Policy { get; init; } = "read";
}
