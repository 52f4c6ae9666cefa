using EbsPv.Errors;
using EbsPv.PersistentVolumeClaims;
using EbsPv.PersistentVolumes;
using EbsPv.Reservations;

namespace EbsPv.PowerShell.Binding;

/// <summary>For which claims the volumes are to be kept: one claim, or those of a StatefulSet.</summary>
internal sealed record ClaimWish(string? Namespace, string? ClaimName, string? StatefulSet, string? ClaimTemplate)
{
    /// <summary>The StatefulSet's claims; null for one claim.</summary>
    public StatefulSetReference? StatefulSetReference => StatefulSet is null ? null : new StatefulSetReference(Namespace!, StatefulSet, ClaimTemplate!);

    /// <summary>The wish; null when there is none.</summary>
    /// <exception cref="EbsPvException">ClaimParametersConflict, ClaimNameInvalid, NamespaceInvalid.</exception>
    public static ClaimWish? Of(string? ns, string? claimName, string? statefulSet, string? claimTemplate)
    {
        if (claimName is not null && statefulSet is not null) throw Conflict("-ClaimName is for one claim, and -StatefulSet names those of its pods by itself.", "Leave one of them out.");
        if (claimTemplate is not null && statefulSet is null) throw Conflict("-ClaimTemplate names a template of a StatefulSet, and no StatefulSet was given.", "Add -StatefulSet, or leave -ClaimTemplate out.");
        if (claimTemplate is null && statefulSet is not null) throw Conflict("-StatefulSet needs -ClaimTemplate: its claims are named after both.", "Give the name under spec.volumeClaimTemplates, such as -ClaimTemplate data.");
        if (ns is not null) ClaimNames.CheckedNamespace(ns);
        if (claimName is null && statefulSet is null)
            return ns is null ? null : throw Conflict("-ClaimNamespace says where a claim is, and none was named.", "Add -ClaimName or -StatefulSet, or leave -ClaimNamespace out.");
        if (claimName is not null) ClaimNames.Checked(claimName);
        if (statefulSet is not null) ClaimNames.CheckOfStatefulSet(statefulSet, claimTemplate!);
        return new ClaimWish(ns, claimName, statefulSet, claimTemplate);
    }

    /// <summary>The wish in a namespace: the typed one, else the context's, else <c>default</c>.</summary>
    public ClaimWish In(Func<string?> contextNamespace) => this with { Namespace = Namespace ?? contextNamespace() ?? "default" };

    /// <summary>The one volume, kept for the claim.</summary>
    /// <exception cref="EbsPvException">ClaimParametersConflict, when there are several.</exception>
    public static VolumeToRegister Keep(IReadOnlyList<VolumeToRegister> volumes, string ns, string claimName)
    {
        if (volumes.Count == 1) return volumes[0] with { Settings = new PersistentVolumeSettings { Claim = new ClaimReference(ns, claimName) } };
        throw Conflict($"-ClaimName {claimName} is for one volume, and {volumes.Count} came down the pipeline; nothing was registered.", "Give one volume, or use -StatefulSet for the claims of its pods.");
    }

    private static EbsPvException Conflict(string message, string action) => EbsPvException.Input(ErrorIds.ClaimParametersConflict, message, null, action);
}
