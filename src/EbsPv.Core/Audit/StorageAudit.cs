using System.Runtime.CompilerServices;
using EbsPv.Audit.Rules;
using EbsPv.Defaults;
using EbsPv.Storage;
using EbsPv.Swaps;

namespace EbsPv.Audit;

/// <summary>Judges what was joined, item by item as it arrives.</summary>
/// <param name="facts">What is judged by.</param>
/// <param name="codes">The codes that are looked for.</param>
public sealed class StorageAudit(AuditFacts facts, IReadOnlySet<string> codes)
{
    private static readonly IReadOnlyList<IAuditRule> Rules =
    [
        new VolumeGoneRule(), new VolumeFailedRule(), new UnregisteredVolumeRule(), new VolumeClusterAmbiguousRule(), new VolumeNotOfClusterRule(),
        new VolumeRegisteredTwiceRule(), new ZoneMismatchRule(), new ZoneLabelMismatchRule(), new NodeAffinityMissingRule(), new CapacityMismatchRule(),
        new VolumeTypeDriftRule(), new NoWorkerInZoneRule(), new DriverMissingRule(), new DriverNotInZoneRule(), new DriverNotOnNodeRule(),
        new DriverTagMissingRule(), new KopsProtectionMissingRule(), new ReclaimPolicyDeleteRule(), new ScaleDownDeletesClaimRule(),
        new PersistentVolumeReleasedRule(), new PersistentVolumeStuckRule(FindingCodes.PersistentVolumeFailed, "Failed"),
        new PersistentVolumeStuckRule(FindingCodes.PersistentVolumeTerminating, "Terminating"), new ClaimCannotBindRule(), new ClaimLostRule(),
        new StorageClassProvisionsRule(), new AttachedElsewhereRule(), new VolumeTypeGp2Rule(), new SnapshotMissingRule(), new InTreeSourceRule(),
    ];

    private readonly HashSet<(string Code, string Target)> _told = [];
    private readonly SetDrift _sets = new();

    /// <summary>The findings, each about another thing, as the items arrive; what concerns all of them comes last.</summary>
    public async IAsyncEnumerable<EbsPersistentVolumeFinding> JudgeAsync(IAsyncEnumerable<StorageItem> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            foreach (var finding in Judge(item))
                yield return finding;
        if (!codes.Contains(FindingCodes.SetDrift)) yield break;
        foreach (var finding in _sets.Close(facts)) yield return finding;
    }

    /// <summary>What is found about one item.</summary>
    public IEnumerable<EbsPersistentVolumeFinding> Judge(StorageItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (IsOfSwap(item)) return [];
        _sets.See(item);
        var swaps = Swaps(item).Where(finding => codes.Contains(finding.Code)).ToList();
        // What is in the middle of being replaced is judged when that is finished: until then nothing about it is as it will be.
        var rest = item with { Registrations = [.. item.Registrations.Where(one => !one.IsSwapping)] };
        if (Swaps(item).Any() && rest.Registrations.Count == 0) return New(swaps);
        return New(swaps.Concat(Rules.Where(rule => codes.Contains(rule.Code)).SelectMany(rule => rule.Judge(rest, facts))));
    }

    private List<EbsPersistentVolumeFinding> New(IEnumerable<EbsPersistentVolumeFinding> findings) =>
        [.. findings.Where(finding => _told.Add((finding.Code, finding.Target)))];

    // The old disk of a swap, or its new one that is not registered yet.
    private bool IsOfSwap(StorageItem item) => item is { Registrations.Count: 0, VolumeId: { } id, Volume: { } volume } && facts.Storage.Swaps.Of(id, volume.Tags) is not null;

    private IEnumerable<EbsPersistentVolumeFinding> Swaps(StorageItem item)
    {
        if (item.Claim is { Claim: { } claim } && NotedSwap.IsUnderWay(claim))
        {
            var intent = SwapIntent.In(claim.Annotations);
            var severity = claim.Status == "Lost" ? FindingSeverity.Error : FindingSeverity.Warning;
            return UnderWay(Findings.OfClaim(facts, claim, severity, FindingCodes.SwapUnderWay, Message($"the claim {claim}", intent), Line(intent)), intent);
        }

        return item.Registrations.Where(one => one.IsSwapping).SelectMany(one => UnderWay(
            Findings.OfPersistentVolume(facts, item, one, SeverityOf(one), FindingCodes.SwapUnderWay, Message(Findings.Named(one), one.Swap), Line(one.Swap)), one.Swap));
    }

    // No pod can start with it meanwhile: its claim is Lost, or of the PersistentVolume only the note is left.
    private static FindingSeverity SeverityOf(RegisteredVolume one) =>
        one.Claim is { Status: "Lost" } || SwapHolder.Is(one.PersistentVolume) ? FindingSeverity.Error : FindingSeverity.Warning;

    // The line that began a conversion finds it by its code, and has to find it until it is finished.
    private static IEnumerable<EbsPersistentVolumeFinding> UnderWay(EbsPersistentVolumeFinding finding, SwapIntent? intent) => intent is not { Kind: SwapKind.Convert }
        ? [finding]
        : [finding, finding with { Code = FindingCodes.InTreeSource, Severity = FindingSeverity.Information, Target = intent.PersistentVolume, PersistentVolume = intent.PersistentVolume, PersistentVolumeUid = null, VolumeId = intent.VolumeId, Fixable = true }];

    private static string Message(string what, SwapIntent? intent) => intent is { Kind: SwapKind.Convert }
        ? $"The in-tree source of {what} is being written anew for the CSI driver, and that is not finished."
        : $"Another disk is being put under {what}, and that is not finished.";

    private static string Line(SwapIntent? intent) => intent is null
        ? "Run the same line again to finish it. Its note cannot be read: look at the annotation " + SwapIntent.Annotation + "."
        : $"If no run is at work on it any more, run the same line again to finish it: {Escaped.Text(SwapErrors.Line(intent))}.";
}
