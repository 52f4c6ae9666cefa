using System.Text.Json;
using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Patching;

/// <summary>Applies the three kinds of patch by their media type.</summary>
public static class ObjectPatch
{
    public const string Accepted =
        "application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json";

    /// <exception cref="ApiStatusException">The patch is malformed or of another kind.</exception>
    public static JsonObject Apply(JsonObject owner, string contentType, byte[] patch)
    {
        if (contentType is not ("application/json-patch+json" or "application/merge-patch+json" or "application/strategic-merge-patch+json"))
            throw new ApiStatusException(ApiStatus.UnsupportedMediaType(Accepted));
        var root = Parse(patch);
        if (contentType == "application/json-patch+json") return JsonPatch.Apply(owner, root as JsonArray ?? throw Malformed());
        var fields = root as JsonObject ?? throw Malformed();
        return contentType == "application/merge-patch+json"
            ? MergePatch.Apply(owner.Copy(), fields)
            : StrategicMergePatch.Apply(owner.Copy(), fields);
    }

    private static JsonNode? Parse(byte[] patch)
    {
        try
        {
            return JsonBody.Parse(patch).Root;
        }
        catch (JsonException)
        {
            throw Malformed();
        }
    }

    private static ApiStatusException Malformed() => new(ApiStatus.BadRequest("error decoding patch: unexpected end of JSON input"));
}
