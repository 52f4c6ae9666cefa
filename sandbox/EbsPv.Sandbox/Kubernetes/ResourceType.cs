namespace EbsPv.Sandbox.Kubernetes;

/// <summary>A kind of object that the API serves.</summary>
public sealed record ResourceType(string Group, string Plural, string Kind)
{
    public string Version { get; init; } = "v1";

    /// <summary>Other versions that the same objects are served under.</summary>
    public IReadOnlyList<string> OtherVersions { get; init; } = [];

    public IEnumerable<string> Versions => OtherVersions.Prepend(Version);

    /// <summary>Whether it is there only once its CustomResourceDefinition is installed.</summary>
    public bool IsCustom { get; init; }

    public bool Namespaced { get; init; }

    public bool HasStatus { get; init; }

    /// <summary>Whether a DELETE answers with the object rather than with a Status; the real server does both.</summary>
    public bool ReturnsDeleted { get; init; } = true;

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Fields a fieldSelector may name; null stands for the two that every kind knows.</summary>
    public IReadOnlyList<string>? SelectableFields { get; init; }

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The way messages name it: storageclasses.storage.k8s.io.</summary>
    public string QualifiedPlural => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    public string QualifiedKind => Group.Length == 0 ? Kind : $"{Kind}.{Group}";
}
