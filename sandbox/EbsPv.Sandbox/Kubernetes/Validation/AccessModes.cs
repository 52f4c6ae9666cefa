namespace EbsPv.Sandbox.Kubernetes.Validation;

/// <summary>Access modes, the same for volumes and claims.</summary>
public static class AccessModes
{
    private const string OncePod = "ReadWriteOncePod";
    private static readonly string[] s_old = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce"];
    private static readonly string[] s_all = [.. s_old, OncePod];

    public static void Validate(IReadOnlyList<string> modes, string required, FieldErrors errors, ServerVersion version)
    {
        if (modes.Count == 0) errors.Required("spec.accessModes", required);
        var known = version.HasReadWriteOncePod ? s_all : s_old;
        foreach (var mode in modes)
            if (!known.Contains(mode)) errors.NotSupported("spec.accessModes", mode, known);
        if (version.HasReadWriteOncePod && modes.Contains(OncePod) && modes.Any(mode => mode != OncePod))
            errors.Forbidden("spec.accessModes", "may not use ReadWriteOncePod with other access modes");
    }
}
