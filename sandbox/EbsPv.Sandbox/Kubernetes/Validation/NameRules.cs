using System.Text.RegularExpressions;

namespace EbsPv.Sandbox.Kubernetes.Validation;

/// <summary>The syntax of names, labels and keys. Each method gives the real server's complaints, none when it is fine.</summary>
public static partial class NameRules
{
    private const string SubdomainMessage =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end "
        + "with an alphanumeric character (e.g. 'example.com', regex used for validation is "
        + @"'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string DnsLabelMessage =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an "
        + "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private const string NamePartMessage =
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
        + "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
        + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private const string LabelValueMessage =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end "
        + "with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is "
        + "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    public static IEnumerable<string> Subdomain(string name)
    {
        if (name.Length > 253) yield return "must be no more than 253 characters";
        if (!SubdomainShape().IsMatch(name)) yield return SubdomainMessage;
    }

    public static IEnumerable<string> DnsLabel(string name)
    {
        if (name.Length > 63) yield return "must be no more than 63 characters";
        if (!DnsLabelShape().IsMatch(name)) yield return DnsLabelMessage;
    }

    public static IEnumerable<string> LabelValue(string value)
    {
        if (value.Length > 63) yield return "must be no more than 63 characters";
        if (value.Length > 0 && !NamePartShape().IsMatch(value)) yield return LabelValueMessage;
    }

    /// <summary>An optional DNS prefix, a slash and a name of at most 63 characters.</summary>
    public static IEnumerable<string> QualifiedName(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var name = key[(slash + 1)..];
        if (slash == 0) yield return "prefix part must be non-empty";
        if (slash > 0)
            foreach (var problem in Subdomain(key[..slash])) yield return $"prefix part {problem}";
        if (name.Length == 0) yield return "name part must be non-empty";
        if (name.Length > 63) yield return "name part must be no more than 63 characters";
        if (!NamePartShape().IsMatch(name)) yield return NamePartMessage;
    }

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex SubdomainShape();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex DnsLabelShape();

    [GeneratedRegex(@"\A([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z")]
    private static partial Regex NamePartShape();
}
