using System.ComponentModel;
using System.Globalization;
using EbsPv.Defaults;

namespace EbsPv.PowerShell.Formatting;

/// <summary>Cells of the views. The views name columns; what a cell says is worked out here, where it is tested.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Cell
{
    /// <summary>Text of others, safe to print.</summary>
    public static string Text(object? value) => Escaped.Text(value?.ToString());

    /// <summary>The first value, or the second where there is none.</summary>
    public static string Either(object? first, object? second) => Text(first) is { Length: > 0 } text ? text : Text(second);

    /// <summary>The state of a volume, and whether something else has taken its place.</summary>
    public static string State(string? state, bool retired) => retired ? $"{Text(state)}, retired" : Text(state);

    /// <summary>The phase of a PersistentVolume, and whether a move, restore or conversion of it is not finished.</summary>
    public static string Status(string? status, bool swapUnderWay) =>
        !swapUnderWay ? Text(status) : string.IsNullOrEmpty(status) ? "swap under way" : $"{Text(status)}, swap under way";

    /// <summary>The state of a snapshot, and how far it is until it is completed.</summary>
    public static string Progress(string? state, string? progress) => state == "pending" && !string.IsNullOrEmpty(progress) ? $"{state} {Text(progress)}" : Text(state);

    /// <summary>Access modes as kubectl abbreviates them.</summary>
    public static string AccessModes(IEnumerable<string>? modes) => string.Join(',', (modes ?? []).Select(Abbreviated));

    /// <summary>An age as kubectl writes it: 4s, 12m, 5h, 3d, 2y.</summary>
    public static string Age(DateTime? created) => created is { } time ? Age(DateTime.UtcNow - time.ToUniversalTime()) : string.Empty;

    /// <summary>An amount of money, to the cent.</summary>
    public static string Amount(decimal? amount) => amount?.ToString("0.00", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>Several values in one cell.</summary>
    public static string List(IEnumerable<object>? values) => string.Join(", ", (values ?? []).Select(Text));

    /// <summary>Tags or labels, one a line.</summary>
    public static string Map(IReadOnlyDictionary<string, string>? values) => string.Join(
        "\n", (values ?? new Dictionary<string, string>()).Select(pair => $"{Escaped.Text(pair.Key)}={Escaped.Text(pair.Value)}"));

    private static string Age(TimeSpan age)
    {
        if (age < TimeSpan.Zero) age = TimeSpan.Zero;
        if (age.TotalMinutes < 2) return Count(age.TotalSeconds, "s");
        if (age.TotalHours < 3) return Count(age.TotalMinutes, "m");
        if (age.TotalDays < 2) return Count(age.TotalHours, "h");
        return age.TotalDays < 730 ? Count(age.TotalDays, "d") : Count(age.TotalDays / 365, "y");
    }

    private static string Count(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(number):0}{unit}");

    private static string Abbreviated(string mode) => mode switch
    {
        "ReadWriteOnce" => "RWO",
        "ReadWriteOncePod" => "RWOP",
        "ReadWriteMany" => "RWX",
        "ReadOnlyMany" => "ROX",
        _ => mode,
    };
}
