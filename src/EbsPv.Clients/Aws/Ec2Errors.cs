using Amazon.EC2;
using Amazon.Runtime;
using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.Clients.Aws;

/// <summary>From what the SDK throws to what the user reads. No secret passes: EC2's messages hold none, and the SDK's own exceptions,
/// whose requests are signed, stay behind.</summary>
internal static class Ec2Errors
{
    private static readonly HashSet<string> Throttles = ["RequestLimitExceeded", "Throttling", "ThrottlingException", "TooManyRequestsException"];

    private static readonly HashSet<string> Authentications =
    [
        "AuthFailure", "InvalidClientTokenId", "SignatureDoesNotMatch", "MissingAuthenticationToken", "ExpiredToken", "ExpiredTokenException",
        "RequestExpired", "UnrecognizedClientException", "IncompleteSignature", "InvalidSecurity",
    ];

    private static readonly HashSet<string> Denials = ["UnauthorizedOperation", "AccessDenied", "AccessDeniedException", "OptInRequired"];

    private static readonly HashSet<string> Quotas = ["VolumeLimitExceeded", "MaxIOPSLimitExceeded", "SnapshotLimitExceeded", "ResourceLimitExceeded"];

    /// <summary>Whether EC2 refused the call because its credentials have ended.</summary>
    public static bool IsExpired(EbsPvException failure) => failure.ServiceCode is "ExpiredToken" or "ExpiredTokenException" or "RequestExpired";

    public static EbsPvException From(Exception exception, Ec2Call call) => exception switch
    {
        // The SDK wraps what is thrown while it looks for credentials.
        _ when Root(exception) is EbsPvException own => own,
        AmazonServiceException { ErrorCode: { Length: > 0 } code } refusal when refusal is AmazonEC2Exception || refusal.StatusCode != 0 =>
            FromCode(code, refusal.Message, refusal.RequestId, call),
        AmazonServiceException or HttpRequestException or IOException or TaskCanceledException or TimeoutException => Unreachable(exception, call),
        AmazonClientException => NoCredentials(exception, call),
        _ => NotEc2(Escaped.Text(Root(exception).Message), call),
    };

    /// <summary>What answered is not EC2, or is ill.</summary>
    public static EbsPvException NotEc2(string what, Ec2Call call) => new(
        ErrorKind.Service,
        ErrorIds.AwsServiceFailed,
        $"The answer to {call.Action} in {call.Region}{At(call)} is not one of EC2's: {what}")
    {
        Target = call.Target,
        RecommendedAction = "Check -EndpointUrl (AWS_ENDPOINT_URL) and what stands between: a proxy, a login page.",
    };

    private static EbsPvException FromCode(string code, string message, string? requestId, Ec2Call call)
    {
        var denial = Denials.Contains(code) ? Ec2Denial.From(message, call) : null;
        var (kind, id, action) = denial is null ? Classify(code, call) : (ErrorKind.PermissionDenied, ErrorIds.AwsPermissionDenied, denial.NextStep(call));
        var text = denial?.Text(call)
            ?? $"EC2 refused {call.Action} {(kind == ErrorKind.Quota ? $"of {call.Target}" : $"in {call.Region}")}: {Escaped.Text(message)} ({Escaped.Text(code)})";
        return new EbsPvException(kind, id, requestId is null ? text : $"{text} [request {requestId}]")
        {
            Target = call.Target,
            ServiceCode = Escaped.Text(code),
            RecommendedAction = action,
        };
    }

