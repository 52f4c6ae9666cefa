using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Storage;

/// <summary>Whether EC2 is asked where the cluster is: a disk is in the region of the nodes that mount it. In another one nothing is found, and a cluster
/// of which nothing is found looks well.</summary>
public static class NodeRegion
{
    private const int Shown = 3;

    /// <summary>The refusal where all nodes on EC2 are in another region; null where one is in this one, or none says.</summary>
    /// <param name="nodes">The cluster's nodes.</param>
    /// <param name="region">The region that EC2 is asked in.</param>
    /// <param name="context">The kube context of the nodes.</param>
    public static EbsPvException? Refusal(IReadOnlyList<ClusterNode> nodes, string region, string context)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(region);
        var zones = nodes.Where(node => node.InstanceId is not null).Select(node => node.AvailabilityZone).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (zones.Count == 0 || zones.Exists(zone => IsIn(zone, region))) return null;
        return new EbsPvException(
            ErrorKind.InvalidState,
            ErrorIds.ClusterMismatch,
            $"The nodes behind the kube context '{Escaped.Text(context)}' are in {string.Join(", ", zones.Take(Shown).Select(Escaped.Text))}, and EC2 is asked in {region}: the volumes of that cluster are not there. Nothing was changed.")
        {
            Target = region,
            RecommendedAction = "Name the region of the nodes with -Region (without it AWS_REGION, AWS_DEFAULT_REGION or the profile is taken), or a -DestinationZone in it; or choose another cluster with -Context.",
        };
    }

    // eu-west-1b, and the Local Zone us-west-2-lax-1a.
    private static bool IsIn(string zone, string region) => zone.StartsWith(region, StringComparison.Ordinal) && zone.Length > region.Length && !char.IsAsciiDigit(zone[region.Length]);
}
