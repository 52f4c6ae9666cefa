using System.Text.RegularExpressions;
using EbsPv.Errors;

namespace EbsPv.PersistentVolumes;

/// <summary>What a PersistentVolume for an EBS volume may say.</summary>
/// <remarks>Sources: the validation of Kubernetes' API server; the EBS CSI driver's documentation on modes and file systems.</remarks>
public static partial class PersistentVolumeRules
{
    /// <summary>The class when none is given.</summary>
    public const string DefaultStorageClass = "manual-ebs";

    /// <summary>Longest DNS-1123 subdomain.</summary>
    public const int MaxName = 253;

    /// <summary>The name, if Kubernetes takes it.</summary>
    /// <exception cref="EbsPvException">PvNameInvalid, with a legal proposal.</exception>
    /// <param name="name">The name.</param>
    /// <param name="parameter">The parameter that gives another one.</param>
    public static string CheckedName(string name, string parameter = "-Name")
    {
        ArgumentNullException.ThrowIfNull(name);
        if (IsDnsSubdomain(name)) return name;
        var proposal = Proposal(name);
        throw EbsPvException.Input(
            ErrorIds.PvNameInvalid,
            $"'{Defaults.Escaped.Text(name)}' cannot be the name of a PersistentVolume: up to {MaxName} of a-z, 0-9, '-' and '.', "
            + "each part beginning and ending with a letter or digit.",
            name,
            proposal.Length > 0 ? $"Use {parameter} {proposal}." : $"Give a name with {parameter}.");
    }

    /// <summary>The class, if Kubernetes takes its name; empty means no class.</summary>
    /// <exception cref="EbsPvException">StorageClassInvalid.</exception>
    public static string CheckedStorageClass(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || IsDnsSubdomain(name)) return name;
        throw EbsPvException.Input(
            ErrorIds.StorageClassInvalid,
            $"'{Defaults.Escaped.Text(name)}' cannot be the name of a storage class: up to {MaxName} of a-z, 0-9, '-' and '.', each part beginning and ending with a letter or digit.",
            name,
            Proposal(name) is { Length: > 0 } proposal ? $"Use -StorageClassName {proposal}." : "Use a name such as manual-ebs.");
    }

    /// <summary>The VolumeAttributesClass, if Kubernetes takes its name.</summary>
    /// <exception cref="EbsPvException">VolumeAttributeInvalid.</exception>
    public static string? CheckedVolumeAttributesClass(string? name)
    {
        if (name is null) return null;
        if (IsDnsSubdomain(name)) return name;
        throw EbsPvException.Input(
            ErrorIds.VolumeAttributeInvalid,
            $"'{Defaults.Escaped.Text(name)}' cannot be the name of a VolumeAttributesClass.",
            name,
            "Use a-z, 0-9, '-' and '.', beginning and ending with a letter or digit; kubectl get volumeattributesclasses shows those there are.");
    }

    /// <summary>The policy in Kubernetes' spelling.</summary>
    /// <exception cref="EbsPvException">ReclaimPolicyUnsupported, ReclaimPolicyDeleteNeedsConsent.</exception>
    public static string CheckedReclaimPolicy(string policy, bool allowDelete)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Equals("Retain", StringComparison.OrdinalIgnoreCase)) return "Retain";
        if (!policy.Equals("Delete", StringComparison.OrdinalIgnoreCase))
            throw EbsPvException.Input(
                ErrorIds.ReclaimPolicyUnsupported,
                $"EBS volumes have the reclaim policies Retain and Delete, not '{Defaults.Escaped.Text(policy)}'.",
                policy,
                "Use Retain, which keeps the volume when its claim is deleted.");
        if (allowDelete) return "Delete";
        throw EbsPvException.Input(
            ErrorIds.ReclaimPolicyDeleteNeedsConsent,
            "With the reclaim policy Delete the EBS volume, and the data on it, is really deleted as soon as its claim is.",
            policy,
            "Leave the policy at Retain, or consent with -AllowDeletePolicy.");
    }

    /// <summary>Refuses labels that Kubernetes refuses, and those that say where the volume is.</summary>
    /// <exception cref="EbsPvException">LabelInvalid.</exception>
    public static void CheckLabels(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        foreach (var (key, value) in labels)
        {
            if (!IsQualifiedName(key)) throw InvalidLabel(key, "a key is an optional DNS prefix and '/', and up to 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit.");
            if (value.Length > 63 || !LabelValue().IsMatch(value))
                throw InvalidLabel(key, $"its value '{value}' must be empty, or up to 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit.");
            if (key is EbsDrivers.ZoneLabel or EbsDrivers.RegionLabel) throw InvalidLabel(key, "zone and region come from the volume itself.");
        }
    }

    /// <summary>Whether Kubernetes takes the text as the key of a label or annotation.</summary>
    public static bool IsQualifiedName(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && (slash > MaxName || !DnsSubdomain().IsMatch(key[..slash]))) return false;
        var name = key[(slash + 1)..];
        return name.Length is > 0 and <= 63 && LabelValue().IsMatch(name);
    }

    /// <summary>Whether the text is a DNS-1123 subdomain, as Kubernetes asks of most names.</summary>
    public static bool IsDnsSubdomain(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= MaxName && DnsSubdomain().IsMatch(name);
    }

    /// <summary>A legal name that is near to one that is not; empty when there is none.</summary>
    public static string Proposal(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var legal = NotLegal().Replace(name.ToLowerInvariant(), "-");
        legal = string.Join('.', legal.Split('.').Select(part => part.Trim('-')).Where(part => part.Length > 0));
        return legal.Length > MaxName ? legal[..MaxName].TrimEnd('-', '.') : legal;
    }

    private static EbsPvException InvalidLabel(string key, string rule) => EbsPvException.Input(
        ErrorIds.LabelInvalid, $"The label '{Defaults.Escaped.Text(key)}' is not possible: {Defaults.Escaped.Text(rule)}", key, "Change the label; nothing was registered.");

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\z")]
    private static partial Regex DnsSubdomain();

    [GeneratedRegex(@"^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?)?\z")]
    private static partial Regex LabelValue();

    [GeneratedRegex("[^a-z0-9.-]+")]
    private static partial Regex NotLegal();
}
