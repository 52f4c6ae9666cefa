namespace EbsPv.Sandbox.Server;

/// <summary>A fault to be played on matching requests.</summary>
public sealed record Fault
{
    public required FaultKind Kind { get; init; }

    /// <summary>What to call it by when it is looked for or released; null for no name.</summary>
    public string? Name { get; init; }

    /// <summary>The operation as the ledger names it; null for any.</summary>
    public string? Operation { get; init; }

    /// <summary>Part of the request's target; null for any.</summary>
    public string? Target { get; init; }

    /// <summary>Matching requests to let pass first.</summary>
    public int Skip { get; init; }

    /// <summary>Matching requests to play it on; -1 for all.</summary>
    public int Times { get; init; } = 1;

    public int Status { get; init; } = 500;

    /// <summary>EC2's error code or Kubernetes' reason.</summary>
    public string Code { get; init; } = "InternalError";

    public string Message { get; init; } = "The sandbox was told to fail this request.";

    public TimeSpan Delay { get; init; }

    /// <summary>Seconds for a Retry-After header; null for no header.</summary>
    public int? RetryAfter { get; init; }
}
