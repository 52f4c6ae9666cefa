using EbsPv.Ports;
using EbsPv.Snapshots;
using EbsPv.Volumes;

namespace EbsPv.Swaps;

/// <summary>The swaps that a cluster notes as not finished: what their notes name is not free for anything else.</summary>
/// <remarks>The text of a note is searched, not its fields: one that cannot be read protects what it names all the same. What is looked for are
/// ids that nothing else contains.</remarks>
public sealed class SwapsUnderWay
{
    private readonly IReadOnlyList<(NotedSwap Swap, string Text)> _swaps;

    /// <summary>No swap, or nobody who was asked.</summary>
    public static SwapsUnderWay None { get; } = new([], []);

    /// <summary>By the claims of a cluster, and the holders among its PersistentVolumes.</summary>
    public SwapsUnderWay(IEnumerable<EbsPersistentVolumeClaim> claims, IEnumerable<EbsPersistentVolume> volumes)
    {
        // A note that was copied keeps what it names, too, and is told of where nothing else does.
        _swaps =
        [
            .. claims.Where(claim => SwapIntent.IsNotedIn(claim.Annotations)).Select(claim => (Swap: NotedSwap.On(claim)!, claim.Annotations[SwapIntent.Annotation])).OrderBy(one => one.Swap.IsCopied),
            .. volumes.Where(volume => SwapIntent.IsNotedIn(volume.Annotations)).Select(volume => (NotedSwap.On(volume)!, volume.Annotations[SwapIntent.Annotation])),
        ];
    }

    /// <summary>Reads claims and PersistentVolumes page by page, and keeps their notes.</summary>
    public static async Task<SwapsUnderWay> ReadAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var holders = HoldersAsync(cluster, cancellationToken);
        var claims = NotedClaimsAsync(cluster, cancellationToken);
        await Task.WhenAll(holders, claims).ConfigureAwait(false);
        return new SwapsUnderWay(await claims.ConfigureAwait(false), await holders.ConfigureAwait(false));
    }

    /// <summary>Whether a swap names one of these: the id of a volume or snapshot, or the operation that it was made for.</summary>
    public bool Name(params IEnumerable<string?> ids) =>
        ids.Any(id => !string.IsNullOrEmpty(id) && _swaps.Any(one => one.Text.Contains(id, StringComparison.Ordinal)));

    /// <summary>The swap that a disk is in the middle of: as the one that is replaced or converted, or as the copy that is to take its place; null for
    /// none.</summary>
    /// <param name="volumeId">The disk.</param>
    /// <param name="tags">Its tags; null when they are not known, and then a copy is not told from any other disk.</param>
    public NotedSwap? Of(string volumeId, IReadOnlyDictionary<string, string>? tags)
    {
        var operation = tags?.GetValueOrDefault(SnapshotTags.Operation);
        // One that was given up is marked, and nobody's.
        var replaced = tags is not null && !VolumeTags.IsRetired(tags) ? tags.GetValueOrDefault(VolumeTags.Replaces) : null;
        return _swaps.FirstOrDefault(one => one.Swap.Intent is { } intent
            ? intent.VolumeId == volumeId || intent.VolumeId == replaced || (operation is not null && intent.Operation == operation)
            : new[] { volumeId, operation, replaced }.Any(id => !string.IsNullOrEmpty(id) && one.Text.Contains(id, StringComparison.Ordinal))).Swap;
    }

    /// <summary>The swap that a PersistentVolume is in the middle of, itself or as its holder; null for none.</summary>
    public NotedSwap? Of(EbsPersistentVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return _swaps.FirstOrDefault(one => one.Swap.PersistentVolume == volume.Name || one.Swap.Holder?.Name is { } holder && (holder == volume.Name || holder == SwapHolder.NameFor(volume.Name))).Swap;
    }

    /// <summary>The claims of all namespaces that hold a note.</summary>
    internal static async Task<IReadOnlyList<EbsPersistentVolumeClaim>> NotedClaimsAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        var noted = new List<EbsPersistentVolumeClaim>();
        await foreach (var page in cluster.ListAllClaimsAsync(cancellationToken).ConfigureAwait(false))
            noted.AddRange(page.Where(claim => SwapIntent.IsNotedIn(claim.Annotations)));
        return noted;
    }

    private static async Task<IReadOnlyList<EbsPersistentVolume>> HoldersAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        var holders = new List<EbsPersistentVolume>();
        await foreach (var page in cluster.ListPersistentVolumesAsync(cancellationToken).ConfigureAwait(false))
            holders.AddRange(page.Items.Where(volume => SwapIntent.IsNotedIn(volume.Annotations)));
        return holders;
    }
}
