using EbsPv.Errors;

namespace EbsPv.Moves;

/// <summary>PersistentVolumes that are to be prepared for a move.</summary>
/// <param name="PersistentVolumes">As they are.</param>
/// <param name="Refusals">Why others are not prepared.</param>
/// <param name="ResourceVersion">The state of the list that they come from.</param>
public sealed record MovePreparationPlan(IReadOnlyList<EbsPersistentVolume> PersistentVolumes, IReadOnlyList<EbsPvException> Refusals, string ResourceVersion);
