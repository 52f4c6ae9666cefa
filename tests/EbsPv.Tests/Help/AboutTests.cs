using System.Text.RegularExpressions;
using Xunit;

namespace EbsPv.Tests.Help;

/// <summary>about_EbsPv leaves nothing out of what it lists: whoever meets a warning looks it up there, and whoever writes a policy reads nothing else.</summary>
public sealed partial class AboutTests
{
    private static readonly string s_about = Repository.Read("docs/source/about_EbsPv.md");

    public static TheoryData<string> Cmdlets => [.. Repository.Cmdlets];

    public static TheoryData<string> Warnings =>
    [
        .. Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Warning().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["id"].Value)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Warnings))]
    public void Every_warning_is_explained(string id) => Assert.Matches($@"(?m)^- (.*\W)?{id}\b", Section("Warnings"));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_permissions_of_every_cmdlet_are_told(string cmdlet)
    {
        var page = Repository.Read($"docs/source/{cmdlet}.md");
        var (iam, rbac) = (Section("Permissions").Split("RBAC, in a ClusterRole")[0], Section("Permissions").Split("RBAC, in a ClusterRole")[1]);

        if (page.Contains("- IAM: `ec2:", StringComparison.Ordinal)) Assert.Contains(cmdlet, iam, StringComparison.Ordinal);
        if (Roles().IsMatch(page)) Assert.Contains(cmdlet, rbac, StringComparison.Ordinal);
    }

    private static string Section(string title) => Regex.Match(s_about, $@"\n## {title}\n(.*?)\n## ", RegexOptions.Singleline).Groups[1].Value;

    // How warnings begin where they are written, and where the id is given beside the text.
    [GeneratedRegex(@"""(?<id>[A-Z][a-z]+(?:[A-Z][a-z]+)+): |(?:SharedWarning|Warning)\(\s*""(?<id>[A-Z]\w+)""")]
    private static partial Regex Warning();

    [GeneratedRegex(@"- RBAC[^\n]*docs/rbac/", RegexOptions.CultureInvariant)]
    private static partial Regex Roles();
}
