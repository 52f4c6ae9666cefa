using System.Text.Json.Nodes;
using EbsPv.Tests.Support;

namespace EbsPv.Tests.Clients.Yaml;

/// <summary>kubectl, reading a manifest without a server.</summary>
internal static class LocalKubectl
{
    public static async Task<JsonNode> ReadAsync(string manifest)
    {
        var (exitCode, output, error) = await Kubectl.RunAsync(["annotate", "--local", "-f", "-", "read=yes", "-o", "json"], input: manifest);
        if (exitCode != 0) throw new InvalidOperationException(error);
        return JsonNode.Parse(output)!;
    }
}
