using System.Text.RegularExpressions;
using Xunit;

namespace EbsPv.Tests.Help;

/// <summary>The committed help is what its sources say, and complete.</summary>
public sealed class GeneratedHelpTests : IDisposable
{
    private readonly string _copy = Directory.CreateTempSubdirectory("ebspv-help-").FullName;

    public static TheoryData<string> Cmdlets => [.. Repository.Cmdlets];

    public static TheoryData<string> GeneratedFiles =>
    [
        "en-US/EbsPv.PowerShell.dll-Help.xml",
        "en-US/about_EbsPv.help.txt",
        "docs/errors.md",
        .. Repository.Cmdlets.Select(cmdlet => $"docs/{cmdlet}.md"),
    ];

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    [Fact]
    public void Committed_files_are_up_to_date()
    {
        var (exitCode, output) = Repository.RunHelpTool("--check");
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void Check_names_what_is_stale_and_a_run_mends_just_that()
    {
        CopySources();
        File.AppendAllText(Path.Combine(_copy, "docs/errors.md"), "by hand\n");
        File.Delete(Path.Combine(_copy, "docs/Get-WorkerZone.md"));
        File.Copy(Path.Combine(_copy, "docs/Get-ClusterEbsVolume.md"), Path.Combine(_copy, "docs/Get-Nothing.md"));
        string[] stale = ["docs/errors.md", "docs/Get-WorkerZone.md", "docs/Get-Nothing.md"];

        var (exitCode, output) = Repository.RunHelpTool("--check", "--root", _copy);
        Assert.Equal(1, exitCode);
        Assert.Equal(stale, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1));

        (exitCode, output) = Repository.RunHelpTool("--root", _copy);
        Assert.Equal(0, exitCode);
        Assert.Equal(["docs/errors.md", "docs/Get-WorkerZone.md"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.False(File.Exists(Path.Combine(_copy, "docs/Get-Nothing.md")));
        Assert.Equal(Repository.Read("docs/errors.md"), File.ReadAllText(Path.Combine(_copy, "docs/errors.md")));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_cmdlet_has_a_page_with_three_examples_and_their_output(string cmdlet)
    {
        var page = Repository.Read($"docs/{cmdlet}.md");
        var examples = Regex.Match(page, "## Examples\n(.*?)\n## Parameters", RegexOptions.Singleline).Groups[1].Value;
        var each = Regex.Split(examples, "^### ", RegexOptions.Multiline).Skip(1).ToList();
        Assert.True(each.Count >= 3, $"{cmdlet} has {each.Count} examples");
        Assert.All(each, example => Assert.Matches("(?s)```powershell\n.+?```\n\n```text\n.+?```", example));
        Assert.Contains("Get-WorkerZone | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume", each[0]);
    }

    [Theory]
    [MemberData(nameof(GeneratedFiles))]
    public void No_file_names_a_place_on_a_machine_or_a_parameter_that_is_not_ours(string path)
    {
        var text = Repository.Read(path);
        Assert.DoesNotMatch(@"(?<![\w.~])/(?:home|root|tmp|work|Users|usr|var)/|[A-Z]:\\", text);
        Assert.DoesNotContain("ProgressAction", text);
    }

    private void CopySources()
    {
        string[] wanted = ["EbsPv.psd1", .. Files("src/EbsPv.Core/Errors"), .. Files("bin"), .. Files("docs"), .. Files("docs/source"), .. Files("en-US")];
        foreach (var path in wanted)
        {
            var target = Path.Combine(_copy, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Repository.PathOf(path), target);
        }
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Repository.PathOf(folder)).Select(file => $"{folder}/{Path.GetFileName(file)}");
}
