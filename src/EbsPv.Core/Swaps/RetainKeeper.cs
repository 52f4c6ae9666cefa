using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Unregistration;

namespace EbsPv.Swaps;

/// <summary>
/// Sets the reclaim policy Retain before anything is done that could make a controller think the volume's time has come, and notes the policy
/// that was there, for the PersistentVolume that takes its place.
/// </summary>
internal sealed class RetainKeeper(ICluster cluster, SwapWatches watches, TimeSpan timeout, TimeProvider time)
{
    internal const string Retain = "Retain";

    /// <summary>The PersistentVolume with Retain, once whoever deletes disks has seen it.</summary>
    /// <exception cref="EbsPvException">PersistentVolumeNotFound, ProvisionerNotRunning.</exception>
    public async Task<EbsPersistentVolume> SetAsync(EbsPersistentVolume volume, CancellationToken cancellationToken)
    {
        var retained = await new ConditionalChange<EbsPersistentVolume>(
            IsRetained, ChangeAsync, token => cluster.GetPersistentVolumeAsync(volume.Name, token), time).ApplyAsync(volume, cancellationToken).ConfigureAwait(false) ?? throw Gone(volume);
        if (!retained.Finalizers.Any(Finalizers.DeletesVolume)) return retained;
        try
        {
            // The provisioner takes its finalizer off when it sees Retain: then it has seen it, and deletes nothing.
            var seen = await watches.VolumeAsync(
                retained, volume.Name, newest => newest?.Uid != volume.Uid || !newest!.Finalizers.Any(Finalizers.DeletesVolume), timeout, cancellationToken).ConfigureAwait(false);
            return seen is not null && seen.Uid == volume.Uid ? seen : throw Gone(volume);
        }
        catch (TimeoutException)
        {
            throw NotRunning(retained, retained.Finalizers.First(Finalizers.DeletesVolume));
        }

        bool IsRetained(EbsPersistentVolume current) => current.Uid == volume.Uid ? current.ReclaimPolicy == Retain : throw Gone(volume);
    }

    private Task<EbsPersistentVolume> ChangeAsync(EbsPersistentVolume current) => cluster.PatchPersistentVolumeAsync(
        current,
        new PersistentVolumePatch { ReclaimPolicy = Retain, Annotations = new Dictionary<string, string?> { [SwapIntent.PolicyAnnotation] = current.ReclaimPolicy } },
        CancellationToken.None);

    private static EbsPvException Gone(EbsPersistentVolume volume) => new(
        ErrorKind.NotFound, ErrorIds.PersistentVolumeNotFound, $"The PersistentVolume {volume.Name} was deleted, or made anew, by somebody else meanwhile. Nothing more was changed.")
    {
        Target = volume.Name,
        RecommendedAction = $"Find out by whom; look at the disk {volume.VolumeId}, then run the line again.",
    };

    private static EbsPvException NotRunning(EbsPersistentVolume volume, string finalizer) => new(
        ErrorKind.Timeout,
        ErrorIds.ProvisionerNotRunning,
        $"The PersistentVolume {volume.Name} has the reclaim policy Retain now, and its finalizer {finalizer} was not taken off: whoever deletes disks for the policy Delete does not run, or has not seen it. Nothing more was changed.")
    {
        Target = volume.Name,
        RecommendedAction = "See whether the CSI driver's controller runs: kubectl -n kube-system get pods -l app=ebs-csi-controller. Then run the same line again.",
    };
}
