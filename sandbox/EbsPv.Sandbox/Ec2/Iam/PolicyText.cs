using EbsPv.Sandbox.Ec2.Filtering;

namespace EbsPv.Sandbox.Ec2.Iam;

/// <summary>Texts of policies, in which * stands for any text and ? for one character.</summary>
internal static class PolicyText
{
    // A backslash has no meaning of its own here.
    public static bool Matches(string pattern, string text) =>
        new WildcardPattern(pattern.Replace(@"\", @"\\", StringComparison.Ordinal)).Matches(text);
}
