using System.Text;

namespace EbsPv.Help;

/// <summary>A checkout with a built module; by default the one that this tool was built in.</summary>
internal sealed class Checkout
{
    private readonly string _root;

    private Checkout(string root) => _root = root;

    public string Manifest => PathOf("EbsPv.psd1");

    /// <summary>What the build took from the projects, beside the tool.</summary>
    public static string Documentation => System.IO.Path.Combine(AppContext.BaseDirectory, "documentation");

    public static Checkout Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "EbsPv.psd1")))
                return new Checkout(folder.FullName);
        throw new HelpException($"No EbsPv.psd1 in {from} or above.");
    }

    public string Read(string path)
    {
        if (!File.Exists(PathOf(path))) throw new HelpException($"{path} is missing.");
        return Normalized(path);
    }

    /// <summary>All parts of the class, the one without a name of its own first.</summary>
    public string ReadErrorIds() => string.Concat(Directory.EnumerateFiles(PathOf("src/EbsPv.Core/Errors"), "ErrorIds*.cs")
        .Select(file => System.IO.Path.GetFileName(file))
        .OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal)
        .Select(name => Read($"src/EbsPv.Core/Errors/{name}")));

    public int Write(IReadOnlyList<GeneratedFile> files)
    {
        foreach (var path in Abandoned(files)) File.Delete(PathOf(path));
        foreach (var file in files.Where(IsStale))
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(PathOf(file.Path))!);
            File.WriteAllText(PathOf(file.Path), file.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            Console.WriteLine(file.Path);
        }

        return 0;
    }

    public int Check(IReadOnlyList<GeneratedFile> files)
    {
        var stale = files.Where(IsStale).Select(file => file.Path).Concat(Abandoned(files)).ToList();
        if (stale.Count == 0) return 0;
        Console.Error.WriteLine("The help is not what its sources say. Run dotnet run --project tools/EbsPv.Help and commit:");
        foreach (var path in stale) Console.Error.WriteLine(path);
        return 1;
    }

    // A page of a cmdlet that is no longer there.
    private List<string> Abandoned(IReadOnlyList<GeneratedFile> files) =>
    [
        .. Directory.EnumerateFiles(PathOf("docs"), "*-*.md")
            .Select(file => $"docs/{System.IO.Path.GetFileName(file)}")
            .Where(path => files.All(file => file.Path != path) && Normalized(path).StartsWith(HelpFiles.Mark, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private bool IsStale(GeneratedFile file) => !File.Exists(PathOf(file.Path)) || Normalized(file.Path) != file.Text;

    // A checkout on Windows may have other line ends.
    private string Normalized(string path) => File.ReadAllText(PathOf(path)).ReplaceLineEndings("\n");

    private string PathOf(string path) => System.IO.Path.Combine(_root, path);
}
