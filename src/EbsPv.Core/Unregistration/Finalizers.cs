using EbsPv.Defaults;

namespace EbsPv.Unregistration;

/// <summary>What holds a PersistentVolume that is to go, and who lets it go. EbsPv never does: a finalizer is somebody's unfinished work.</summary>
/// <remarks>Sources: Kubernetes' protection controllers; the documentation of the CSI sidecars external-provisioner and external-attacher.</remarks>
internal static class Finalizers
{
    /// <summary>Put on by the CSI provisioner where the policy is Delete; it deletes the EBS volume before it takes it off.</summary>
    public const string Provisioner = "external-provisioner.volume.kubernetes.io/finalizer";

    private const string InTreeController = "kubernetes.io/pv-controller";
    private const string Protection = "kubernetes.io/pv-protection";
    private const string AttacherPrefix = "external-attacher/";

    /// <summary>Whether it stands for a deletion of the EBS volume, which must not happen.</summary>
    public static bool DeletesVolume(string finalizer) => finalizer is Provisioner or InTreeController;

    /// <summary>The finalizers of a PersistentVolume, each with what it waits for.</summary>
    public static string Explained(IReadOnlyList<string> finalizers) =>
        finalizers.Count == 0 ? "nothing any more" : string.Join("; ", finalizers.Select(Explained));

    private static string Explained(string finalizer) => finalizer switch
    {
        Protection => $"{finalizer}, until kube-controller-manager's pv-protection controller sees that no claim uses it",
        Provisioner => $"{finalizer}, until the external-provisioner beside the EBS CSI driver's controller sees the reclaim policy Retain",
        InTreeController => $"{finalizer}, until kube-controller-manager's persistent-volume binder sees the reclaim policy Retain",
        _ when finalizer.StartsWith(AttacherPrefix, StringComparison.Ordinal) => $"{Escaped.Text(finalizer)}, until the external-attacher has detached it (kubectl get volumeattachments)",
        _ => $"{Escaped.Text(finalizer)}, which is none of Kubernetes' own",
    };
}
