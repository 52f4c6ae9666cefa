using EbsPv.Errors;

namespace EbsPv.Clients.Kubernetes;

/// <summary>A request, as errors and -Verbose name it.</summary>
/// <param name="Context">The kube context.</param>
/// <param name="Server">The API server's address.</param>
/// <param name="Verb">RBAC's verb.</param>
/// <param name="Resource">The resource with its API group, as in <c>storageclasses.storage.k8s.io</c>.</param>
/// <param name="Name">NAME, NAMESPACE/NAME, the namespace of a list, or empty.</param>
internal sealed record KubeCall(string Context, string Server, string Verb, string Resource, string Name)
{
    /// <summary>The role of docs/rbac that allows it.</summary>
    public string Role { get; init; } = "read";

    public const string Namespaces = "namespaces";

    private const string Version = "version";

    public string NotFoundId => Resource == Namespaces ? ErrorIds.NamespaceNotFound : IsVolume ? ErrorIds.PersistentVolumeNotFound : ErrorIds.KubeObjectNotFound;

    public string ConflictId => IsVolume ? ErrorIds.PersistentVolumeConflict : ErrorIds.KubeObjectConflict;

    public string InvalidId => IsVolume ? ErrorIds.PersistentVolumeInvalid : ErrorIds.KubeObjectInvalid;

    /// <summary>The RBAC rule that the request needs.</summary>
    public string Permission
    {
        get
        {
            if (Resource == Version) return "the verb get on the nonResourceURL /version in a ClusterRole of the user";
            var dot = Resource.IndexOf('.', StringComparison.Ordinal);
            var (plural, group) = dot < 0 ? (Resource, "") : (Resource[..dot], Resource[(dot + 1)..]);
            var role = Namespace is { } space ? $"in namespace \"{space}\", in a Role or ClusterRole of the user" : "in a ClusterRole of the user";
            return $"the verb {Verb} on {plural} of the API group \"{group}\" {role}";
        }
    }

    /// <summary>What kubectl is asked to see whether it is allowed.</summary>
    public string CanI => Resource == Version ? "auth can-i get /version" : $"auth can-i {Verb} {Resource}{(Namespace is { } space ? $" -n {space}" : "")}";

    private bool IsVolume => Resource == "persistentvolumes";

    private string? Namespace
    {
        get
        {
            var slash = Name.IndexOf('/', StringComparison.Ordinal);
            if (slash >= 0) return Name[..slash];
            return Verb is "list" or "watch" && Name.Length > 0 ? Name : null;
        }
    }

    public override string ToString() => Name.Length == 0 ? $"{Verb} {Resource}" : $"{Verb} {Resource} {Name}";
}
