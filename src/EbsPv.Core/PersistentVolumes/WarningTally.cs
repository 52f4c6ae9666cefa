using System.Globalization;

namespace EbsPv.PersistentVolumes;

/// <summary>Collects what is to be said of several volumes, so that a thousand of them make one warning.</summary>
public sealed class WarningTally
{
    private const int MaxNamed = 10;

    private readonly Dictionary<SharedWarning, List<string>> _subjects = [];

    /// <summary>Notes a warning of a volume.</summary>
    public void Note(SharedWarning warning)
    {
        ArgumentNullException.ThrowIfNull(warning);
        var shared = warning with { Subject = "" };
        if (!_subjects.TryGetValue(shared, out var subjects)) _subjects.Add(shared, subjects = []);
        subjects.Add(warning.Subject);
    }

    /// <summary>The warnings, each with its volumes, in the order in which they were noted first.</summary>
    public IEnumerable<string> Texts() => _subjects.Select(pair => Said(pair.Key, pair.Value));

    private static string Said(SharedWarning warning, List<string> subjects)
    {
        var more = subjects.Count > MaxNamed ? string.Create(CultureInfo.InvariantCulture, $" and {subjects.Count - MaxNamed:N0} more") : "";
        var count = subjects.Count == 1 ? "1 volume" : string.Create(CultureInfo.InvariantCulture, $"{subjects.Count:N0} volumes");
        return $"{warning.Id}: {warning.Text} {count}: {string.Join(", ", subjects.Take(MaxNamed))}{more}. {warning.Action}";
    }
}
