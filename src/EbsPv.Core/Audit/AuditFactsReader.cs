using EbsPv.Ports;
using EbsPv.Pricing;
using EbsPv.Storage;

namespace EbsPv.Audit;

/// <summary>Reads what an audit judges by: the cluster's storage by page, and drivers, workloads, version and EC2's workers in a few calls.</summary>
public static class AuditFactsReader
{
    /// <summary>All reads side by side.</summary>
    /// <exception cref="Errors.EbsPvException">ClusterMismatch, and whatever may not be read.</exception>
    public static async Task<AuditFacts> ReadAsync(
        IEc2 ec2, ICluster cluster, AuditOptions options, VolumePrices prices, IReporter reporter, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ec2);
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var storage = StorageFactsReader.ReadAsync(cluster, cancellationToken);
        var drivers = cluster.ListCsiDriversAsync(cancellationToken);
        var csiNodes = cluster.ListCsiNodesAsync(cancellationToken);
        var workloads = cluster.ListWorkloadsAsync(cancellationToken);
        var version = cluster.GetMinorVersionAsync(cancellationToken);
        await Task.WhenAll(storage, drivers, csiNodes, workloads, version).ConfigureAwait(false);

        var facts = await storage.ConfigureAwait(false);
        var identity = await ClusterIdentity.ReadAsync(ec2, options.ClusterName, cluster.Context, facts.Nodes, reporter, cancellationToken).ConfigureAwait(false);
        if (!options.SkipClusterCheck) identity.Check(reporter);
        return new AuditFacts
        {
            Storage = facts,
            Region = ec2.Region,
            ClusterName = options.ClusterName,
            Context = cluster.Context,
            Kind = identity.Kind,
            IsVerified = options.SkipClusterCheck || identity.IsSame == true,
            Drivers = (await drivers.ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal),
            DriversByNode = await csiNodes.ConfigureAwait(false),
            MinorVersion = await version.ConfigureAwait(false),
            Workloads = await workloads.ConfigureAwait(false),
            Prices = prices,
            Now = time.GetUtcNow(),
            SnapshotAge = options.SnapshotAge,
        };
    }
}
