using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.PowerShell.Binding;

/// <summary>Paths of manifests as PowerShell means them: its own drives and location apply.</summary>
internal static class ManifestPaths
{
    /// <summary>The file that is meant, there or not.</summary>
    /// <exception cref="EbsPvException">ManifestNotFound, for an empty path.</exception>
    public static string Of(SessionState session, string path)
    {
        if (string.IsNullOrWhiteSpace(path)) throw NotFound(path, "An empty path stands where a manifest belongs.");
        try
        {
            return session.Path.GetUnresolvedProviderPathFromPSPath(path);
        }
        catch (SessionStateException nowhere)
        {
            throw NotFound(path, $"There is no file {Escaped.Text(path)}: {nowhere.Message}");
        }
    }

    /// <summary>The files that a path with wildcards means; one without any is itself, there or not.</summary>
    /// <exception cref="EbsPvException">ManifestNotFound, when no file is called so.</exception>
    public static IReadOnlyList<string> All(SessionState session, string path)
    {
        var literal = Of(session, path);
        if (!WildcardPattern.ContainsWildcardCharacters(path) || File.Exists(literal)) return [literal];
        var found = session.Path.GetResolvedProviderPathFromPSPath(path, out _);
        return found.Count > 0 ? [.. found] : throw NotFound(path, $"There is no file {Escaped.Text(path)}.");
    }

    private static EbsPvException NotFound(string path, string message) =>
        EbsPvException.Input(ErrorIds.ManifestNotFound, message, path, "Check the path; it counts from the current location.");
}
