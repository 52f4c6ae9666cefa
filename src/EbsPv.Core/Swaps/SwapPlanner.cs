using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Snapshots;
using EbsPv.Volumes;

namespace EbsPv.Swaps;

/// <summary>Makes the plan of a swap, or takes up the one that an earlier run noted.</summary>
/// <param name="cluster">The cluster, asked for what the server says of a PersistentVolume.</param>
/// <param name="clusterName">The cluster's name in tags.</param>
public sealed class SwapPlanner(ICluster cluster, string clusterName)
{
    /// <summary>Whether an earlier run began this very swap, so that it is finished and not begun.</summary>
    /// <exception cref="EbsPvException">SwapUnderWay, when it began another one.</exception>
    public static bool IsBegun(SwapSubject subject, SwapKind kind, string destinationZone, string? snapshotId)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (subject.Noted is not { Intent: { } intent } noted || !IsOpen(subject)) return false;
        var isSame = intent.Kind == kind && intent.DestinationZone == destinationZone && (kind != SwapKind.Restore || intent.SnapshotId == snapshotId);
        return isSame ? true : throw SwapErrors.UnderWay(intent, noted.Claim?.ToString() ?? noted.Holder!.Name);
    }

    /// <summary>Whether an earlier run began a swap, whichever, and its PersistentVolume is fenced or gone. A note alone is none: it was not begun, or was
    /// given back.</summary>
    public static bool IsOpen(SwapSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (subject.Noted?.Intent is not { } intent) return false;
        return subject.Volume is not { } volume || (volume.Uid == intent.PersistentVolumeUid ? volume.ClaimUid == intent.Operation : !IsPutBack(subject, volume, intent));
    }

    /// <summary>The rest of a swap that an earlier run began.</summary>
    /// <param name="subject">The PersistentVolume.</param>
    /// <param name="oldVolume">Its disk.</param>
    /// <param name="snapshotId">What the new disk is made of after all, instead of a snapshot of the old one; null for what is noted.</param>
    public SwapPlan Resume(SwapSubject subject, ClusterEbsVolume oldVolume, string? snapshotId = null)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var intent = subject.Noted?.Intent ?? throw new ArgumentException("No swap is noted.", nameof(subject));
        if (snapshotId is not null) intent = intent with { SnapshotId = snapshotId, SnapshotBegun = null };
        var plan = Described(intent, subject, oldVolume);
        return plan with { Old = subject.Volume is { } volume && volume.Uid == intent.PersistentVolumeUid ? volume : null };
    }

    /// <summary>A new swap.</summary>
    /// <param name="subject">The PersistentVolume.</param>
    /// <param name="kind">Why.</param>
    /// <param name="oldVolume">Its disk.</param>
    /// <param name="destinationZone">Zone of the new disk.</param>
    /// <param name="snapshotId">What the new disk is made of; null for a snapshot of the old one, made on the way.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="EbsPvException">PersistentVolumeNotFound.</exception>
    public async Task<SwapPlan> BeginAsync(
        SwapSubject subject, SwapKind kind, ClusterEbsVolume oldVolume, string destinationZone, string? snapshotId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(oldVolume);
        var old = subject.Volume ?? throw new ArgumentException("There is no PersistentVolume.", nameof(subject));
        var current = subject.Manifest ?? await cluster.GetPersistentVolumeManifestAsync(old.Name, cancellationToken).ConfigureAwait(false) ?? throw Gone(old);
        var claim = subject.Claim is { } bound ? new ClaimReference(bound.Namespace, bound.Name) { Uid = bound.Uid } : SwapHolder.WithoutFence(ClaimReference.Of(old));
        var manifest = SwapManifest.For(current, claim, destinationZone, Affinity(old.VolumeSource, destinationZone));
        var intent = new SwapIntent
        {
            Operation = Guid.NewGuid().ToString(),
            Kind = kind,
            PersistentVolume = old.Name,
            PersistentVolumeUid = old.Uid!,
            VolumeId = oldVolume.VolumeId!,
            Region = oldVolume.Region,
            DestinationZone = destinationZone,
            SnapshotId = snapshotId,
            Manifest = kind == SwapKind.Convert ? SwapManifest.WithCsiSource(manifest, oldVolume.VolumeId!) : manifest,
        };
        // A run of this line noted it and got no further, or is about to: it is the same swap. With a snapshot under way it would be an older one.
        if (subject.Noted?.Intent is { SnapshotBegun: null, SnapshotId: null } noted && noted.IsSameAs(intent)) intent = noted;
        return Described(intent, subject, oldVolume) with { Old = old, CurrentManifest = current, IsNew = intent.Operation != subject.Noted?.Intent?.Operation };
    }

    // Somebody posted the old one again: by that its disk is in use again, and what was copied before that is not its data any more.
    private static bool IsPutBack(SwapSubject subject, EbsPersistentVolume volume, SwapIntent intent)
    {
        if (volume.VolumeId != intent.VolumeId || (intent.Kind == SwapKind.Convert && volume.VolumeSource != VolumeSource.InTree)) return false;
        // Whose it is by now is not to be taken away.
        return subject.Claim is { } claim ? volume.Claim is null || volume.Claim == claim.ToString() : volume.ClaimUid is null;
    }

    private SwapPlan Described(SwapIntent intent, SwapSubject subject, ClusterEbsVolume oldVolume)
    {
        var plan = new SwapPlan { Intent = intent, Claim = subject.Claim, Holder = subject.Noted?.Holder, OldVolume = oldVolume };
        if (intent.Kind == SwapKind.Convert) return plan;
        var copy = VolumeCopy.Of(oldVolume, clusterName);
        return plan with
        {
            Spec = copy.Spec,
            // It takes the member's place: the set's tags go with it.
            Tags = [.. copy.Tags, .. VolumeTags.OfPlace(oldVolume.Tags), new(VolumeTags.Replaces, intent.VolumeId), new(SnapshotTags.Operation, intent.Operation)],
            SnapshotTags = SnapshotTags.ForSwap(oldVolume, clusterName, intent.Operation, intent.PersistentVolume, subject.Claim?.ToString()),
        };
    }

    private static NodeRequirement[] Affinity(VolumeSource source, string zone) =>
        [new(source == VolumeSource.EksAutoMode ? EbsDrivers.AutoModeZoneLabel : EbsDrivers.ZoneLabel, "In", [zone])];

    private static EbsPvException Gone(EbsPersistentVolume volume) => new(
        ErrorKind.NotFound, ErrorIds.PersistentVolumeNotFound, $"The PersistentVolume {volume.Name} was deleted by somebody else meanwhile.")
    {
        Target = volume.Name,
        RecommendedAction = $"Its disk {volume.VolumeId} may be there still: Get-ClusterEbsVolume -VolumeId {volume.VolumeId}.",
    };
}
