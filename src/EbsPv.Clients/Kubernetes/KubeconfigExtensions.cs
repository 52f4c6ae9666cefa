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
    public static string? ExecConfig(KubeconfigNode cluster)
    {
        var exec = cluster.Mappings("extensions").FirstOrDefault(one => one.Text("name") == Exec);
        if (exec is null || !exec.Yaml.Children.TryGetValue(new YamlScalarNode("extension"), out var content)) return null;
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
                    json.WritePropertyName((key as YamlScalarNode)?.Value ?? throw Kubeconfig.Invalid($"a name in its extension for commands is no text at line {key.Start.Line}"));
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
}
