using System.Text.RegularExpressions;

namespace EbsPv.Defaults;

/// <summary>Foreign texts as they may be shown: without what looks like a token, a key or a password.</summary>
public static partial class Scrubbed
{
    private const string Instead = "***";
    private const int LeastSecret = 8;

    /// <param name="text">The text of a server or a command.</param>
    /// <param name="secrets">What it must not show in any case; short ones would only make it unreadable.</param>
    public static string? Text(string? text, params IEnumerable<string> secrets)
    {
        if (string.IsNullOrEmpty(text)) return text;
        foreach (var secret in secrets.Where(secret => secret.Length >= LeastSecret)) text = text.Replace(secret, Instead, StringComparison.Ordinal);
        return PrivateKey().Replace(Token().Replace(Header().Replace(text, $"$1 {Instead}"), Instead), Instead);
    }

    [GeneratedRegex(@"\b(Bearer|Basic)\s+(?=\S*[0-9=])[A-Za-z0-9._~+/=-]{6,}", RegexOptions.IgnoreCase)]
    private static partial Regex Header();

    // JSON web tokens, and those of EKS, which are signed addresses.
    [GeneratedRegex(@"\b(eyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_.-]{6,}|k8s-aws-v1\.[A-Za-z0-9_=-]{6,})")]
    private static partial Regex Token();

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)", RegexOptions.Singleline)]
    private static partial Regex PrivateKey();
}
