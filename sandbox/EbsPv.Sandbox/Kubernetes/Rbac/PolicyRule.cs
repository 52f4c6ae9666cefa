namespace EbsPv.Sandbox.Kubernetes.Rbac;

/// <summary>A rule of a role: any of its verbs, on any of its resources, in any of its groups. RBAC only ever adds.</summary>
public sealed record PolicyRule
{
    private const string All = "*";

    /// <summary>"" is the core group.</summary>
    public required IReadOnlyList<string> ApiGroups { get; init; }

    /// <summary>"persistentvolumes" says nothing about "persistentvolumes/status"; "*/status" is that of every resource.</summary>
    public required IReadOnlyList<string> Resources { get; init; }

    public required IReadOnlyList<string> Verbs { get; init; }

    /// <summary>Objects by name; none for all. A create and a list of many name nothing, and so are not covered by names.</summary>
    public IReadOnlyList<string> ResourceNames { get; init; } = [];

    /// <summary>Where a RoleBinding gives the rule; null for a ClusterRoleBinding, which gives it everywhere.</summary>
    public string? Namespace { get; init; }

    /// <param name="verb">As "list".</param>
    /// <param name="group">The API group, "" for the core one.</param>
    /// <param name="resource">With its subresource, as "persistentvolumes/status".</param>
    /// <param name="space">The namespace; "" for the cluster.</param>
    /// <param name="name">The object's name; "" for none.</param>
    public bool Covers(string verb, string group, string resource, string space, string name) =>
        (Namespace is null || Namespace == space)
        && Holds(Verbs, verb)
        && Holds(ApiGroups, group)
        && CoversResource(resource)
        && (ResourceNames.Count == 0 || ResourceNames.Contains(name));

    private bool CoversResource(string resource)
    {
        if (Holds(Resources, resource)) return true;
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 && Resources.Contains($"{All}{resource[slash..]}");
    }

    private static bool Holds(IReadOnlyList<string> allowed, string asked) => allowed.Contains(All) || allowed.Contains(asked);
}
