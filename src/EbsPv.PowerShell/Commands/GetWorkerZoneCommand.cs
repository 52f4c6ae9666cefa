using System.Management.Automation;
using EbsPv.Ports;
using EbsPv.PowerShell.Completion;
using EbsPv.PowerShell.Pipeline;
using EbsPv.Zones;

namespace EbsPv.PowerShell.Commands;

/// <summary>Finds the availability zones in which a cluster has workers.</summary>
[Cmdlet(VerbsCommon.Get, "WorkerZone")]
[OutputType(typeof(WorkerZone))]
public sealed class GetWorkerZoneCommand : Ec2Command
{
    /// <summary>Name of the cluster. Without it: KOPS_CLUSTER_NAME, the kube context, the runbook's NAME.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public override string? ClusterName { get; set; }

    /// <summary>Who is asked for the workers, EC2 or the API server.</summary>
    [Parameter]
    public WorkerZoneSource Source { get; set; }

    /// <summary>Kube context that the zones carry on, and that -Source Kubernetes asks. Without it: the current one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string? Context { get; set; }

    /// <summary>Path of the kubeconfig. Without it: KUBECONFIG, ~/.kube/config, or the pod's service account.</summary>
    [Parameter]
    public string? Kubeconfig { get; set; }

    /// <summary>Consents to a kubeconfig that switches certificate checks off.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    private protected override void Process()
    {
        var options = OptionsOf(Context, Kubeconfig, SkipCertificateCheck);
        var contexts = Contexts(options);
        if (Source == WorkerZoneSource.Kubernetes) AskKubernetes(options, contexts);
        else AskEc2(contexts);
    }

    private void AskEc2(KubeContexts contexts)
    {
        var query = new WorkerZoneQuery(RequiredCluster(ClusterName, contexts), contexts.Current?.Name);
        var ec2 = Connect(Region, contexts);
        Pump.Submit(async (emitter, stop) =>
        {
            foreach (var zone in await WorkerZoneFinder.FindByInstancesAsync(ec2, query, Reporter, stop)) await emitter.EmitAsync(zone);
        });
    }

    private void AskKubernetes(KubeOptions options, KubeContexts contexts)
    {
        var query = new WorkerZoneQuery(Cluster(ClusterName, contexts), contexts.Current?.Name);
        var cluster = SetUp(() => Connector.ConnectCluster(options, Reporter));
        Pump.Submit(async (emitter, stop) =>
        {
            foreach (var zone in await WorkerZoneFinder.FindByNodesAsync(cluster, query, stop)) await emitter.EmitAsync(zone);
        });
    }
}
