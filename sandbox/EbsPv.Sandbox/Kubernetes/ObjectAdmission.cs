using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes.Validation;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>What the real admission plugins do to new objects, and what they refuse.</summary>
public sealed class ObjectAdmission(KubernetesState state, KubernetesOptions options)
{
    public const string VolumeProtection = "kubernetes.io/pv-protection";
    public const string ClaimProtection = "kubernetes.io/pvc-protection";
    private const string DefaultClass = "storageclass.kubernetes.io/is-default-class";
    private static readonly string[] s_permanent = ["default", "kube-system", "kube-public"];

    public void Create(ResourceType type, JsonObject owner)
    {
        if (type.Namespaced && state.Find(ResourceTypes.Namespaces, "", owner.Namespace()) is null)
            throw new ApiStatusException(ApiStatus.NotFound(ResourceTypes.Namespaces, owner.Namespace()));
        if (type == ResourceTypes.PersistentVolumes) AddFinalizer(owner, VolumeProtection);
        if (type == ResourceTypes.PersistentVolumeClaims)
        {
            AddFinalizer(owner, ClaimProtection);
            owner.Ensure("spec")["storageClassName"] ??= DefaultClassName();
            if (owner["spec"]!["storageClassName"] is null) owner.Ensure("spec").Remove("storageClassName");
        }

        options.MutateOnCreate?.Invoke(owner);
    }

    public void Update(ResourceType type, JsonObject owner, JsonObject before)
    {
        if (type != ResourceTypes.PersistentVolumeClaims) return;
        if (PersistentVolumeClaimRules.Requested(owner).Value <= PersistentVolumeClaimRules.Requested(before).Value) return;
        var className = owner.Text("spec", "storageClassName") ?? "";
        if (state.Find(ResourceTypes.StorageClasses, "", className).Flag("allowVolumeExpansion")) return;
        throw new ApiStatusException(ApiStatus.Forbidden(type, owner.Name(),
            "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize"));
    }

    public static void Delete(ResourceType type, string name)
    {
        if (type == ResourceTypes.Namespaces && s_permanent.Contains(name))
            throw new ApiStatusException(ApiStatus.Forbidden(type, name, "this namespace may not be deleted"));
    }

    private string? DefaultClassName() => state.Snapshot(ResourceTypes.StorageClasses).Objects.Values
        .FirstOrDefault(one => one.Annotation(DefaultClass) == "true")?.Name();

    private static void AddFinalizer(JsonObject owner, string finalizer)
    {
        if (owner.Finalizers().Contains(finalizer)) return;
        var metadata = owner.Ensure("metadata");
        if (metadata["finalizers"] is not JsonArray finalizers) metadata["finalizers"] = finalizers = [];
        finalizers.Add((JsonNode)finalizer);
    }
}
