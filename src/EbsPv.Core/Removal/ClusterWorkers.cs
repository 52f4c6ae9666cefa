using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Zones;

namespace EbsPv.Removal;

/// <summary>The cluster's running workers, as EC2 knows them by name.</summary>
/// <param name="Instances">Their instances; empty when EC2 knows none or may not be asked.</param>
/// <param name="Denial">Why EC2 may not be asked; null when it may.</param>
internal sealed record ClusterWorkers(IReadOnlyList<WorkerInstance> Instances, EbsPvException? Denial = null)
{
    /// <summary>Their ids.</summary>
    public IReadOnlySet<string> InstanceIds { get; } = Instances.Select(worker => worker.InstanceId).ToHashSet(StringComparer.Ordinal);

    public static async Task<ClusterWorkers> ReadAsync(IEc2 ec2, string clusterName, IReporter reporter, CancellationToken cancellationToken)
    {
        try
        {
            return new ClusterWorkers(await WorkerZoneFinder.FindWorkersAsync(ec2, clusterName, cancellationToken).ConfigureAwait(false));
        }
        catch (EbsPvException denied) when (denied.Kind == ErrorKind.PermissionDenied)
        {
            reporter.Verbose($"The cluster's instances stay unknown: {denied.Message}");
            return new ClusterWorkers([], denied);
        }
    }
}
