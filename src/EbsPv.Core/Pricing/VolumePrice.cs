namespace EbsPv.Pricing;

/// <summary>What a volume type costs in a region, a month.</summary>
/// <param name="Storage">Each GiB; null where only a part of the price is known.</param>
public sealed record VolumePrice(decimal? Storage)
{
    /// <summary>Each of the IOPS that are paid for, by tier: up to 32,000, up to 64,000, and above. Where there is one, it is for all of them.</summary>
    public IReadOnlyList<decimal> Iops { get; init; } = [];

    /// <summary>Each MiB/s of throughput that is paid for; null where there is none to pay for.</summary>
    public decimal? Throughput { get; init; }

    /// <summary>The day of the price list; null for a price that the user gave.</summary>
    public string? Date { get; init; }
}
