namespace EbsPv.Pricing;

/// <summary>List prices of EBS volumes, as data: on demand, without taxes and discounts, in US dollars.</summary>
/// <remarks>Source: AWS' price list of Amazon EC2 as published on the table's date. Only regions whose figures could be looked up stand here; a region that
/// is missing has no figure. <c>standard</c> is left out: its price depends on the requests.</remarks>
internal static class PriceTable
{
    /// <summary>The day on which the price list was published.</summary>
    public const string Date = "2026-10-06";

    private static readonly Dictionary<string, Dictionary<string, VolumePrice>> Regions = new(StringComparer.Ordinal)
    {
        ["us-east-1"] = Region(0.08m, 0.005m, 0.04m, 0.10m, 0.125m, 0.065m, [0.065m, 0.0455m, 0.03185m], 0.045m, 0.015m),
        ["us-west-2"] = Region(0.08m, 0.005m, 0.04m, 0.10m, 0.125m, 0.065m, [0.065m, 0.0455m, 0.03185m], 0.045m, 0.015m),
        ["eu-west-1"] = Region(0.088m, 0.0055m, 0.044m, 0.11m, 0.138m, 0.072m, [0.072m, 0.0504m, 0.03528m], 0.05m, 0.0168m),
    };

    /// <summary>The price; null where the table has none.</summary>
    public static VolumePrice? Find(string region, string volumeType) => Regions.GetValueOrDefault(region)?.GetValueOrDefault(volumeType);

    private static Dictionary<string, VolumePrice> Region(
        decimal gp3, decimal gp3Iops, decimal gp3Throughput, decimal gp2, decimal io, decimal io1Iops, decimal[] io2Iops, decimal st1, decimal sc1) => new(StringComparer.Ordinal)
        {
            ["gp3"] = new(gp3) { Iops = [gp3Iops], Throughput = gp3Throughput, Date = Date },
            ["gp2"] = new(gp2) { Date = Date },
            ["io1"] = new(io) { Iops = [io1Iops], Date = Date },
            ["io2"] = new(io) { Iops = io2Iops, Date = Date },
            ["st1"] = new(st1) { Date = Date },
            ["sc1"] = new(sc1) { Date = Date },
        };
}
