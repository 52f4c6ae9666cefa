using EbsPv.PersistentVolumes;

namespace EbsPv.PersistentVolumeClaims;

/// <summary>How claims are made, the same for all of a run; null where nothing was said.</summary>
public sealed record ClaimOptions
{
    /// <summary>Namespace of the claims.</summary>
    public string? Namespace { get; init; }

    /// <summary>The kube context's namespace, for PersistentVolumes that are kept for no claim.</summary>
    public string DefaultNamespace { get; init; } = "default";

    /// <summary>The class; empty for none.</summary>
    public string? StorageClassName { get; init; }

    /// <summary>The size, as Kubernetes writes it.</summary>
    public string? Request { get; init; }

    /// <summary>Access modes.</summary>
    public IReadOnlyList<string>? AccessModes { get; init; }

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Posts that are under way at one time.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>Whether a claim counts as done only when it is Bound.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>How long to wait for each.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The claim for a PersistentVolume: typed, else the one it is kept for, else one of its own name.</summary>
    public ClaimReference ClaimFor(EbsPersistentVolume volume, string? name)
    {
        ArgumentNullException.ThrowIfNull(volume);
        var kept = volume.Claim?.Split('/') is [var ns, var claim] ? new ClaimReference(ns, claim) : null;
        return new ClaimReference(Namespace ?? kept?.Namespace ?? DefaultNamespace, name ?? kept?.Name ?? volume.Name);
    }
}
