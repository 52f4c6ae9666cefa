using System.Text.Json;

namespace EbsPv.Sandbox.Kubernetes.Rbac;

/// <summary>
/// A ClusterRole in a file of docs/rbac. It reads the part of YAML that these files are written in, lists in brackets and quotes, and
/// takes no other line: what it misread would pass here and fail in a cluster.
/// </summary>
public sealed record RoleFile(string Name, IReadOnlyList<PolicyRule> Rules)
{
    private static readonly string[] s_head = ["apiVersion: rbac.authorization.k8s.io/v1", "kind: ClusterRole", "metadata:", "rules:"];

    /// <exception cref="FormatException">A line is not one of a ClusterRole as these files write it.</exception>
    public static RoleFile Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (FormatException failure)
        {
            throw new FormatException($"{path}: {failure.Message}", failure);
        }
    }

    /// <exception cref="FormatException">A line is not one of a ClusterRole as these files write it.</exception>
    public static RoleFile Parse(string text)
    {
        var name = "";
        var missing = s_head.ToList();
        var rules = new List<Dictionary<string, IReadOnlyList<string>>>();
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0 && line.TrimStart()[0] != '#'))
        {
            if (missing.Remove(line)) continue;
            if (line.StartsWith("  name: ", StringComparison.Ordinal)) name = line["  name: ".Length..];
            else if (line.StartsWith("  - ", StringComparison.Ordinal)) rules.Add(Field([], line));
            else if (line.StartsWith("    ", StringComparison.Ordinal) && rules.Count > 0) Field(rules[^1], line);
            else throw Unknown(line);
        }

        if (missing.Count > 0 || name.Length == 0) throw new FormatException($"It lacks {string.Join(", ", name.Length == 0 ? missing.Append("name") : missing)}.");
        return new RoleFile(name, rules.ConvertAll(Rule));
    }

    private static Dictionary<string, IReadOnlyList<string>> Field(Dictionary<string, IReadOnlyList<string>> rule, string line)
    {
        var parts = line[4..].Split(": ", 2);
        if (parts is not [("apiGroups" or "resources" or "verbs" or "resourceNames") and var key, var list]) throw Unknown(line);
        try
        {
            rule.Add(key, JsonSerializer.Deserialize<string[]>(list)!);
            return rule;
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            throw Unknown(line);
        }
    }

    private static PolicyRule Rule(Dictionary<string, IReadOnlyList<string>> fields) =>
        fields.TryGetValue("apiGroups", out var groups) && fields.TryGetValue("resources", out var resources) && fields.TryGetValue("verbs", out var verbs)
            ? new PolicyRule { ApiGroups = groups, Resources = resources, Verbs = verbs, ResourceNames = fields.GetValueOrDefault("resourceNames") ?? [] }
            : throw new FormatException("A rule needs apiGroups, resources and verbs.");

    private static FormatException Unknown(string line) => new($"The line \"{line}\" is none of a ClusterRole in the form of docs/rbac.");
}
