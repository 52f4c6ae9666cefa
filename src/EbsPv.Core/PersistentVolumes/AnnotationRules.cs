using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Swaps;

namespace EbsPv.PersistentVolumes;

/// <summary>Which annotations users may put on a PersistentVolume.</summary>
/// <remarks>Source: the validation of Kubernetes' API server; the annotations that its controllers and kubectl act upon.</remarks>
public static class AnnotationRules
{
    /// <summary>Where kubectl apply looks for what it said last.</summary>
    public const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>Where kubectl rollout history looks for the reason of a change.</summary>
    public const string ChangeCause = "kubernetes.io/change-cause";

    /// <summary>The driver that deletes the volume when the reclaim policy says so.</summary>
    public const string ProvisionedBy = "pv.kubernetes.io/provisioned-by";

    private const int MaxBytes = 256 * 1024;
    private const string OwnPrefix = "ebspv/";

    // Of the object that a document was written from, not of the one that is made of it.
    private static readonly string[] NotCarried =
        [LastApplied, "pv.kubernetes.io/bound-by-controller", "pv.kubernetes.io/bind-completed", "pv.kubernetes.io/migrated-to", SwapIntent.Annotation, SwapIntent.PolicyAnnotation];

    private static readonly string[] Controllers = [ProvisionedBy, "pv.kubernetes.io/bound-by-controller", "pv.kubernetes.io/bind-completed", "pv.kubernetes.io/migrated-to"];

    /// <summary>Refuses annotations that Kubernetes refuses, and those that somebody else acts upon.</summary>
    /// <exception cref="EbsPvException">AnnotationInvalid.</exception>
    public static void Check(IReadOnlyDictionary<string, string> annotations)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        foreach (var key in annotations.Keys)
        {
            CheckKey(key);
            if (key == LastApplied) throw Invalid(key, "kubectl's record has to agree with the object to the letter.", "Use -SaveConfig, which writes it.");
            if (key == ChangeCause) throw Invalid(key, "it says which command made the object.", "Use -Record, which writes it.");
            if (Controllers.Contains(key)) throw Invalid(key, "Kubernetes' controllers act upon it.", "Leave it out; what is needed is written by itself.");
        }

        CheckSize(annotations);
    }

    /// <summary>A document's annotations without those that servers, kubectl and EbsPv note on an object; of the rest, what Kubernetes refuses is refused.</summary>
    /// <exception cref="EbsPvException">AnnotationInvalid.</exception>
    public static IReadOnlyDictionary<string, string> CheckedOfDocument(IReadOnlyDictionary<string, string> annotations)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        var carried = annotations.Where(pair => !NotCarried.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var key in carried.Keys) CheckKey(key);
        CheckSize(carried);
        return carried;
    }

    private static void CheckKey(string key)
    {
        if (!PersistentVolumeRules.IsQualifiedName(key)) throw Invalid(key, "a key is an optional DNS prefix and '/', and up to 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit.", "Change the key.");
        if (key.StartsWith(OwnPrefix, StringComparison.Ordinal)) throw Invalid(key, "keys beginning with ebspv/ are EbsPv's own.", "Change the key.");
    }

    private static void CheckSize(IReadOnlyDictionary<string, string> annotations)
    {
        var bytes = annotations.Sum(pair => System.Text.Encoding.UTF8.GetByteCount(pair.Key) + System.Text.Encoding.UTF8.GetByteCount(pair.Value));
        if (bytes > MaxBytes) throw Invalid(annotations.Keys.First(), $"annotations may have {MaxBytes:N0} bytes together, and these have {bytes:N0}.", "Shorten them.");
    }

    private static EbsPvException Invalid(string key, string rule, string action) => EbsPvException.Input(
        ErrorIds.AnnotationInvalid, $"The annotation '{Escaped.Text(key)}' is not possible: {rule}", key, $"{action} Nothing was registered.");
}
