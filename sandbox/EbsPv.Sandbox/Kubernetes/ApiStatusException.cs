namespace EbsPv.Sandbox.Kubernetes;

/// <summary>Ends the handling of a request with a Status body.</summary>
public sealed class ApiStatusException(ApiStatus status) : Exception(status.Message)
{
    public ApiStatus Status { get; } = status;
}
