using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.Moves;

/// <summary>Who else looks after a PersistentVolume, and would put the old one back or remove the new one.</summary>
/// <remarks>Sources: the tracking marks of Argo CD, Flux (kustomize- and helm-controller) and Helm.</remarks>
public static class ManagedElsewhere
{
    private const string ArgoCd = "argocd.argoproj.io/", Flux = ".toolkit.fluxcd.io/", Helm = "meta.helm.sh/";

    /// <summary>Who it is; null when nobody is known.</summary>
    public static string? Manager(EbsPersistentVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        if (volume.Owner.Count > 0) return $"{string.Join(", ", volume.Owner.Select(Escaped.Text))}, which owns it";
        var marks = volume.Labels.Concat(volume.Annotations).ToList();
        if (Find(ArgoCd) is { } application) return $"Argo CD ({application})";
        if (marks.Exists(mark => mark.Key.Contains(Flux, StringComparison.Ordinal))) return $"Flux ({Find(Flux)})";
        if (Find(Helm) is { } release) return $"Helm ({release})";
        return marks.Exists(mark => mark is { Key: "app.kubernetes.io/managed-by", Value: "Helm" }) ? "Helm" : null;

        string? Find(string key) => marks.Where(mark => mark.Key.Contains(key, StringComparison.Ordinal)).Select(mark => Escaped.Text($"{mark.Key}={mark.Value}")).FirstOrDefault();
    }

    /// <summary>The refusal; null when nobody else looks after it.</summary>
    /// <param name="volume">The PersistentVolume.</param>
    /// <param name="what">What was to be done, as in "is not moved".</param>
    public static EbsPvException? Refusal(EbsPersistentVolume volume, string what)
    {
        if (Manager(volume) is not { } manager) return null;
        return new EbsPvException(
            ErrorKind.InvalidState, ErrorIds.ManagedElsewhere, $"The PersistentVolume {volume.Name} {what}: it is looked after by {manager}, and would be put back as it was.")
        {
            Target = volume.Name,
            RecommendedAction = "Pause that first. -ManifestPath writes the new manifest, to be committed in its place; -AllowManaged then consents.",
        };
    }
}
