using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>Which EBS volume is behind a PersistentVolume, and which instance behind a node.</summary>
public static class EbsSource
{
    /// <summary>vol-…, of a CSI source or of an in-tree one; null when it is no EBS volume.</summary>
    public static string? VolumeIdOf(JsonObject volume)
    {
        if (volume.Text("spec", "csi", "driver") is { } driver) return IsEbs(driver) ? volume.Text("spec", "csi", "volumeHandle") : null;
        return volume.Text("spec", "awsElasticBlockStore", "volumeID")?.Split('/')[^1];
    }

    public static string? InstanceIdOf(JsonObject? node) => node.Text("spec", "providerID")?.Split('/')[^1];

    public static bool IsEbs(string driver) => driver is "ebs.csi.aws.com" or "ebs.csi.eks.amazonaws.com";
}
