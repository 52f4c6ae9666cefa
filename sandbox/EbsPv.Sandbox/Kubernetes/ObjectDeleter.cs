using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>DELETE: with finalizers an object only starts to go.</summary>
public sealed class ObjectDeleter(KubernetesState state)
{
    public ApiResponse Delete(ApiRequest request)
    {
        var type = request.Type!;
        if (request.Subresource.Length > 0) throw new ApiStatusException(ApiStatus.MethodNotAllowed);
        DryRun.Check(request, "DeleteOptions");
        var options = request.Body.Length == 0 ? [] : (JsonObject)JsonBody.ParseObject(request.Body, "DeleteOptions").Root!;
        var dryRun = DryRun.Asked(request) || options.Texts("dryRun").Contains("All");
        return state.Exclusive(() =>
        {
            var owner = state.Find(type, request.Namespace, request.Name)
                ?? throw new ApiStatusException(ApiStatus.NotFound(type, request.Name));
            ObjectAdmission.Delete(type, request.Name);
            CheckPreconditions(type, owner, options);
            if (owner.Finalizers().Count > 0 || IsLeftToKubelet(type, owner, Grace(request, options)))
                return ApiResponse.Json(200, MarkDeleted(type, owner, dryRun));
            if (dryRun) return Answer(type, owner);
            if (type == ResourceTypes.Namespaces) Empty(owner.Name());
            return Answer(type, state.Drop(type, owner));
        });
    }

    private static string? Grace(ApiRequest request, JsonObject options) =>
        request.Option("gracePeriodSeconds") is { Length: > 0 } asked ? asked : options["gracePeriodSeconds"]?.ToJsonString();

    // The kubelet of a Ready node ends a pod at once here; one that is silent confirms nothing, and only a grace of nothing does without.
    private bool IsLeftToKubelet(ResourceType type, JsonObject owner, string? grace) =>
        type == ResourceTypes.Pods && grace != "0"
        && state.Find(ResourceTypes.Nodes, "", owner.Text("spec", "nodeName") ?? "") is { } node && !NodeHealth.IsReady(node);

    private JsonObject MarkDeleted(ResourceType type, JsonObject owner, bool dryRun)
    {
        if (owner.IsDeleting()) return owner;
        var marked = owner.Copy();
        marked.Ensure("metadata")["deletionTimestamp"] = state.Timestamp();
        marked.Ensure("metadata")["deletionGracePeriodSeconds"] = 0;
        return dryRun ? marked : state.Put(type, marked);
    }

    private void Empty(string @namespace)
    {
        foreach (var type in ResourceTypes.All.Where(type => type.Namespaced))
            foreach (var owner in state.Snapshot(type).Objects.Values.Where(one => one.Namespace() == @namespace))
            {
                if (owner.Finalizers().Count > 0) MarkDeleted(type, owner, dryRun: false);
                else state.Drop(type, owner);
            }
    }

    private static ApiResponse Answer(ResourceType type, JsonObject owner)
    {
        if (type.ReturnsDeleted) return ApiResponse.Json(200, owner);
        var details = new JsonObject { ["name"] = owner.Name() };
        if (type.Group.Length > 0) details["group"] = type.Group;
        details["kind"] = type.Plural;
        details["uid"] = owner.Uid();
        return ApiResponse.Json(200, new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Success",
            ["details"] = details,
        });
    }

    private static void CheckPreconditions(ResourceType type, JsonObject owner, JsonObject options)
    {
        if (options.Text("preconditions", "uid") is { } uid && uid != owner.Uid())
            throw new ApiStatusException(ApiStatus.Precondition(type, owner.Name(),
                $"the UID in the precondition ({uid}) does not match the UID in record ({owner.Uid()}). "
                + "The object might have been deleted and then recreated"));
        if (options.Text("preconditions", "resourceVersion") is { } version && version != owner.ResourceVersion())
            throw new ApiStatusException(ApiStatus.Precondition(type, owner.Name(),
                $"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record "
                + $"({owner.ResourceVersion()}). The object might have been modified"));
    }
}
