using System.Globalization;
using EbsPv.Errors;
using EbsPv.Volumes;

namespace EbsPv.Pricing;

/// <summary>What volumes cost a month, by a dated price list that can be replaced in part. A region or type that is missing has no figure.</summary>
/// <remarks>Source: the EBS pricing page: gp3 includes 3,000 IOPS and 125 MiB/s, io2's IOPS are cheaper above 32,000 and above 64,000.
/// <c>EBSPV_VOLUME_PRICES</c> replaces or adds rows: <c>eu-south-2.gp3=0.088;eu-south-2.gp3.iops=0.0055;eu-south-2.gp3.throughput=0.044;eu-south-2.io2.iops=0.072,0.0504,0.0353</c>.</remarks>
public sealed class VolumePrices
{
    /// <summary>Name of the variable that replaces or adds rows.</summary>
    public const string Variable = "EBSPV_VOLUME_PRICES";

    /// <summary>The currency of all figures.</summary>
    public const string Currency = "USD";

    private const int FirstTier = 32_000, SecondTier = 64_000;

    private readonly Dictionary<(string Region, string Type), VolumePrice> _given = [];

    private VolumePrices()
    {
    }

    /// <summary>The day on which the built-in price list was published.</summary>
    public static string TableDate => PriceTable.Date;

    /// <summary>The price list, with what the user gave.</summary>
    /// <param name="overrides">Value of <see cref="Variable"/>.</param>
    /// <exception cref="EbsPvException">SettingInvalid.</exception>
    public static VolumePrices Read(string? overrides)
    {
        var prices = new VolumePrices();
        foreach (var entry in (overrides ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) prices.Replace(entry);
        return prices;
    }

    /// <summary>The price of a type in a region; null where none is known.</summary>
    public VolumePrice? Find(string region, string volumeType) => _given.GetValueOrDefault((region, volumeType)) ?? PriceTable.Find(region, volumeType);

    /// <summary>What a volume costs a month, to the cent; null where its price is not known.</summary>
    public decimal? MonthlyCost(string region, VolumeShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (Find(region, shape.VolumeType) is not { Storage: { } storage } price) return null;
        var iops = OfIops(price, shape);
        var throughput = OfThroughput(price, shape);
        // The zero makes it two decimals wherever it is shown.
        return iops is null || throughput is null ? null : Math.Round((shape.Size * storage) + iops.Value + throughput.Value, 2, MidpointRounding.AwayFromZero) + 0.00m;
    }

    // Null: there is something to pay, and its price is not known.
    private static decimal? OfIops(VolumePrice price, VolumeShape shape)
    {
        var paid = shape.VolumeType switch
        {
            "gp3" => Math.Max(0, (shape.Iops ?? 0) - VolumeChangeRules.BaselineIops),
            "io1" or "io2" => shape.Iops ?? 0,
            _ => 0,
        };
        if (paid == 0) return 0;
        if (price.Iops is not [var first, ..]) return null;
        var (second, third) = price.Iops is [_, var middle, var last] ? (middle, last) : (first, first);
        return (Math.Min(paid, FirstTier) * first)
            + (Math.Clamp(paid - FirstTier, 0, SecondTier - FirstTier) * second)
            + (Math.Max(0, paid - SecondTier) * third);
    }

    private static decimal? OfThroughput(VolumePrice price, VolumeShape shape)
    {
        var paid = shape.VolumeType == "gp3" ? Math.Max(0, (shape.Throughput ?? 0) - VolumeChangeRules.BaselineThroughput) : 0;
        return paid == 0 ? 0 : paid * price.Throughput;
    }

    private void Replace(string entry)
    {
        var parts = entry.Split('=', StringSplitOptions.TrimEntries);
        var name = parts[0].ToLowerInvariant().Split('.');
        if (parts.Length != 2 || name.Length is < 2 or > 3 || !VolumeTypes.Names.Contains(name[1]) || Amounts(parts[1]) is not { } amounts) throw Unreadable(entry);
        var key = (name[0], name[1]);
        var row = (_given.GetValueOrDefault(key) ?? PriceTable.Find(name[0], name[1]) ?? new VolumePrice((decimal?)null)) with { Date = null };
        _given[key] = (name.Length == 2 ? "storage" : name[2], amounts) switch
        {
            ("storage", [var one]) => row with { Storage = one },
            ("iops", [_] or [_, _, _]) => row with { Iops = amounts },
            ("throughput", [var one]) => row with { Throughput = one },
            _ => throw Unreadable(entry),
        };
    }

    private static decimal[]? Amounts(string text)
    {
        var amounts = new List<decimal>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!decimal.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)) return null;
            amounts.Add(amount);
        }

        return [.. amounts];
    }

    private static EbsPvException Unreadable(string entry) => EbsPvException.Input(
        ErrorIds.SettingInvalid,
        $"{Variable} cannot be read at '{Defaults.Escaped.Text(entry)}'.",
        entry,
        "Write it as in eu-south-2.gp3=0.088;eu-south-2.gp3.iops=0.0055;eu-south-2.gp3.throughput=0.044;eu-south-2.io2.iops=0.072,0.0504,0.0353: US dollars a month.");
}
