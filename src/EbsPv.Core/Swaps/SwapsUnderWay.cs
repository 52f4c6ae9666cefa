using EbsPv.Ports;

namespace EbsPv.Swaps;

/// <summary>The swaps that a cluster notes as not finished: what their notes name is not free for anything else.</summary>
/// <remarks>The text of a note is searched, not its fields: one that cannot be read protects what it names all the same. What is looked for are
/// ids that nothing else contains.</remarks>
public sealed class SwapsUnderWay
{
    private readonly IReadOnlyList<string> _notes;

    /// <summary>By the claims of a cluster, and the holders among its PersistentVolumes.</summary>
    public SwapsUnderWay(IEnumerable<EbsPersistentVolumeClaim> claims, IEnumerable<EbsPersistentVolume> volumes)
    {
        _notes =
        [
            .. claims.Select(claim => claim.Annotations).Concat(volumes.Select(volume => volume.Annotations))
                .Select(annotations => annotations.GetValueOrDefault(SwapIntent.Annotation))
                .OfType<string>(),
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
        ids.Any(id => !string.IsNullOrEmpty(id) && _notes.Any(note => note.Contains(id, StringComparison.Ordinal)));

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
