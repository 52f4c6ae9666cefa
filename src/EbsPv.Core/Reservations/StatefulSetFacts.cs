using EbsPv.Ports;

namespace EbsPv.Reservations;

/// <summary>What the cluster has of a StatefulSet, read before anything is written.</summary>
/// <param name="Set">The StatefulSet; null when it is still to come.</param>
/// <param name="Template">Its claim template; null when it is still to come.</param>
/// <param name="StorageClassName">The class of its claims; null when it is still to come.</param>
/// <param name="Claims">The claims of its namespace.</param>
public sealed record StatefulSetFacts(
    StatefulSetInfo? Set, ClaimTemplate? Template, string? StorageClassName, IReadOnlyList<EbsPersistentVolumeClaim> Claims)
{
    /// <summary>Nothing is known of the cluster.</summary>
    public static StatefulSetFacts None { get; } = new(null, null, null, []);
}
