namespace EbsPv.Ports;

/// <summary>A page of PersistentVolumes.</summary>
/// <param name="Items">The EBS-backed ones among them.</param>
/// <param name="ResourceVersion">The state of the cluster that the whole list shows; a watch can go on from here.</param>
public sealed record PersistentVolumePage(IReadOnlyList<EbsPersistentVolume> Items, string ResourceVersion)
{
    /// <summary>All that the server says of one of them, by its name, as JSON. It is written out when it is asked for: few are.</summary>
    public Func<string, string?> Manifest { get; init; } = static _ => null;
}
