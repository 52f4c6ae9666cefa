namespace EbsPv.Volumes;

/// <summary>The volumes that a set shall have, all checked by <see cref="VolumeSetRules"/>.</summary>
public sealed record VolumeSetRequest
{
    /// <summary>Region of all zones.</summary>
    public required string Region { get; init; }

    /// <summary>The cluster.</summary>
    public required string ClusterName { get; init; }

    /// <summary>The set.</summary>
    public required string SetName { get; init; }

    /// <summary>The zones, each once, in the order in which they were piped.</summary>
    public required IReadOnlyList<ZoneTarget> Zones { get; init; }

    /// <summary>Members in all; null to count by zone.</summary>
    public int? Count { get; init; }

    /// <summary>Members in each zone, when <see cref="Count"/> is null.</summary>
    public int CountPerZone { get; init; } = 1;

    /// <summary>What new members shall be, checked by <see cref="VolumeSpecRules"/>.</summary>
    public required VolumeSpec Spec { get; init; }

    /// <summary>Whether the user asked for this type, so that members of another type contradict.</summary>
    public bool VolumeTypeTyped { get; init; }

    /// <summary>The user's tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Which cluster tags new members get.</summary>
    public TagProfile TagProfile { get; init; }

    /// <summary>Leaves out the tag that keeps <c>kops delete cluster</c> from deleting the volumes.</summary>
    public bool AllowKopsDelete { get; init; }

    /// <summary>The kube context that the volumes carry on.</summary>
    public string? Context { get; init; }
}
