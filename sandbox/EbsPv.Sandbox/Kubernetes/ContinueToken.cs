using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>Where the next page starts, and in which snapshot; -1 stands for whatever is there then.</summary>
public sealed record ContinueToken(long Version, string After)
{
    public const long Latest = -1;

    public string Encode() => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        new JsonObject { ["v"] = "meta.k8s.io/v1", ["rv"] = Version, ["start"] = After }.ToJsonString()));

    /// <exception cref="ApiStatusException">It is none of ours.</exception>
    public static ContinueToken Decode(string text)
    {
        try
        {
            var json = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(text)));
            return new ContinueToken(json!["rv"]!.GetValue<long>(), json["start"]!.GetValue<string>());
        }
        catch (Exception failure) when (failure is FormatException or JsonException or NullReferenceException or InvalidOperationException)
        {
            throw new ApiStatusException(ApiStatus.BadRequest("invalid continue token: continue key is not valid"));
        }
    }
}
