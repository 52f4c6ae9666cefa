using System.Globalization;

namespace EbsPv.Benchmarks;

/// <summary>Scripts under a hard limit of the garbage collector's heap.</summary>
internal static class HeapLimit
{
    /// <summary>What imports the module of this checkout.</summary>
    public static string Import { get; } = $"Import-Module '{Path.Combine(Programs.Root, "EbsPv.psd1")}'";

    /// <summary>The least limit in kilobytes that suffices, to 128 KB.</summary>
    public static async Task<int> LeastAsync(Func<int, Task<bool>> completes)
    {
        var (fails, works) = (4 * 1024, 512 * 1024);
        while (works - fails > 128)
        {
            var middle = (fails + works) / 2;
            if (await completes(middle)) works = middle;
            else fails = middle;
        }

        return works;
    }

    /// <summary>Whether a script comes to its end.</summary>
    public static async Task<bool> CompletesAsync(BackgroundServer sandbox, string script, int kilobytes)
    {
        var environment = new Dictionary<string, string>(sandbox.Environment)
        {
            ["DOTNET_GCHeapHardLimit"] = (kilobytes * 1024L).ToString("x", CultureInfo.InvariantCulture),
        };
        try
        {
            await Stopwatched.RunAsync(Programs.Shell, ["-Command", $"{Import}; {script}"], environment);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
