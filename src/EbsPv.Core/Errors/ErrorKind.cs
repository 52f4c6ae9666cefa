namespace EbsPv.Errors;

/// <summary>What sort of failure it was; PowerShell shows it as the error's category.</summary>
public enum ErrorKind
{
    /// <summary>A parameter or a piped object is wrong; no call was made for it.</summary>
    InvalidInput,

    /// <summary>What was asked for does not exist.</summary>
    NotFound,

    /// <summary>Something else stands where this should go.</summary>
    Conflict,

    /// <summary>What is there contradicts what was asked for.</summary>
    InvalidState,

    /// <summary>The credentials are missing, wrong or expired.</summary>
    Authentication,

    /// <summary>The credentials are good and may not do this.</summary>
    PermissionDenied,

    /// <summary>A quota of the account is used up.</summary>
    Quota,

    /// <summary>The service asks for fewer calls.</summary>
    Throttled,

    /// <summary>It did not happen in time.</summary>
    Timeout,

    /// <summary>The service cannot be reached.</summary>
    Connection,

    /// <summary>The service answered with a failure of its own.</summary>
    Service,
}
