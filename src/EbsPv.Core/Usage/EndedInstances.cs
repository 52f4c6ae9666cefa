using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Usage;

/// <summary>Asks EC2 which of the instances that disks are attached to cannot write any more. A node says it of its own instance; one that has no node
/// may be another cluster's, or nobody's, and then runs as well as any, or its node was deleted because it was terminated.</summary>
internal static class EndedInstances
{
    /// <summary>The use with what EC2 says; no call where every attachment's instance has a node. Where EC2 may not be asked such an instance counts as
    /// one that runs.</summary>
    public static async Task<ClusterUse> ReadAsync(IEc2 ec2, ClusterUse use, IEnumerable<ClusterEbsVolume> volumes, IReporter reporter, CancellationToken cancellationToken)
    {
        var unknown = volumes.SelectMany(volume => volume.Attachments).Select(one => one.InstanceId).Where(id => !use.HasNode(id)).Distinct(StringComparer.Ordinal).ToList();
        if (unknown.Count == 0) return use;
        try
        {
            var ended = unknown.ToHashSet(StringComparer.Ordinal);
            foreach (var batch in unknown.Chunk(Ec2Filter.MaxValues))
            {
                // One that stops still writes.
                IReadOnlyList<Ec2Filter> running = [Ec2Filter.Exactly("instance-id", batch), Ec2Filter.Exactly("instance-state-name", "pending", "running", "stopping", "shutting-down")];
                await foreach (var instance in ec2.DescribeInstancesAsync(running, cancellationToken).ConfigureAwait(false)) ended.Remove(instance.InstanceId);
            }

            return use with { EndedInstances = ended };
        }
        catch (EbsPvException denied) when (denied.Kind == ErrorKind.PermissionDenied)
        {
            reporter.Verbose($"Whether {string.Join(", ", unknown)} still run cannot be seen, and counts as if they did. {denied.Message}");
            return use;
        }
    }
}
