namespace EbsPv.Errors;

/// <summary>Every failure of EbsPv, in the words that the user reads.</summary>
public sealed class EbsPvException : Exception
{
    /// <summary>Makes a failure of a kind, with its stable id and its message.</summary>
    public EbsPvException(ErrorKind kind, string errorId, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
        ErrorId = errorId;
    }

    /// <summary>What sort of failure.</summary>
    public ErrorKind Kind { get; }

    /// <summary>The stable id, one of <see cref="ErrorIds"/>.</summary>
    public string ErrorId { get; }

    /// <summary>What it was about: an id, a name, a zone.</summary>
    public object? Target { get; init; }

    /// <summary>What to do next, shown as the recommendation.</summary>
    public string? RecommendedAction { get; init; }

    /// <summary>The service's own error code (EC2's code, Kubernetes' reason), when a service refused.</summary>
    public string? ServiceCode { get; init; }

    /// <summary>A wrong parameter or piped object.</summary>
    public static EbsPvException Input(string errorId, string message, object? target = null, string? action = null) =>
        new(ErrorKind.InvalidInput, errorId, message) { Target = target, RecommendedAction = action };
}
