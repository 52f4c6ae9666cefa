namespace EbsPv.Ports;

/// <summary>A StatefulSet, as far as its claims go.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="FirstOrdinal"><c>spec.ordinals.start</c>; 0 where it says none.</param>
/// <param name="ClaimTemplates">Its volumeClaimTemplates.</param>
public sealed record StatefulSetInfo(string Namespace, string Name, int FirstOrdinal, IReadOnlyList<ClaimTemplate> ClaimTemplates);
