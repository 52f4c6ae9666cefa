namespace EbsPv.Benchmarks;

/// <summary>Where the measured programs are.</summary>
internal static class Programs
{
    private static readonly string Extension = OperatingSystem.IsWindows() ? ".exe" : "";

    public static string Root { get; } = FindRoot();

    public static string Sandbox => Built("EbsPv.Sandbox");

    public static string Shell => Built("EbsPv.Shell");

    /// <summary>A program on the path; null when there is none.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name + Extension))
            .FirstOrDefault(File.Exists);

    private static string Built(string project) => Path.Combine(Root, "sandbox", project, "bin", "Release", "net10.0", project + Extension);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "EbsPv.psd1")))
                return folder.FullName;
        throw new IOException("EbsPv.psd1 was not found above the benchmark: run it from the checkout.");
    }
}
