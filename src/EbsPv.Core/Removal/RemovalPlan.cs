using EbsPv.Errors;

namespace EbsPv.Removal;

/// <summary>What a removal comes to: volumes that may go, or the reasons why none does.</summary>
/// <param name="Volumes">The volumes as they are now, in the order in which they came.</param>
/// <param name="Gone">Ids of volumes that are not there any more, or are being deleted already.</param>
/// <param name="Refusals">Why nothing is removed; empty when everything may be.</param>
public sealed record RemovalPlan(
    IReadOnlyList<ClusterEbsVolume> Volumes, IReadOnlyList<string> Gone, IReadOnlyList<EbsPvException> Refusals);
