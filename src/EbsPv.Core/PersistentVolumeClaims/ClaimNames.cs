using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;

namespace EbsPv.PersistentVolumeClaims;

/// <summary>What claims and namespaces may be called.</summary>
/// <remarks>Source: the validation of Kubernetes' API server.</remarks>
public static class ClaimNames
{
    /// <summary>The name, if a claim can have it.</summary>
    /// <exception cref="EbsPvException">ClaimNameInvalid, with a legal proposal.</exception>
    public static string Checked(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (PersistentVolumeRules.IsDnsSubdomain(name)) return name;
        throw Invalid(ErrorIds.ClaimNameInvalid, name, name, $"cannot be the name of a claim: up to {PersistentVolumeRules.MaxName} of a-z, 0-9, '-' and '.', each part beginning and ending with a letter or digit.");
    }

    /// <summary>The name, if a namespace can have it.</summary>
    /// <exception cref="EbsPvException">NamespaceInvalid, with a legal proposal.</exception>
    public static string CheckedNamespace(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length <= 63 && !name.Contains('.', StringComparison.Ordinal) && PersistentVolumeRules.IsDnsSubdomain(name)) return name;
        throw Invalid(ErrorIds.NamespaceInvalid, name, name.Replace('.', '-'), "cannot be the name of a namespace: up to 63 of a-z, 0-9 and '-', beginning and ending with a letter or digit.");
    }

    /// <summary>The StatefulSet and its template, if a claim can be called after both.</summary>
    /// <exception cref="EbsPvException">ClaimNameInvalid, with a legal proposal.</exception>
    public static void CheckOfStatefulSet(string statefulSet, string template)
    {
        ArgumentNullException.ThrowIfNull(statefulSet);
        ArgumentNullException.ThrowIfNull(template);
        foreach (var (name, what) in new[] { (statefulSet, "StatefulSet"), (template, "claim template") })
            if (!PersistentVolumeRules.IsDnsSubdomain(name))
                throw Invalid(ErrorIds.ClaimNameInvalid, name, name, $"cannot be the name of a {what}: a-z, 0-9, '-' and '.', each part beginning and ending with a letter or digit.");
        Checked($"{template}-{statefulSet}-0");
    }

    private static EbsPvException Invalid(string errorId, string name, string near, string rule)
    {
        var proposal = PersistentVolumeRules.Proposal(near);
        return EbsPvException.Input(errorId, $"'{Escaped.Text(name)}' {rule}", name, proposal.Length > 0 ? $"Use {proposal}." : "Give another name.");
    }
}
