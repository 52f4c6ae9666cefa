using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes.Validation;

namespace EbsPv.Sandbox.Kubernetes.Binding;

/// <summary>What a volume and a claim have to do with each other.</summary>
public static class Pairing
{
    public static Quantity CapacityOf(JsonObject volume) => Quantity.ParseOrZero(volume.Text("spec", "capacity", "storage"));

    public static string ClassOf(JsonObject owner) => owner.Text("spec", "storageClassName") ?? "";

    /// <summary>Reserved for, or bound to, this very claim: a claimRef without uid reserves by name.</summary>
    public static bool IsFor(JsonObject volume, JsonObject claim) =>
        volume.Object("spec", "claimRef") is { } reference
        && reference.Text("name") == claim.Name()
        && reference.Text("namespace") == claim.Namespace()
        && (reference.Text("uid") is not { Length: > 0 } uid || uid == claim.Uid());

    public static bool IsLargeEnough(JsonObject volume, JsonObject claim) =>
        CapacityOf(volume).Value >= PersistentVolumeClaimRules.Requested(claim).Value;

    public static bool HasModes(JsonObject volume, JsonObject claim) =>
        !claim.Texts("spec", "accessModes").Except(volume.Texts("spec", "accessModes")).Any()
        && volume.Text("spec", "volumeMode") == claim.Text("spec", "volumeMode");

    public static bool HasAttributesClass(JsonObject volume, JsonObject claim) =>
        (volume.Text("spec", "volumeAttributesClassName") ?? "") == (claim.Text("spec", "volumeAttributesClassName") ?? "");

    /// <summary>Null when a claim that names the volume may have it, otherwise why not.</summary>
    public static string? Mismatch(JsonObject volume, JsonObject claim)
    {
        if (!IsLargeEnough(volume, claim)) return "requested PV is too small";
        if (ClassOf(volume) != ClassOf(claim)) return "storageClassName does not match";
        if (!HasAttributesClass(volume, claim)) return "volumeAttributesClassName does not match";
        return HasModes(volume, claim) ? null : "incompatible accessMode";
    }
}
