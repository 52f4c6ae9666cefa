using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Swaps;
using EbsPv.Templates;
using EbsPv.Volumes;

namespace EbsPv.PersistentVolumes;

/// <summary>Works out what registering a volume comes to, given the facts of the cluster. It makes no call.</summary>
public static class RegistrationPlanner
{
    /// <summary>Refuses what must not be registered whatever the cluster says.</summary>
    /// <exception cref="EbsPvException">PvNameInvalid, VolumeIdInvalid, WrongResourceKind, ControlPlaneVolume, VolumeRetired, VolumeUnusable, VolumeClusterAmbiguous,
    /// and what the settings contradict each other in.</exception>
    public static void Check(VolumeToRegister volume, RegistrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(options);
        CheckSettings(volume, options);
        PersistentVolumeRules.CheckedName(volume.Name);
        if (volume.VolumeId is not null) VolumeIdRule.Checked(volume.VolumeId);
        if (volume.AvailabilityZone is { } zone) _ = ZoneName.RegionOf(zone);
        if (volume.State is "deleting" or "deleted" or "error")
            throw Refused(volume, ErrorIds.VolumeUnusable, $"is in the state '{volume.State}'", "Its data is gone or cannot be read: register another volume.");
        if (volume.IsRetired) throw Retired(volume);
        if (volume.Tags is not { } tags) return;
        if (VolumeOwnership.IsControlPlane(tags))
            throw Refused(volume, ErrorIds.ControlPlaneVolume, "belongs to the control plane (etcd)", "It is not storage for pods. Leave it alone.");
        if (VolumeTags.IsRetired(tags))
            throw Retired(volume);
        var clusters = VolumeOwnership.ClustersOf(tags);
        if (clusters.Count > 1)
            throw Refused(volume, ErrorIds.VolumeClusterAmbiguous, $"carries the names of {clusters.Count} clusters ({string.Join(", ", clusters.Select(Escaped.Text))})", "Find out whose it is and mend its tags first.");
    }

    private static void CheckSettings(VolumeToRegister volume, RegistrationOptions options)
    {
        try
        {
            PersistentVolumeComposer.Settings(volume, options, options.VolumeSource);
        }
        catch (EbsPvException wrong) when (volume.Template is not null)
        {
            throw TemplateErrors.At(volume.Template.Document, wrong);
        }
    }

    /// <summary>The plan for one volume.</summary>
    /// <exception cref="EbsPvException">ClusterMismatch, PersistentVolumeConflict, ClaimConflict.</exception>
    public static Registration Plan(VolumeToRegister volume, RegistrationOptions options, ClusterFacts facts, string context)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(facts);
        SameCluster.Check(volume.VolumeId ?? volume.Name, volume.ClusterName, volume.InstanceId, facts.InstanceIds, context);
        if (Existing(volume, facts) is { } existing)
        {
            CheckDocument(volume, options, existing);
            CheckReservation(volume, options, existing);
            return new Registration(volume, existing, null, [.. new[] { Cure(existing) }.OfType<string>(), .. Warned(existing.VolumeSource)])
            {
                SharedWarnings = [.. Tags(existing.VolumeSource), .. new[] { RegisteredDifferently.Warning(existing, volume, options) }.OfType<SharedWarning>()],
            };
        }

        var choice = SourceChoice.For(options.VolumeSource, volume.AvailabilityZone, facts);
        var spec = PersistentVolumeComposer.Compose(volume, options, choice);
        return new Registration(volume, null, spec, [.. Warned(choice.Source), .. Contents(volume, spec), .. StorageClassRules.Warnings(spec.StorageClassName, volume.AvailabilityZone, facts, options)])
        {
            SharedWarnings = [.. Tags(choice.Source)],
        };

        IEnumerable<string> Warned(VolumeSource source) => options.SkipPreflight ? [] : Preflight.Warnings(volume, source, facts);

