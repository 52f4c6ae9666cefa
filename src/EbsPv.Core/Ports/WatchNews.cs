namespace EbsPv.Ports;

/// <summary>What a watch tells: one change, or, where it had to begin again, everything that there is.</summary>
/// <param name="Present">Objects in their newest state.</param>
/// <param name="Gone">Objects that were deleted, in their last state.</param>
/// <param name="IsComplete">Whether <paramref name="Present"/> is all there is, so that what is missing there is gone.</param>
public sealed record WatchNews<T>(IReadOnlyList<T> Present, IReadOnlyList<T> Gone, bool IsComplete);
