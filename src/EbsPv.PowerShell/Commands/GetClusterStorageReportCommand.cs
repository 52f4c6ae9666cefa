using System.Management.Automation;
using EbsPv.PowerShell.Pipeline;
using EbsPv.Pricing;
using EbsPv.Reports;
using EbsPv.Storage;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Commands;

/// <summary>Shows a cluster's EBS volumes, PersistentVolumes, claims, pods and snapshots in one list: what belongs together stands in one row, and what
/// belongs to nothing is there, too.</summary>
[Cmdlet(VerbsCommon.Get, "ClusterStorageReport")]
[OutputType(typeof(ClusterStorageReportRow))]
public sealed class GetClusterStorageReportCommand : ClusterStorageCommand
{
    private readonly HashSet<(string? Region, string? ClusterName, string? Context)> _asked = [];

    /// <summary>Name of the cluster. Without it: KOPS_CLUSTER_NAME, the kube context, the runbook's NAME.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public override string? ClusterName { get; set; }

    /// <summary>Leaves the last snapshots out, and with them a call for each 200 volumes.</summary>
    [Parameter]
    public SwitchParameter SkipSnapshots { get; set; }

    /// <summary>Does not compare the nodes behind the kube context with the cluster's instances.</summary>
    [Parameter]
    public SwitchParameter SkipClusterCheck { get; set; }

    private protected override string Role => "report";

    private protected override string Policy => "report";

    private protected override void Process()
    {
        // Objects of one cluster, such as its PersistentVolumes, ask for one report.
        if (!_asked.Add((NullIfEmpty(Region), NullIfEmpty(ClusterName), NullIfEmpty(Context)))) return;
        var prices = VolumePrices.Read(Surroundings.Variable(VolumePrices.Variable));
        var services = OpenServices(Region, ClusterName, Context);
        Pump.Submit((emitter, stop) => EmitAsync(services, prices, emitter, stop));
    }

    private async Task EmitAsync(ClusterServices services, VolumePrices prices, IEmitter emitter, CancellationToken cancellationToken)
    {
        var (ec2, cluster, name) = services;
        Reporter.Progress("Reading the storage of the cluster", cluster.Context, 0, 0);
        var facts = await StorageFactsReader.ReadAsync(cluster, cancellationToken);
        if (!SkipClusterCheck) (await ClusterIdentity.ReadAsync(ec2, name, cluster.Context, facts.Nodes, Reporter, cancellationToken)).Check(Reporter);
        var rows = new ReportRows(facts, prices, new ReportTarget(ec2.Region, name, cluster.Context), DateTimeOffset.UtcNow);
        var join = new StorageJoin(ec2, facts, new VolumeQuery(name, null, [], [], cluster.Context))
        {
            Snapshots = SkipSnapshots ? SnapshotsWanted.None : SnapshotsWanted.All,
        };
        await foreach (var item in join.ReadAsync(cancellationToken))
            foreach (var row in rows.Of(item))
                await emitter.EmitAsync(row);
    }
}
