using System.Globalization;
using System.Text.RegularExpressions;
using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.Retention;

/// <summary>Which of the snapshots of a volume may go: those that are neither among the last ones nor young. Both hold where both are given.</summary>
/// <param name="KeepLast">So many completed ones of each volume stay; null for none.</param>
/// <param name="Before">What holds data of this moment or of later stays; null for no limit.</param>
public sealed partial record RetentionRule(int? KeepLast, DateTime? Before)
{
    /// <summary>Whether the rule says nothing, and would let all go.</summary>
    public bool IsEmpty => KeepLast is null && Before is null;

    /// <summary>The rule, of what was typed.</summary>
    /// <param name="keepLast">Snapshots of each volume that stay.</param>
    /// <param name="olderThan">An age as TimeSpan or text (12h, 30d, 4w, 30.00:00:00), or a date.</param>
    /// <param name="now">The moment that ages are counted from.</param>
    /// <exception cref="EbsPvException">RetentionInvalid.</exception>
    public static RetentionRule Of(int? keepLast, object? olderThan, DateTime now)
    {
        if (keepLast is < 1)
            throw Invalid($"-KeepLast is {keepLast}, and at least one snapshot of each volume is kept by it.", keepLast, "Give 1 or more; to let all old ones go, use -OlderThan alone.");
        return new RetentionRule(keepLast, olderThan is null ? null : Moment(olderThan, now));
    }

    private static DateTime Moment(object olderThan, DateTime now)
    {
        var moment = olderThan switch
        {
            TimeSpan age => Ago(age, olderThan, now),
            DateTime date => date.ToUniversalTime(),
            DateTimeOffset date => date.UtcDateTime,
            string text => Parsed(text.Trim(), now),
            _ => throw NoAge(olderThan),
        };
        if (moment <= now) return moment;
        throw Invalid($"-OlderThan {Escaped.Text(olderThan.ToString())} lies in the future: every snapshot is older.", olderThan, "Give an age such as 30d, or a date of the past.");
    }

    private static DateTime Parsed(string text, DateTime now)
    {
        if (AgeText.Read(text) is { } age) return Ago(age, text, now);
        // 02-01-2026 is January to one and February to another, and what lies between would be deleted.
        if (IsoDate().IsMatch(text)
            && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal | DateTimeStyles.AdjustToUniversal, out var date)) return date;
        throw NoAge(text);
    }

    private static DateTime Ago(TimeSpan age, object given, DateTime now)
    {
        if (age <= TimeSpan.Zero) throw Invalid($"-OlderThan {Escaped.Text(given.ToString())} is no age: every snapshot is older.", given, "Give an age such as 30d.");
        return age < now - DateTime.MinValue ? now - age : DateTime.MinValue;
    }

    private static EbsPvException NoAge(object given) =>
        Invalid($"-OlderThan '{Escaped.Text(given.ToString())}' is neither an age nor a date.", given, "Write an age with its unit, such as 12h, 30d or 4w, a TimeSpan, or a date as year-month-day: 2026-01-31.");

    private static EbsPvException Invalid(string message, object? target, string action) => EbsPvException.Input(ErrorIds.RetentionInvalid, message, target, action);

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex IsoDate();
}
