using EbsPv.Sandbox.Kubernetes.Rbac;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>Who a bearer token stands for.</summary>
/// <param name="Name">Named in the message of a 403.</param>
/// <param name="Allowed">Pairs of verb and resource ("get persistentvolumes", "* nodes", "list *"); null for everything.</param>
public sealed record SandboxUser(string Name, IReadOnlyList<string>? Allowed = null)
{
    /// <summary>Rules of the roles that are bound to the user. With rules, and without pairs, they alone decide.</summary>
    public IReadOnlyList<PolicyRule>? Rules { get; init; }

    /// <summary>A user who has the role of a file of docs/rbac and no other: everywhere, or in one namespace.</summary>
    public static SandboxUser WithRole(string name, RoleFile role, string? boundIn = null)
    {
        ArgumentNullException.ThrowIfNull(role);
        return new SandboxUser(name) { Rules = [.. role.Rules.Select(rule => rule with { Namespace = boundIn })] };
    }

    public bool May(ApiRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Allowed is null && Rules is null) return true;
        return (Allowed ?? []).Any(pair => Covers(pair, request.Verb, request.Resource))
            || (Rules ?? []).Any(rule => rule.Covers(request.Verb, request.Type?.Group ?? "", request.Resource, request.Namespace, request.NameForRules));
    }

    private static bool Covers(string pair, string verb, string resource)
    {
        var words = pair.Split(' ', 2);
        return words.Length == 2 && (words[0] == "*" || words[0] == verb) && (words[1] == "*" || words[1] == resource);
    }
}
