using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>Name and namespace stand in the path and in the body; they must agree.</summary>
public static class Placement
{
    public static void Settle(ApiRequest request, JsonObject owner)
    {
        var metadata = owner.Ensure("metadata");
        if (!request.Type!.Namespaced)
        {
            metadata.Remove("namespace");
            return;
        }

        if (metadata.Text("namespace") is { Length: > 0 } @namespace && @namespace != request.Namespace)
            throw new ApiStatusException(ApiStatus.BadRequest(
                "the namespace of the provided object does not match the namespace sent on the request"));
        metadata["namespace"] = request.Namespace;
    }

    public static void CheckName(ApiRequest request, JsonObject owner)
    {
        if (owner.Name().Length == 0) owner.Ensure("metadata")["name"] = request.Name;
        if (owner.Name() != request.Name)
            throw new ApiStatusException(ApiStatus.BadRequest(
                $"the name of the object ({owner.Name()}) does not match the name on the URL ({request.Name})"));
    }
}
