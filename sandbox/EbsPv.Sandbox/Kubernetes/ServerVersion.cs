using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>The release that the sandbox claims to be; what came later is refused or dropped, as that release would.</summary>
public sealed record ServerVersion(string GitVersion, int Major, int Minor)
{
    public bool HasReadWriteOncePod => Minor >= 22;

    public bool HasAutoscalingV2 => Minor >= 23;

    public bool HasFieldValidation => Minor >= 25;

    /// <summary>Whether the node.kubernetes.io/out-of-service taint has an effect.</summary>
    public bool HasOutOfServiceTaint => Minor >= 26;

    /// <summary>Whether StatefulSets have persistentVolumeClaimRetentionPolicy and ordinals.</summary>
    public bool HasClaimRetention => Minor >= 27;

    public bool HasVolumeAttributesClass => Minor >= 29;

    public bool HasPhaseTransitionTime => Minor >= 29;

    public static ServerVersion Parse(string gitVersion)
    {
        var parts = gitVersion.TrimStart('v').Split('.', '-', '+');
        if (parts.Length < 3 || !int.TryParse(parts[0], out var major) || !int.TryParse(parts[1], out var minor))
            throw new ArgumentException($"'{gitVersion}' is not a version such as v1.33.4.", nameof(gitVersion));
        return new ServerVersion(gitVersion, major, minor);
    }

    public JsonObject ToJson() => new()
    {
        ["major"] = $"{Major}",
        ["minor"] = $"{Minor}",
        ["gitVersion"] = GitVersion,
        ["gitCommit"] = "5adda9a83c3e6ec1ba1e5f0d4e1b5b7c0b4f0a1d",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2025-01-01T00:00:00Z",
        ["goVersion"] = "go1.24",
        ["compiler"] = "gc",
        ["platform"] = "linux/amd64",
    };
}
