using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Templates;

/// <summary>Errors about what a document says.</summary>
internal static class TemplateErrors
{
    /// <summary>The failure with the document that it comes from.</summary>
    public static EbsPvException At(ManifestDocument document, EbsPvException failure, string? action = null) =>
        new(failure.Kind, failure.ErrorId, $"{document}: {failure.Message}", failure) { Target = failure.Target, RecommendedAction = action ?? failure.RecommendedAction };

    /// <summary>A document that is refused.</summary>
    public static EbsPvException Refused(ManifestDocument document, string errorId, string reason, string action) => new(
        ErrorKind.InvalidInput, errorId, $"{document} {reason}.")
    {
        Target = document.Path,
        RecommendedAction = action,
    };
}
