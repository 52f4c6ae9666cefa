using System.Management.Automation;
using EbsPv.Errors;

namespace EbsPv.PowerShell.Errors;

/// <summary>From EbsPv's failures to PowerShell's error records; the only place that makes any.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(Exception exception, object? target = null)
    {
        if (exception is not EbsPvException failure)
            return new ErrorRecord(exception, "Unexpected", ErrorCategory.NotSpecified, target);
        return new ErrorRecord(failure, failure.ErrorId, Category(failure.Kind), failure.Target ?? target)
        {
            ErrorDetails = new ErrorDetails(failure.Message) { RecommendedAction = failure.RecommendedAction ?? string.Empty },
        };
    }

    private static ErrorCategory Category(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidInput => ErrorCategory.InvalidArgument,
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.Conflict => ErrorCategory.ResourceExists,
        ErrorKind.InvalidState => ErrorCategory.InvalidOperation,
        ErrorKind.Authentication => ErrorCategory.AuthenticationError,
        ErrorKind.PermissionDenied => ErrorCategory.PermissionDenied,
        ErrorKind.Quota => ErrorCategory.QuotaExceeded,
        ErrorKind.Throttled => ErrorCategory.LimitsExceeded,
        ErrorKind.Timeout => ErrorCategory.OperationTimeout,
        ErrorKind.Connection => ErrorCategory.ConnectionError,
        _ => ErrorCategory.NotSpecified,
    };
}
