using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.Unregistration;

/// <summary>Which PersistentVolumes must stay.</summary>
public static class UnregistrationRules
{
    /// <summary>Refuses a PersistentVolume whose deletion could not finish, or would take somebody's data away.</summary>
    /// <exception cref="EbsPvException">PersistentVolumeBound.</exception>
    public static void CheckUnbound(EbsPersistentVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        // Binding is two writes: the claim's uid is there before the phase is.
        var isBeingBound = volume is { ClaimUid: not null, Status: "Available" or "Pending" };
        if (volume.Status != "Bound" && !isBeingBound) return;
        var claim = (volume.Claim ?? "/").Split('/');
        throw new EbsPvException(
            ErrorKind.InvalidState,
            ErrorIds.PersistentVolumeBound,
            $"The PersistentVolume {volume.Name} is {(isBeingBound ? "being bound" : "bound")} to the claim {Escaped.Text(volume.Claim)}. It was left alone: deleted now, it would stay Terminating for good.")
        {
            Target = volume.Name,
            RecommendedAction = $"If the claim is to go: {Kept(volume)}stop its pods, then kubectl delete pvc -n {Escaped.Text(claim[0])} {Escaped.Text(claim[^1])}, and run the line again.",
        };
    }

    // What removes a PersistentVolume here keeps its volume, and the deletion of the claim would not.
    private static string Kept(EbsPersistentVolume volume) => volume.ReclaimPolicy == "Delete"
        ? $"set the reclaim policy to Retain first (Move-EbsPersistentVolume {volume.Name} -PrepareOnly), since with Delete the volume goes with its claim; "
        : "";
}
