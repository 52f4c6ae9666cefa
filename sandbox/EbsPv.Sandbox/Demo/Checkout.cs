namespace EbsPv.Sandbox.Demo;

/// <summary>Where the checkout has what a demonstration needs.</summary>
internal static class Checkout
{
    /// <summary>The module, as the build leaves it in the checkout.</summary>
    public static string Manifest => Path.Combine(Root(), "EbsPv.psd1");

    /// <summary>The bare PowerShell engine as a program, built beside this one in the same configuration.</summary>
    public static string Shell => AppContext.BaseDirectory.Replace("EbsPv.Sandbox", "EbsPv.Shell", StringComparison.Ordinal)
        + (OperatingSystem.IsWindows() ? "EbsPv.Shell.exe" : "EbsPv.Shell");

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "EbsPv.psd1")))
                return folder.FullName;
        throw new IOException("EbsPv.psd1 was not found above the sandbox: run it from the checkout.");
    }
}
