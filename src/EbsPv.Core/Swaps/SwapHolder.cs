using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EbsPv.PersistentVolumes;

namespace EbsPv.Swaps;

/// <summary>
/// Keeps the note of a swap where there is no claim to keep it: a PersistentVolume beside the one that is swapped, for the same disk, which no
/// claim can have. Between the deletion of the old PersistentVolume and the creation of the new one it is all that is left, and listing
/// PersistentVolumes finds it.
/// </summary>
public static class SwapHolder
{
    /// <summary>The label of holders; its value is the name of the PersistentVolume, as far as a label can say it.</summary>
    public const string Label = "ebspv/swap-of";

    private const int MaxLabelValue = 63;
    private const string Suffix = "-ebspv-swap";
    private const string Namespace = "ebspv", Claim = "fenced";

    /// <summary>Whether a PersistentVolume is a holder.</summary>
    public static bool Is(EbsPersistentVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        return volume.Labels.ContainsKey(Label);
    }

    /// <summary>The claim that fences a PersistentVolume without one: it is nobody's, and its uid is the swap's.</summary>
    public static ClaimReference Fence(string operation) => new(Namespace, Claim) { Uid = operation };

    /// <summary>Name of the holder for a PersistentVolume.</summary>
    public static string NameFor(string persistentVolume)
    {
        ArgumentNullException.ThrowIfNull(persistentVolume);
        if (persistentVolume.Length + Suffix.Length <= PersistentVolumeRules.MaxName) return persistentVolume + Suffix;
        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(persistentVolume)))[..16].ToLowerInvariant();
        return $"ebspv-swap-{digest}";
    }

    /// <summary>The holder's manifest.</summary>
    /// <param name="intent">What it notes.</param>
    /// <param name="current">What the server says of the PersistentVolume, whose disk and zone the holder names too.</param>
    public static string Manifest(SwapIntent intent, string current)
    {
        ArgumentNullException.ThrowIfNull(intent);
        var old = JsonNode.Parse(current)!["spec"]!;
        var spec = new JsonObject
        {
            ["capacity"] = old["capacity"]!.DeepClone(),
            ["accessModes"] = old["accessModes"]!.DeepClone(),
            ["persistentVolumeReclaimPolicy"] = "Retain",
            ["storageClassName"] = "",
            ["claimRef"] = new JsonObject
            {
                ["apiVersion"] = "v1", ["kind"] = "PersistentVolumeClaim", ["namespace"] = Namespace, ["name"] = Claim, ["uid"] = intent.Operation,
            },
        };
        foreach (var field in new[] { "volumeMode", "csi", "awsElasticBlockStore", "nodeAffinity" })
            if (old[field] is { } value)
                spec[field] = value.DeepClone();
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "PersistentVolume",
            ["metadata"] = new JsonObject
            {
                ["name"] = NameFor(intent.PersistentVolume),
                ["labels"] = new JsonObject { [Label] = LabelOf(intent.PersistentVolume) },
                ["annotations"] = new JsonObject { [SwapIntent.Annotation] = intent.ToJson() },
            },
            ["spec"] = spec,
        }.ToJsonString();
    }

    private static string LabelOf(string name) => name.Length <= MaxLabelValue ? name : name[..MaxLabelValue].TrimEnd('.', '-');
}
