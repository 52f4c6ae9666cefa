namespace EbsPv.Swaps;

/// <summary>Where the intent of a swap stands while it is under way.</summary>
internal interface ISwapNote
{
    /// <summary>Writes the intent, or its newest state.</summary>
    /// <exception cref="Errors.EbsPvException">SwapUnderWay, when another swap is noted there; ClaimLost, when the claim went away.</exception>
    Task WriteAsync(SwapIntent intent, CancellationToken cancellationToken);

    /// <summary>Takes the intent away, when it is still this swap's.</summary>
    Task RemoveAsync(SwapIntent intent, CancellationToken cancellationToken);
}
