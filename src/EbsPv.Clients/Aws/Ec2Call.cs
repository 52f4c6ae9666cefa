namespace EbsPv.Clients.Aws;

/// <summary>A call, as errors and -Verbose name it.</summary>
/// <param name="Action">EC2's name of it.</param>
/// <param name="Region">The region asked.</param>
/// <param name="Endpoint">The endpoint, when it is not the region's own.</param>
/// <param name="Target">What it is about.</param>
/// <param name="Idempotent">Whether it can be sent again when its answer was lost.</param>
internal sealed record Ec2Call(string Action, string Region, string? Endpoint, string Target, bool Idempotent = true)
{
    /// <summary>The profile whose credentials sign it; null for none by name.</summary>
    public string? Profile { get; init; }

    /// <summary>The policy of docs/iam that allows it.</summary>
    public string Policy { get; init; } = "read";
}
