namespace EbsPv.Errors;

/// <content>What AWS and Kubernetes answer.</content>
public static partial class ErrorIds
{
    // Services
    /// <summary>AWS does not accept the credentials.</summary>
    public const string AwsAuthenticationFailed = nameof(AwsAuthenticationFailed);
    /// <summary>AWS allows the credentials something else.</summary>
    public const string AwsPermissionDenied = nameof(AwsPermissionDenied);
    /// <summary>EC2 refused the request.</summary>
    public const string VolumeRequestInvalid = nameof(VolumeRequestInvalid);
    /// <summary>A quota of the account is used up.</summary>
    public const string VolumeQuotaExceeded = nameof(VolumeQuotaExceeded);
    /// <summary>The zone has no room for such a volume just now.</summary>
    public const string InsufficientVolumeCapacity = nameof(InsufficientVolumeCapacity);
    /// <summary>EC2 asked for fewer calls, until the deadline.</summary>
    public const string AwsThrottled = nameof(AwsThrottled);
    /// <summary>EC2 cannot be reached.</summary>
    public const string AwsUnreachable = nameof(AwsUnreachable);
    /// <summary>EC2 failed.</summary>
    public const string AwsServiceFailed = nameof(AwsServiceFailed);
    /// <summary>Kubernetes does not accept the credentials.</summary>
    public const string KubeAuthenticationFailed = nameof(KubeAuthenticationFailed);
    /// <summary>Kubernetes allows the user something else.</summary>
    public const string KubePermissionDenied = nameof(KubePermissionDenied);
    /// <summary>Kubernetes asked for fewer calls, until the deadline.</summary>
    public const string KubeThrottled = nameof(KubeThrottled);
    /// <summary>The API server cannot be reached.</summary>
    public const string KubeUnreachable = nameof(KubeUnreachable);
    /// <summary>The API server failed.</summary>
    public const string KubeServiceFailed = nameof(KubeServiceFailed);
}