    private static (ErrorKind Kind, string Id, string Action) Classify(string code, Ec2Call call)
    {
        if (Throttles.Contains(code))
            return (ErrorKind.Throttled, ErrorIds.AwsThrottled, "Something else uses up the account's rate of calls: run the line again later, it goes on where it stopped.");
        if (code.StartsWith("Expired", StringComparison.Ordinal) || code == "RequestExpired")
            return (ErrorKind.Authentication, ErrorIds.AwsAuthenticationFailed, $"The credentials have expired: {Login(call)}, then run the same line; it goes on where it stopped.");
        if (Authentications.Contains(code))
            return (ErrorKind.Authentication, ErrorIds.AwsAuthenticationFailed, "See who you are: aws sts get-caller-identity. -ProfileName chooses other credentials.");
        if (code == "SnapshotLimitExceeded")
            return (ErrorKind.Quota, ErrorIds.VolumeQuotaExceeded, "Raise the quota of Amazon EBS snapshots in Service Quotas, or remove old ones: Remove-ClusterEbsSnapshot -KeepLast 7 -OlderThan 30d -WhatIf shows which.");
        if (Quotas.Contains(code))
            return (ErrorKind.Quota, ErrorIds.VolumeQuotaExceeded, "Raise the quota of Amazon EBS in Service Quotas, or remove volumes that nobody needs.");
        if (code == "InsufficientVolumeCapacity")
            return (ErrorKind.Quota, ErrorIds.InsufficientVolumeCapacity, "Run the same line later, or ask for another -VolumeType; the other zones are not touched by this.");
        if (code == "VolumeModificationRateExceeded")
            return (ErrorKind.Quota, ErrorIds.VolumeModificationLimit, "Run the same line when EC2 takes the next change; by its documentation that is four changes of a volume in 24 hours. Ask for size, type and performance in one change.");
        if (code == "IncorrectModificationState")
            return (ErrorKind.InvalidState, ErrorIds.VolumeModificationUnderWay, "EC2 takes the next change of a volume when the former one is completed, which can take hours: run the same line then.");
        if (code == "VolumeInUse")
            return (ErrorKind.InvalidState, ErrorIds.VolumeInUse, "Stop the pod that uses it; the driver then detaches it. EbsPv never detaches by force.");
        if (code == "InvalidSnapshot.InUse")
            return (ErrorKind.InvalidState, ErrorIds.SnapshotInUse, "An image (AMI) is made of it: deregister the image first, if nobody needs it, then run the line again.");
        if (code == "InvalidSnapshot.NotFound")
            return (ErrorKind.NotFound, ErrorIds.SnapshotNotFound, "Check the id and -Region.");
        if (code.EndsWith(".NotFound", StringComparison.Ordinal) && code != "InvalidZone.NotFound")
            return (ErrorKind.NotFound, ErrorIds.VolumeNotFound, "Check the id and -Region.");
        if (code is "InternalError" or "InternalFailure" or "Unavailable" or "ServiceUnavailable" or "503" or "500" or "502")
            return (ErrorKind.Service, ErrorIds.AwsServiceFailed, "EC2 failed, not you: run the same line again, it goes on where it stopped.");
        return (ErrorKind.InvalidInput, ErrorIds.VolumeRequestInvalid, "Change what EC2 names, and run the line again; what was made is kept.");
    }

    private static EbsPvException Unreachable(Exception exception, Ec2Call call) => new(
        ErrorKind.Connection,
        ErrorIds.AwsUnreachable,
        $"EC2 in {call.Region} did not answer {call.Action}{At(call)}: {Root(exception).Message}")
    {
        Target = call.Target,
        RecommendedAction = "Check the network, -Region and -EndpointUrl (AWS_ENDPOINT_URL); then run the same line again, it goes on where it stopped.",
    };

    private static EbsPvException NoCredentials(Exception exception, Ec2Call call) => new(
        ErrorKind.Authentication,
        ErrorIds.AwsAuthenticationFailed,
        $"No usable AWS credentials for {call.Action} in {call.Region}: {Escaped.Text(Why(exception))}")
    {
        Target = call.Target,
        RecommendedAction = $"{Capital(Login(call))}, set AWS_PROFILE, or name a profile with -ProfileName.",
    };

    private static string Login(Ec2Call call) => $"log in again (aws sso login{(call.Profile is null ? "" : $" --profile {call.Profile}")}, or renew the session)";

    // The SDK lists what each of its places said, over many lines.
    private static string Why(Exception exception)
    {
        var message = Root(exception).Message;
        return message.StartsWith("Failed to resolve AWS credentials", StringComparison.Ordinal)
            ? "none were found in the environment, a web identity, the profile or the machine."
            : message.Split('\n')[0].Trim();
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string At(Ec2Call call) => call.Endpoint is null ? "" : $" at {call.Endpoint}";

    private static Exception Root(Exception exception)
    {
        // Below a service's own refusal (of STS, say) lies only the SDK's bare HTTP error.
        while (exception is not AmazonServiceException { ErrorCode.Length: > 0 } && exception.InnerException is { } inner) exception = inner;
        return exception;
    }
}
