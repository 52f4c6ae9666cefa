namespace EbsPv.Defaults;

/// <summary>Stretches of time as sentences say them.</summary>
public static class Age
{
    /// <summary>In the largest unit of which there are two or more: <c>3 days</c>, <c>45 seconds</c>.</summary>
    public static string Of(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => $"{time.TotalDays:0} days",
        { TotalHours: >= 2 } => $"{time.TotalHours:0} hours",
        { TotalMinutes: >= 2 } => $"{time.TotalMinutes:0} minutes",
        { TotalSeconds: >= 0.5 and < 1.5 } => "1 second",
        _ => $"{Math.Max(0, time.TotalSeconds):0} seconds",
    };
}
