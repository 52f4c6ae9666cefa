using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes.Validation;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>POST.</summary>
public sealed class ObjectCreator(KubernetesState state, ObjectAdmission admission, ServerVersion version)
{
    private const string SuffixLetters = "bcdfghjklmnpqrstvwxz2456789";
    private static readonly string[] s_systemFields =
        ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "generation"];

    public ApiResponse Create(ApiRequest request)
    {
        var type = request.Type!;
        if (request.Name.Length > 0) throw new ApiStatusException(ApiStatus.MethodNotAllowed);
        DryRun.Check(request, "CreateOptions");
        var (owner, warnings) = new BodyReader(version).Read(request);
        Prepare(request, owner);
        var rules = KindRules.Of(type);
        var created = state.Exclusive(() =>
        {
            rules.SetDefaults(owner);
            admission.Create(type, owner);
            Validate(type, owner, rules);
            if (state.Find(type, owner.Namespace(), owner.Name()) is not null)
                throw new ApiStatusException(ApiStatus.AlreadyExists(type, owner.Name()));
            state.Stamp(owner);
            return DryRun.Asked(request) ? owner : state.Put(type, owner);
        });
        return ApiResponse.Json(201, created) with { Warnings = [.. warnings, .. rules.Warnings(created)] };
    }

    private static void Prepare(ApiRequest request, JsonObject owner)
    {
        var type = request.Type!;
        var metadata = owner.Ensure("metadata");
        if (metadata.Text("resourceVersion") is { Length: > 0 })
            throw new ApiStatusException(new ApiStatus(500, "", "resourceVersion should not be set on objects to be created"));
        foreach (var field in s_systemFields) metadata.Remove(field);
        Placement.Settle(request, owner);
        if (owner.Name().Length == 0 && metadata.Text("generateName") is { Length: > 0 } prefix) metadata["name"] = prefix + Suffix();
        if (!type.HasStatus) return;
        if (KindRules.Of(type).InitialStatus is not { } status) return;
        if (status.Count > 0) owner["status"] = status;
        else owner.Remove("status");
    }

    private void Validate(ResourceType type, JsonObject owner, KindRules rules)
    {
        var errors = new FieldErrors();
        MetadataRules.Validate(type, owner, errors);
        rules.Validate(owner, errors, version);
        errors.ThrowIfAny(type.Group, type.Kind, owner.Name());
    }

    private static string Suffix() => string.Concat(Random.Shared.GetItems(SuffixLetters.ToCharArray(), 5));
}
