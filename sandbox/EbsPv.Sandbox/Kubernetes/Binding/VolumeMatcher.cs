using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes.Selection;

namespace EbsPv.Sandbox.Kubernetes.Binding;

/// <summary>Finds the smallest volume that fits a claim. Made for one pass; what changed meanwhile is passed over.</summary>
public sealed class VolumeMatcher
{
    private readonly KubernetesState _state;
    private readonly Dictionary<string, List<JsonObject>> _free;
    private readonly ILookup<string, JsonObject> _reserved;

    public VolumeMatcher(KubernetesState state)
    {
        _state = state;
        var volumes = state.Snapshot(ResourceTypes.PersistentVolumes).Objects.Values.Where(volume => !volume.IsDeleting()).ToArray();
        _free = volumes
            .Where(volume => volume.At("spec", "claimRef") is null && volume.Text("status", "phase") == "Available")
            .GroupBy(Pairing.ClassOf)
            .ToDictionary(group => group.Key, group => group
                .OrderBy(volume => volume.Texts("spec", "accessModes").Count)
                .ThenBy(volume => Pairing.CapacityOf(volume).Value).ToList());
        _reserved = volumes.Where(volume => volume.At("spec", "claimRef") is not null).ToLookup(
            volume => KubernetesState.Key(volume.Text("spec", "claimRef", "namespace") ?? "", volume.Text("spec", "claimRef", "name") ?? ""));
    }

    /// <summary>A volume reserved for the claim wins, whatever its class, if it is large enough.</summary>
    public JsonObject? Reserved(JsonObject claim) => _reserved[KubernetesState.Key(claim)].FirstOrDefault(volume =>
        IsCurrent(volume) && Pairing.IsFor(volume, claim) && Pairing.IsLargeEnough(volume, claim) && Pairing.HasModes(volume, claim)
        && Pairing.HasAttributesClass(volume, claim));

    /// <summary>The smallest that nobody has; mountable on the node, where that matters and the node is known.</summary>
    public JsonObject? Free(JsonObject claim, JsonObject? node)
    {
        if (!_free.TryGetValue(Pairing.ClassOf(claim), out var candidates)) return null;
        candidates.RemoveAll(volume => !IsCurrent(volume));
        var selector = LabelSelector.From(claim.Object("spec", "selector"));
        return candidates.Find(volume =>
            Pairing.IsLargeEnough(volume, claim) && Pairing.HasModes(volume, claim) && selector.Matches(volume)
            && Pairing.HasAttributesClass(volume, claim) && (node is null || NodeSelector.Allows(volume, node)));
    }

    private bool IsCurrent(JsonObject volume) =>
        ReferenceEquals(_state.Find(ResourceTypes.PersistentVolumes, "", volume.Name()), volume);
}
