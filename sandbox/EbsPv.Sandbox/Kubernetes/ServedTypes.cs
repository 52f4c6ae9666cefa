namespace EbsPv.Sandbox.Kubernetes;

/// <summary>What this API server serves at the moment: what its release knows, and the custom resources that are installed.</summary>
public sealed class ServedTypes(KubernetesOptions options)
{
    private readonly ServerVersion _version = ServerVersion.Parse(options.ServerVersion);

    /// <summary>The groups, each with its versions, the preferred one first.</summary>
    public IEnumerable<(string Group, IReadOnlyList<string> Versions)> Groups => All()
        .GroupBy(type => type.Group)
        .Select(group => (group.Key, (IReadOnlyList<string>)[.. group.SelectMany(VersionsOf).Distinct()]));

    public ResourceType? Find(string group, string version, string plural) => Of(group, version).FirstOrDefault(type => type.Plural == plural);

    public IEnumerable<ResourceType> Of(string group, string version) =>
        All().Where(type => type.Group == group && VersionsOf(type).Contains(version));

    private IEnumerable<ResourceType> All() =>
        ResourceTypes.All.Where(type => !type.IsCustom || options.CustomResources.Contains(type.QualifiedPlural));

    private IEnumerable<string> VersionsOf(ResourceType type) =>
        type == ResourceTypes.HorizontalPodAutoscalers && !_version.HasAutoscalingV2 ? type.OtherVersions : type.Versions;
}
