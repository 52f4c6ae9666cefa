using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Reservations;

namespace EbsPv.PowerShell.Binding;

/// <summary>One run of Register-EbsPersistentVolume: one cluster, whose facts were read once.</summary>
internal sealed class RegistrationRun(ICluster cluster, ClusterFacts facts, RegistrationOptions options, PipedVolume first, IReporter reporter)
{
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private readonly WarningTally _tally = new();

    public Registrar Registrar { get; } = new(cluster, facts, options, reporter: reporter);

    public string Context => cluster.Context;

    /// <summary>What has to be known of the cluster for volumes and options.</summary>
    /// <param name="options">The options.</param>
    /// <param name="volumes">The volumes, or the first of them.</param>
    /// <param name="setClass">The class that a StatefulSet asks for.</param>
    public static FactsNeeded Needed(RegistrationOptions options, IReadOnlyList<PipedVolume> volumes, string? setClass)
    {
        var looks = !options.SkipPreflight;
        var classes = !looks && !options.CreateStorageClass ? [] : volumes
            .Select(volume => options.Settings.StorageClassName ?? setClass ?? volume.Volume.Template?.Settings.StorageClassName ?? PersistentVolumeRules.DefaultStorageClass)
            .Where(name => name.Length > 0)
            .Distinct()
            .ToList();
        return new FactsNeeded(
            Nodes: looks || options.VolumeSource == VolumeSource.Auto || volumes.Any(volume => volume.Volume.InstanceId.Count > 0),
            Drivers: looks || options.VolumeSource == VolumeSource.Auto,
            Version: options.VolumeSource == VolumeSource.Auto || (looks && options.VolumeSource == VolumeSource.InTree),
            classes) { MakesClasses = options.CreateStorageClass };
    }

    public Registration Plan(PipedVolume volume) => RegistrationPlanner.Plan(volume.Volume, options, facts, Context);

    /// <summary>The volumes at their places in a StatefulSet, all of them checked before the first is registered.</summary>
    public IReadOnlyList<PipedVolume> Place(IReadOnlyList<PipedVolume> volumes, StatefulSetReference? statefulSet, StatefulSetFacts known, IReporter reporter)
    {
        var placed = volumes;
        if (statefulSet is not null)
        {
            var plan = OrdinalReservation.Assign([.. volumes.Select(volume => volume.Volume)], statefulSet, known, facts, options.Settings);
            foreach (var warning in new[] { plan.Warning, plan.ZonesWarning }.OfType<string>()) reporter.Warning(warning);
            placed = [.. plan.Volumes.Select(volume => volumes[0] with { Volume = volume })];
        }

        foreach (var volume in placed) Plan(volume);
        return placed;
    }

    /// <summary>Whether the claims that volumes are to be kept for can have them, where the volumes are not registered yet.</summary>
    public async Task<bool> CheckClaimsAsync(IReadOnlyList<PipedVolume> volumes, CancellationToken cancellationToken)
    {
        var wanted = volumes.Select(volume => Plan(volume).Spec).OfType<PersistentVolumeSpec>().ToList();
        ClaimReservation.CheckOnce(wanted, facts);
        await ClaimReservation.CheckAsync(cluster, wanted, cancellationToken);
        return true;
    }

    /// <summary>What has to be done so that the volumes' classes are there and allow their zones.</summary>
    public IEnumerable<StorageClassPlan> StorageClassPlans(IReadOnlyList<PipedVolume> volumes)
    {
        if (!options.CreateStorageClass) return [];
        return volumes
            .GroupBy(volume => Plan(volume) is var plan && plan.Spec is { } spec ? spec.StorageClassName : plan.Existing!.StorageClassName ?? "")
            .Where(volumesOfClass => facts.StorageClasses.ContainsKey(volumesOfClass.Key))
            .Select(volumesOfClass => StorageClassPlan.For(
                volumesOfClass.Key,
                facts.StorageClasses[volumesOfClass.Key],
                [.. volumesOfClass.Select(volume => volume.Volume.AvailabilityZone).OfType<string>().Distinct()],
                [.. volumesOfClass.Select(volume => volume.Volume.VolumeType)]))
            .OfType<StorageClassPlan>();
    }

    /// <summary>Refuses a volume of another cluster than the first one's.</summary>
    public void CheckSameCluster(PipedVolume volume, bool contextTyped) =>
        volume.CheckSame(first.Volume.ClusterName, contextTyped ? null : Context, ", whose volumes go on");

    /// <summary>What is said of several volumes at once, after the last of them.</summary>
    public IEnumerable<string> SharedWarnings() => _tally.Texts();

    /// <summary>The warnings that this run has not given yet.</summary>
    public IEnumerable<string> NewWarnings(Registration registration)
    {
        foreach (var shared in registration.SharedWarnings) _tally.Note(shared);
        var warnings = registration.Warnings.AsEnumerable();
        if (registration.Existing is null && RegistrationPlanner.IsUnverified(registration.Volume, facts))
            warnings = warnings.Append($"ClusterNotVerified: nothing shows that the volumes belong to the cluster behind the kube context '{Context}'; volumes from Get-WorkerZone | New-ClusterEbsVolume carry what shows it.");
        return warnings.Where(_said.Add).ToList();
    }
}
