using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;

namespace EbsPv.PowerShell.Binding;

/// <summary>One run of Register-EbsPersistentVolume: one cluster, whose facts were read once.</summary>
internal sealed class RegistrationRun(Registrar registrar, ClusterFacts facts, string context, PipedVolume first)
{
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public Registrar Registrar => registrar;

    public ClusterFacts Facts => facts;

    public string Context => context;

    /// <summary>Whether the volume came for the first time. Twice in one pipeline it would get a second PersistentVolume, under another
    /// name, since the cluster's are read once.</summary>
    public bool Take(PipedVolume volume) => volume.Volume.VolumeId is not { } volumeId || _taken.Add(volumeId);

    /// <summary>Refuses a volume of another cluster than the first one's.</summary>
    public void CheckSameCluster(PipedVolume volume, bool contextTyped)
    {
        if (volume.Volume.ClusterName is { } cluster && first.Volume.ClusterName is { } began && cluster != began) throw Mixed(volume, "cluster", cluster, began);
        if (!contextTyped && volume.Context is { } other && other != context) throw Mixed(volume, "kube context", other, context);
    }

    /// <summary>The warnings that this run has not given yet.</summary>
    public IEnumerable<string> NewWarnings(Registration registration)
    {
        var warnings = registration.Warnings.AsEnumerable();
        if (registration.Existing is null && RegistrationPlanner.IsUnverified(registration.Volume, facts))
            warnings = warnings.Append($"ClusterNotVerified: nothing shows that the volumes belong to the cluster behind the kube context '{context}'; volumes from Get-WorkerZone | New-ClusterEbsVolume carry what shows it.");
        return warnings.Where(_said.Add).ToList();
    }

    private static EbsPvException Mixed(PipedVolume volume, string what, string given, string began) => EbsPvException.Input(
        ErrorIds.MixedCluster,
        $"The volume {volume.Volume.VolumeId ?? volume.Volume.Name} belongs to the {what} '{Escaped.Text(given)}', and this pipeline began with '{Escaped.Text(began)}', whose volumes go on.",
        volume.Volume.VolumeId,
        "Run the line once for each cluster.");
}
