using System.Diagnostics;
using System.Text.RegularExpressions;

namespace EbsPv.Tests.Help;

/// <summary>The checkout that the tests were built in, and its programs.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The manifest's own list, so that a new cmdlet cannot be forgotten.</summary>
    public static IReadOnlyList<string> Cmdlets { get; } =
    [
        .. Regex.Matches(Regex.Match(Read("EbsPv.psd1"), @"CmdletsToExport\s*=\s*@\((.*?)\)", RegexOptions.Singleline).Groups[1].Value, "'([^']+)'")
            .Select(match => match.Groups[1].Value),
    ];

    public static string PathOf(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(PathOf(path)).ReplaceLineEndings("\n");

    public static (int ExitCode, string Output) RunHelpTool(params string[] arguments) =>
        Run("tools/EbsPv.Help/bin/Release/net10.0/EbsPv.Help.dll", arguments);

    public static (int ExitCode, string Output) RunShell(string command) =>
        Run("sandbox/EbsPv.Shell/bin/Release/net10.0/EbsPv.Shell.dll", ["-Command", command]);

    private static (int ExitCode, string Output) Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [PathOf(program), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Root,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, (output + error.Result).ReplaceLineEndings("\n"));
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "EbsPv.psd1")))
                return folder.FullName;
        throw new InvalidOperationException("The tests do not stand in a checkout.");
    }
}
