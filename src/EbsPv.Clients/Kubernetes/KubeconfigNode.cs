using System.Text.Json;
using EbsPv.Clients.Manifests;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EbsPv.Clients.Kubernetes;

/// <summary>A mapping in a kubeconfig. What stands in the wrong form is a mistake, as it is for kubectl; what is null is absent.</summary>
/// <param name="yaml">The mapping.</param>
/// <param name="path">The file, for errors; they tell no values.</param>
internal sealed class KubeconfigNode(YamlMappingNode yaml, string path)
{
    public static KubeconfigNode None { get; } = new([], "");

    public YamlMappingNode Yaml => yaml;

    public static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Tag.IsEmpty: true } plain && YamlScalar.Resolve(plain.Value ?? "").Kind == JsonValueKind.Null;

    /// <summary>A text; null when it is absent or empty.</summary>
    public string? Text(string key) => Child(key) switch
    {
        null => null,
        YamlScalarNode { Value: { Length: > 0 } value } => value,
        YamlScalarNode => null,
        var other => throw Wrong(key, other, "text"),
    };

    public IReadOnlyList<string> Texts(string key) =>
        [.. List(key).Select(item => item is YamlScalarNode text ? text.Value ?? "" : throw Wrong(key, item, "list of texts"))];

    // Go's YAML takes yes and on for true, too.
    public bool IsTrue(string key) => Text(key) is { } text && YamlScalar.Resolve(text).Kind == JsonValueKind.True;

    /// <summary>A mapping; null when it is absent.</summary>
    public KubeconfigNode? Mapping(string key) => Child(key) switch
    {
        null => null,
        YamlMappingNode mapping => new KubeconfigNode(mapping, path),
        var other => throw Wrong(key, other, "mapping"),
    };

    /// <summary>The mappings of a list; one that is null is an empty one.</summary>
    public IReadOnlyList<KubeconfigNode> Mappings(string key) => [.. List(key).Select(item => item switch
    {
        YamlMappingNode mapping => new KubeconfigNode(mapping, path),
        _ when IsNull(item) => None,
        _ => throw Wrong(key, item, "list of mappings"),
    })];

    /// <summary>The lists of texts below a mapping, by name.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Values)> Lists(string key) => Mapping(key) is not { } mapping
        ? []
        : [.. mapping.Yaml.Children.Keys.Select(name => (name as YamlScalarNode)?.Value ?? "").Select(name => (name, mapping.Texts(name)))];

    private IList<YamlNode> List(string key) => Child(key) switch
    {
        null => [],
        YamlSequenceNode list => list.Children,
        var other => throw Wrong(key, other, "list"),
    };

    private YamlNode? Child(string key) => yaml.Children.TryGetValue(new YamlScalarNode(key), out var child) && !IsNull(child) ? child : null;

    private Errors.EbsPvException Wrong(string key, YamlNode node, string expected) => Kubeconfig.Invalid($"in {path}, {key} is no {expected} at line {node.Start.Line}");
}
