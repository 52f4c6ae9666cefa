namespace EbsPv.Ports;

/// <summary>A node, as far as it tells where volumes can be mounted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ProviderId">Its cloud identity, as in <c>aws:///eu-west-1b/i-0abc</c>; null when it has none.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Ready">Whether its Ready condition is True.</param>
/// <param name="Unschedulable">Whether it is cordoned.</param>
public sealed record ClusterNode(
    string Name, string? ProviderId, IReadOnlyDictionary<string, string> Labels, bool Ready, bool Unschedulable)
{
    /// <summary>The EC2 instance behind it; null for Fargate, hybrid and other nodes.</summary>
    public string? InstanceId
    {
        get
        {
            if (ProviderId is null || !ProviderId.StartsWith("aws://", StringComparison.Ordinal)) return null;
            var last = ProviderId[(ProviderId.LastIndexOf('/') + 1)..];
            return last.StartsWith("i-", StringComparison.Ordinal) ? last : null;
        }
    }

    /// <summary>Its zone, from the label or, without one, from the cloud identity.</summary>
    public string? AvailabilityZone
    {
        get
        {
            if (Labels.TryGetValue("topology.kubernetes.io/zone", out var zone)) return zone;
            if (Labels.TryGetValue(PersistentVolumes.ZoneLabels.OldZone, out zone)) return zone;
            var parts = ProviderId?.Split('/');
            return parts is { Length: 5 } && parts[0] == "aws:" && parts[3].Length > 0 ? parts[3] : null;
        }
    }
}
