namespace EbsPv.Sandbox.Kubernetes.Binding;

/// <summary>The annotations that the persistent-volume controller leaves.</summary>
public static class BindingNames
{
    public const string BindCompleted = "pv.kubernetes.io/bind-completed";
    public const string BoundByController = "pv.kubernetes.io/bound-by-controller";
    public const string ProvisionedBy = "pv.kubernetes.io/provisioned-by";
    public const string MigratedTo = "pv.kubernetes.io/migrated-to";
}
