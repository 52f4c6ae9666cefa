namespace EbsPv.Reservations;

/// <summary>The claims of a StatefulSet that volumes are kept for.</summary>
/// <param name="Namespace">Namespace of the StatefulSet.</param>
/// <param name="Name">Its name.</param>
/// <param name="ClaimTemplate">Name of one of its volumeClaimTemplates.</param>
public sealed record StatefulSetReference(string Namespace, string Name, string ClaimTemplate)
{
    /// <summary>The claim of a pod, as the StatefulSet's controller names it.</summary>
    public string ClaimOf(int ordinal) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ClaimTemplate}-{Name}-{ordinal}");

    /// <summary>The pod that a claim, as <c>namespace/name</c>, is for; null when it is for none of this StatefulSet's.</summary>
    public int? OrdinalOf(string? claim)
    {
        var prefix = $"{Namespace}/{ClaimTemplate}-{Name}-";
        if (claim is null || !claim.StartsWith(prefix, StringComparison.Ordinal)) return null;
        return int.TryParse(claim[prefix.Length..], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var ordinal) && ClaimOf(ordinal) == claim[(Namespace.Length + 1)..] ? ordinal : null;
    }
}
