using EbsPv.Errors;
using EbsPv.Swaps;

namespace EbsPv.Moves;

/// <summary>What a line of moves comes to.</summary>
/// <param name="Plans">The moves.</param>
/// <param name="Done">PersistentVolumes that an earlier run has moved to the zone.</param>
/// <param name="Refusals">Why others are not moved.</param>
/// <param name="Facts">What was read of the cluster.</param>
public sealed record MovePlanning(
    IReadOnlyList<MovePlan> Plans, IReadOnlyList<EbsPersistentVolume> Done, IReadOnlyList<EbsPvException> Refusals, SwapFacts Facts);
