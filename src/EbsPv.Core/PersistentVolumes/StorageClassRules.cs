namespace EbsPv.PersistentVolumes;

/// <summary>What a storage class for volumes made by hand looks like.</summary>
public static class StorageClassRules
{
    /// <summary>The provisioner that provisions nothing.</summary>
    public const string NoProvisioner = "kubernetes.io/no-provisioner";

    /// <summary>The label that says who looks after an object.</summary>
    public const string ManagedBy = "app.kubernetes.io/managed-by";

    /// <summary>What that label says on objects that EbsPv made.</summary>
    public const string Manager = "EbsPv";
}
