using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes.Patching;
using EbsPv.Sandbox.Kubernetes.Validation;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>PUT and PATCH, of objects and of their status.</summary>
public sealed class ObjectUpdater(KubernetesState state, ObjectAdmission admission, ServerVersion version)
{
    internal const string Modified =
        "the object has been modified; please apply your changes to the latest version and try again";

    private static readonly string[] s_kept = ["creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation"];

    public ApiResponse Update(ApiRequest request)
    {
        CheckSubresource(request);
        DryRun.Check(request, "UpdateOptions");
        var (owner, warnings) = new BodyReader(version).Read(request);
        Placement.Settle(request, owner);
        Placement.CheckName(request, owner);
        var stored = state.Exclusive(() =>
        {
            var before = Existing(request);
            if (owner.Uid().Length > 0 && owner.Uid() != before.Uid())
                throw new ApiStatusException(ApiStatus.Conflict(request.Type!, request.Name,
                    $"Precondition failed: UID in precondition: {owner.Uid()}, UID in object meta: {before.Uid()}"));
            return Store(request, owner, before);
        });
        return Answer(request, stored, warnings);
    }

    public ApiResponse Patch(ApiRequest request)
    {
        CheckSubresource(request);
        DryRun.Check(request, "PatchOptions");
        IReadOnlyList<string> warnings = [];
        var stored = state.Exclusive(() =>
        {
            var before = Existing(request);
            var patched = ObjectPatch.Apply(before, request.ContentType, request.Body);
            (var owner, warnings) = new BodyReader(version).ReadPatched(request, patched);
            Placement.Settle(request, owner);
            Placement.CheckName(request, owner);
            return Store(request, owner, before);
        });
        return Answer(request, stored, warnings);
    }

    private static ApiResponse Answer(ApiRequest request, JsonObject stored, IReadOnlyList<string> warnings) =>
        ApiResponse.Json(200, stored) with { Warnings = [.. warnings, .. KindRules.Of(request.Type!).Warnings(stored)] };

    private static void CheckSubresource(ApiRequest request)
    {
        if (request.Name.Length == 0) throw new ApiStatusException(ApiStatus.MethodNotAllowed);
        var known = request.Subresource.Length == 0 || (request.Subresource == "status" && request.Type!.HasStatus);
        if (!known) throw new ApiStatusException(ApiStatus.UnknownPath);
    }

    private JsonObject Existing(ApiRequest request) =>
        state.Find(request.Type!, request.Namespace, request.Name)
        ?? throw new ApiStatusException(ApiStatus.NotFound(request.Type!, request.Name));

    private JsonObject Store(ApiRequest request, JsonObject owner, JsonObject before)
    {
        var type = request.Type!;
        if (owner.ResourceVersion() is { Length: > 0 } seen && seen != before.ResourceVersion())
            throw new ApiStatusException(ApiStatus.Conflict(type, request.Name, Modified));
        Keep(request, owner, before);
        KindRules.Of(type).SetDefaults(owner);
        Validate(request, owner, before);
        if (request.Subresource.Length == 0) admission.Update(type, owner, before);
        if (owner.SameAs(before)) return before;
        if (DryRun.Asked(request)) return owner;
        return owner.IsDeleting() && owner.Finalizers().Count == 0 ? state.Drop(type, owner) : state.Put(type, owner);
    }

    // An update of the object leaves its status alone, one of the status leaves everything else alone.
    private static void Keep(ApiRequest request, JsonObject owner, JsonObject before)
    {
        var metadata = owner.Ensure("metadata");
        if (owner.Uid().Length == 0) metadata["uid"] = before.Uid();
        metadata["resourceVersion"] = before.ResourceVersion();
        foreach (var field in s_kept) Restore(metadata, before.Object("metadata")!, field);
        if (request.Subresource == "status")
        {
            foreach (var field in owner.Select(pair => pair.Key).Union(before.Select(pair => pair.Key)).ToArray())
                if (field is not ("metadata" or "status")) Restore(owner, before, field);
        }
        else if (request.Type!.HasStatus) Restore(owner, before, "status");
    }

    private static void Restore(JsonObject owner, JsonObject before, string field)
    {
        if (before[field] is { } value) owner[field] = value.DeepClone();
        else owner.Remove(field);
    }

    private void Validate(ApiRequest request, JsonObject owner, JsonObject before)
    {
        var type = request.Type!;
        var errors = new FieldErrors();
        MetadataRules.Validate(type, owner, errors);
        MetadataRules.ValidateUpdate(owner, before, errors);
        if (request.Subresource.Length == 0)
        {
            KindRules.Of(type).Validate(owner, errors, version);
            KindRules.Of(type).ValidateUpdate(owner, before, errors);
        }

        errors.ThrowIfAny(type.Group, type.Kind, owner.Name());
    }
}
