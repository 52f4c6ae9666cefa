using EbsPv.Errors;

namespace EbsPv.Repairs;

/// <summary>What a run can repair, and why it cannot repair the rest.</summary>
public sealed record RepairPlanning
{
    /// <summary>What may begin, in the order of the findings.</summary>
    public required IReadOnlyList<PlannedRepair> Repairs { get; init; }

    /// <summary>Findings that are not there any more.</summary>
    public required IReadOnlyList<EbsPersistentVolumeRepair> Unchanged { get; init; }

    /// <summary>Why others are left as they are.</summary>
    public required IReadOnlyList<EbsPvException> Refusals { get; init; }
}
