using System.Text;
using System.Text.Json;
using EbsPv.Clients.Manifests;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EbsPv.Clients.Kubernetes;

/// <summary>The part of a cluster's entry that is meant for its users' commands.</summary>
internal static class KubeconfigExtensions
{
    private const string Exec = "client.authentication.k8s.io/exec";

    /// <summary>As JSON; null when there is none.</summary>
    public static string? ExecConfig(YamlMappingNode cluster)
    {
        if (Child(cluster, "extensions") is not YamlSequenceNode extensions) return null;
        var exec = extensions.Children.OfType<YamlMappingNode>().FirstOrDefault(one => Child(one, "name") is YamlScalarNode { Value: Exec });
        if (exec is null || Child(exec, "extension") is not { } content) return null;
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json)) Write(content, writer);
        return Encoding.UTF8.GetString(json.ToArray());
    }

    private static void Write(YamlNode node, Utf8JsonWriter json)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                json.WriteStartObject();
                foreach (var (key, value) in mapping.Children)
                {
                    json.WritePropertyName((key as YamlScalarNode)?.Value ?? throw new YamlException(key.Start, key.End, "A name that is no text."));
                    Write(value, json);
                }

                json.WriteEndObject();
                break;
            case YamlSequenceNode sequence:
                json.WriteStartArray();
                foreach (var item in sequence.Children) Write(item, json);
                json.WriteEndArray();
                break;
            case YamlScalarNode { Style: ScalarStyle.Plain } plain:
                YamlScalar.Resolve(plain.Value ?? "").WriteTo(json);
                break;
            default:
                json.WriteStringValue(((YamlScalarNode)node).Value);
                break;
        }
    }

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;
}
