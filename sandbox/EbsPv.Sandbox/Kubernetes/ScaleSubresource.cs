using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes.Patching;
using EbsPv.Sandbox.Kubernetes.Validation;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>GET, PUT and PATCH of …/scale, which is what kubectl scale asks for. Nobody here makes or ends pods for it.</summary>
public sealed class ScaleSubresource(KubernetesState state)
{
    public const string Name = "scale";

    public ApiResponse Answer(ApiRequest request) => state.Exclusive(() =>
    {
        var type = request.Type!;
        var owner = state.Find(type, request.Namespace, request.Name) ?? throw new ApiStatusException(ApiStatus.NotFound(type, request.Name));
        return request.Verb switch
        {
            "get" => ApiResponse.Json(200, Of(owner)),
            "update" => Set(request, owner, (JsonObject)JsonBody.ParseObject(request.Body, "Scale").Root!),
            "patch" => Set(request, owner, ObjectPatch.Apply(Of(owner), request.ContentType, request.Body)),
            _ => ApiResponse.Failure(ApiStatus.MethodNotAllowed),
        };
    });

    private ApiResponse Set(ApiRequest request, JsonObject owner, JsonObject scale)
    {
        var type = request.Type!;
        if (scale.ResourceVersion() is { Length: > 0 } seen && seen != owner.ResourceVersion())
            throw new ApiStatusException(ApiStatus.Conflict(type, request.Name, ObjectUpdater.Modified));
        var changed = owner.Copy();
        changed.Ensure("spec")["replicas"] = scale.Number("spec", "replicas") ?? 0;
        if (changed.Number("spec", "replicas") < 0)
        {
            var errors = new FieldErrors();
            errors.InvalidNode("spec.replicas", changed.At("spec", "replicas"), "must be greater than or equal to 0");
            errors.ThrowIfAny("autoscaling", "Scale", request.Name);
        }

        return ApiResponse.Json(200, Of(DryRun.Asked(request) ? changed : state.Put(type, changed)));
    }

    private static JsonObject Of(JsonObject owner)
    {
        var metadata = new JsonObject();
        foreach (var field in (string[])["name", "namespace", "uid", "resourceVersion", "creationTimestamp"]) metadata[field] = owner.Text("metadata", field);
        var labels = (owner.Object("spec", "selector", "matchLabels") ?? []).Select(label => $"{label.Key}={label.Value.Text()}");
        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["replicas"] = owner.Number("spec", "replicas") ?? 0 },
            ["status"] = new JsonObject { ["replicas"] = owner.Number("status", "replicas") ?? 0, ["selector"] = string.Join(',', labels) },
        };
    }
}
