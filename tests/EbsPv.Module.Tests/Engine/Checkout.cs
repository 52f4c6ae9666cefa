using System.Reflection;

namespace EbsPv.Module.Tests.Engine;

/// <summary>Where things are in the checkout that these tests were built from.</summary>
internal static class Checkout
{
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static string Root { get; } = FindRoot();

    public static string Manifest => Path.Combine(Root, "EbsPv.psd1");

    public static string Bin => Path.Combine(Root, "bin");

    public static string Lib => Path.Combine(Bin, "lib");

    public static string Shell => Built("EbsPv.Shell");

    public static string Sandbox => Built("EbsPv.Sandbox");

    public static string Commands => Path.Combine(Root, "src", "EbsPv.PowerShell", "Commands");

    /// <summary>An assembly of a package that another module might have brought.</summary>
    public static string Foreign(string package, string version)
    {
        var folder = typeof(Checkout).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "PackageFolder").Value!;
        return Path.Combine(folder, package.ToLowerInvariant(), version, "lib", "net8.0", $"{package}.dll");
    }

    private static string Built(string project) =>
        Path.Combine(Root, "sandbox", project, "bin", Configuration, "net10.0", $"{project}.dll");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "EbsPv.psd1")))
                return folder.FullName;
        throw new InvalidOperationException($"No EbsPv.psd1 stands above {AppContext.BaseDirectory}.");
    }
}
