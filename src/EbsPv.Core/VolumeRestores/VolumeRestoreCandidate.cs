using EbsPv.Errors;

namespace EbsPv.VolumeRestores;

/// <summary>A snapshot that was read: what becomes of it, or why nothing does.</summary>
/// <param name="Plan">The plan; null when it is refused.</param>
/// <param name="Refusal">The refusal; null when there is a plan.</param>
public sealed record VolumeRestoreCandidate(VolumeRestorePlan? Plan, EbsPvException? Refusal);
