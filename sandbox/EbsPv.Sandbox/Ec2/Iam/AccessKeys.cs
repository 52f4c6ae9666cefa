using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Iam;

/// <summary>Gathers what conditions can look at.</summary>
internal sealed class AccessKeys
{
    private readonly Dictionary<string, IReadOnlyList<string>> _keys = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, IReadOnlyList<string>> All => _keys;

    public AccessKeys With(string key, string? value)
    {
        if (value is not null) _keys[key] = [value];
        return this;
    }

    /// <summary>The tags that a request brings.</summary>
    public AccessKeys WithRequest(IReadOnlyList<QueryNode> tags)
    {
        foreach (var tag in tags) With($"aws:RequestTag/{tag.Text("Key")}", tag.Text("Value") ?? "");
        if (tags.Count > 0) _keys["aws:TagKeys"] = [.. tags.Select(tag => tag.Text("Key") ?? "").Distinct()];
        return this;
    }

    /// <summary>The tags that a resource has.</summary>
    public AccessKeys WithResource(IReadOnlyList<Ec2Tag> tags)
    {
        foreach (var tag in tags) With($"aws:ResourceTag/{tag.Key}", tag.Value).With($"ec2:ResourceTag/{tag.Key}", tag.Value);
        return this;
    }
}