        IEnumerable<SharedWarning> Tags(VolumeSource source) => !options.SkipPreflight && DriverTags.Missing(volume, source) is { } missing ? [missing] : [];
    }

    // Of several, the one that is in use: that is where the data is.
    private static EbsPersistentVolume? Existing(VolumeToRegister volume, ClusterFacts facts)
    {
        if (volume.VolumeId is not { } volumeId) return null;
        // A holder is nobody's: the swap that it notes is to be finished first.
        return facts.ByVolumeId[volumeId].Where(one => !SwapHolder.Is(one)).OrderBy(one => one.Status != "Bound").ThenBy(one => one.Status == "Terminating").ThenBy(one => one.Name, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>What of a PersistentVolume may not be as it was meant.</summary>
    public static IEnumerable<string> Contents(VolumeToRegister volume, PersistentVolumeSpec spec)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(spec);
        if (MountRules.UnknownAttributes(spec.VolumeAttributes) is { } unknown) yield return unknown;
        if (volume.Template is { HasAffinity: true, Affinity.NamesZones: false } template)
            yield return $"AffinityWithoutZone: {template.Document} says where pods may run, but no zone: pods of {spec.Name} can be sent where its volume cannot be attached.";
        if (volume is { AvailabilityZone: { } zone, Template.Affinity: var affinity } && affinity?.Beside(zone) is { Count: > 0 } others)
            yield return $"AffinityOfSeveralZones: {volume.Template!.Document} lets pods of {spec.Name} run in {Escaped.Text(string.Join(", ", others))} too, where its volume in {zone} cannot be attached. Name its own zone alone, or leave the nodeAffinity out: it is written from the volume's zone.";
        if (volume.Template is { Owner.Count: > 0 } owned)
            yield return $"OwnerLeftOut: {owned.Document} says that it belongs to {Escaped.Text(string.Join(", ", owned.Owner))}; that is left out, since a PersistentVolume whose owner is not in the cluster is deleted by its garbage collector.";
        if (spec.Source != VolumeSource.EksAutoMode && volume.Template is { HasAutoModeAffinity: true } autoMode)
            yield return $"AffinityOfAutoMode: {autoMode.Document} lets pods run on nodes of EKS Auto Mode only ({EbsDrivers.AutoModeZoneLabel}), and {EbsDrivers.Csi} mounts nothing there. Leave its nodeAffinity out: it is written from the volume's zone.";
    }

    // Which disk a document means, its name has said once: another one under it would be the wrong disk under the right name.
    private static void CheckDocument(VolumeToRegister volume, RegistrationOptions options, EbsPersistentVolume existing)
    {
        if (options.IsNamed || volume.Template is not { Name: { } name } template || existing.Name == name) return;
        throw new EbsPvException(
            ErrorKind.Conflict,
            ErrorIds.PersistentVolumeConflict,
            $"{template.Document} is for {name}, and the volume that it would take, {volume.VolumeId}, is registered as {existing.Name} already. Nothing was registered.")
        {
            Target = volume.VolumeId,
            RecommendedAction = "Pipe the volumes in the order of the documents, or give the document the name of that PersistentVolume.",
        };
    }

    // One that is there stays as it is: a reservation that somebody asks for later would have to take it from somebody else.
    private static void CheckReservation(VolumeToRegister volume, RegistrationOptions options, EbsPersistentVolume existing)
    {
        if ((options.Settings.Claim ?? volume.Settings?.Claim) is not { } claim || existing.Claim == claim.ToString()) return;
        throw new EbsPvException(
            ErrorKind.Conflict,
            ErrorIds.ClaimConflict,
            $"{volume.VolumeId} is registered as {existing.Name} already, {(existing.Claim is { } other ? $"for the claim {other}" : "for any claim")}, not for {claim}. It is left as it is.")
        {
            Target = volume.VolumeId,
            RecommendedAction = existing.Claim is null
                ? $"Claim it by name, which needs no reservation: Get-EbsPersistentVolume {existing.Name} | New-EbsPersistentVolumeClaim -Namespace {claim.Namespace} -Name {claim.Name}."
                : "Leave -ClaimName or -StatefulSet out, or take another volume.",
        };
    }

    /// <summary>A PersistentVolume that is yet to be posted, as -WhatIf shows it.</summary>
    public static EbsPersistentVolume Planned(Registration registration, string context)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var spec = registration.Spec ?? throw new ArgumentException("There is one already.", nameof(registration));
        return new EbsPersistentVolume
        {
            Name = spec.Name,
            Capacity = spec.Capacity,
            AccessModes = spec.AccessModes,
            ReclaimPolicy = spec.ReclaimPolicy,
            Status = "planned",
            StorageClassName = spec.StorageClassName,
            VolumeId = spec.VolumeId,
            AvailabilityZone = spec.AvailabilityZone,
            VolumeSource = spec.Source,
            FileSystemType = spec.FileSystemType,
            Partition = spec.Partition,
            MountOptions = spec.MountOptions,
            VolumeMode = spec.VolumeMode ?? MountRules.Filesystem,
            VolumeAttributes = spec.VolumeAttributes,
            VolumeAttributesClassName = spec.VolumeAttributesClassName,
            Claim = spec.Claim?.ToString(),
            Labels = spec.Labels.ToDictionary(label => label.Key, label => label.Value),
            Annotations = spec.Annotations.ToDictionary(annotation => annotation.Key, annotation => annotation.Value),
            Context = context,
            ClusterName = registration.Volume.ClusterName,
            Region = spec.AvailabilityZone is { } zone ? ZoneName.RegionOf(zone) : null,
        };
    }

    /// <summary>The cure for a PersistentVolume that no claim can bind as it is; null when one can.</summary>
    public static string? Cure(EbsPersistentVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return volume.Status switch
        {
            "Released" => $"PersistentVolumeReleased: {volume} was bound to the claim {volume.Claim}, which is gone; no other claim gets it. For a new claim of the same name it is kept by "
                + $"Test-EbsPersistentVolume {volume} -Code PersistentVolumeReleased | Repair-EbsPersistentVolume -Code PersistentVolumeReleased, unless a move or restore of it is under way.",
            "Failed" => $"PersistentVolumeFailed: {volume} could not be reclaimed{(volume.Reason is null ? "" : $" ({Escaped.Text(volume.Reason)})")}. Look at kubectl describe pv {volume}; its data is still on {volume.VolumeId}.",
            "Terminating" => $"PersistentVolumeTerminating: {volume} is being deleted and goes as soon as nothing uses it. Run the line again afterwards to register {volume.VolumeId} anew.",
            _ => null,
        };
    }

    /// <summary>Whether nothing shows that the volume belongs to this cluster, which is worth a warning.</summary>
    public static bool IsUnverified(VolumeToRegister volume, ClusterFacts facts)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(facts);
        return volume.InstanceId.Count == 0 || facts.InstanceIds.Count == 0;
    }

    private static EbsPvException Retired(VolumeToRegister volume) =>
        Refused(volume, ErrorIds.VolumeRetired, "was replaced by a move or restore", "Its successor is registered; this one waits to be removed.");

    private static EbsPvException Refused(VolumeToRegister volume, string errorId, string reason, string action) => new(
        ErrorKind.InvalidState, errorId, $"The volume {volume.VolumeId} {reason}, and is not registered.")
    {
        Target = volume.VolumeId,
        RecommendedAction = action,
    };
}
