using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Completion;
using EbsPv.PowerShell.Pipeline;
using EbsPv.Removal;

namespace EbsPv.PowerShell.Commands;

/// <summary>Deletes EBS volumes that EbsPv made and nothing uses, each after a final snapshot. One volume that must not go keeps all of them.</summary>
[Cmdlet(VerbsCommon.Remove, "ClusterEbsVolume", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ClusterEbsVolume))]
public sealed class RemoveClusterEbsVolumeCommand : Ec2Command
{
    private readonly RemovalCollector _volumes = new();
    private bool _refused;

    /// <summary>Whatever comes down the pipeline: volumes of Get-ClusterEbsVolume or of AWS.Tools, PersistentVolumes that were removed, ids.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Ids of the EBS volumes.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[]? VolumeId { get; set; }

    /// <summary>Cluster whose volumes they are, as their tags say. Without it: KOPS_CLUSTER_NAME, the kube context, the runbook's NAME.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public override string? ClusterName { get; set; }

    /// <summary>Workers that the volumes were made for; they come with the volumes, and count when EC2 shows no worker of the cluster.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string[]? InstanceId { get; set; }

    /// <summary>Kube context of the cluster, which is asked for PersistentVolumes. Without it: the one that the volumes carry, else the current one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string? Context { get; set; }

    /// <summary>Path of the kubeconfig. Without it: KUBECONFIG, ~/.kube/config, or the pod's service account.</summary>
    [Parameter]
    public string? Kubeconfig { get; set; }

    /// <summary>Consents to a kubeconfig that switches certificate checks off.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Deletes the data with the volume: no final snapshot is made.</summary>
    [Parameter]
    public SwitchParameter SkipFinalSnapshot { get; set; }

    /// <summary>Does not ask the cluster whether a PersistentVolume points to a volume; for clusters that are gone.</summary>
    [Parameter]
    public SwitchParameter SkipPersistentVolumeCheck { get; set; }

    /// <summary>Does not compare the nodes behind the kube context with the cluster's instances.</summary>
    [Parameter]
    public SwitchParameter SkipClusterCheck { get; set; }

    /// <summary>Consents to more than five volumes that are more than a fifth of the cluster's.</summary>
    [Parameter]
    public SwitchParameter AllowBulk { get; set; }

    /// <summary>Seconds to wait for all final snapshots, 1 to 86,400. The default is 3,600; a volume whose snapshot is not completed stays.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 3600;

    /// <summary>Emits the volumes that were deleted, with the ids of their final snapshots.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Policy => "remove";

    private protected override void Process()
    {
        try
        {
            _volumes.Add(PipedRemoval.Read(this));
        }
        catch (EbsPvException failure)
        {
            _refused = true;
            WriteFailure(failure);
        }
    }

    private protected override void End()
    {
        if (_refused) SayNothingRemoved();
        if (_refused || _volumes.Volumes.Count == 0) return;
        var options = OptionsOf(_volumes.Context, Kubeconfig, SkipCertificateCheck);
        var contexts = _volumes.ClusterName is null ? Contexts(options) : KubeContexts.None;
        var request = Request(RequiredCluster(_volumes.ClusterName, contexts), _volumes.Context ?? contexts.Current?.Name);
        var ec2 = Connect(_volumes.Region, contexts);
        var cluster = ConnectCluster(request, options);
        if (cluster is not null) request = request with { Context = cluster.Context };
        var plan = Pump.Run(stop => RemovalPlanner.PlanAsync(ec2, cluster, request, Reporter, stop));
        if (plan.Gone.Count > 0) WriteWarning($"VolumeGone: {string.Join(", ", plan.Gone)} in {ec2.Region}: there is no such volume, or it is being deleted already. Nothing is left to do for it.");
        foreach (var refusal in plan.Refusals) WriteFailure(refusal);
        if (plan.Refusals.Count > 0) SayNothingRemoved();
        else Remove(ec2, cluster, request, [.. plan.Volumes.Where(Approves)]);
    }

    private RemovalRequest Request(string clusterName, string? context) => new()
    {
        ClusterName = clusterName,
        Volumes = _volumes.Volumes,
        Context = context,
        SkipPersistentVolumeCheck = SkipPersistentVolumeCheck,
        SkipClusterCheck = SkipClusterCheck,
        AllowBulk = AllowBulk,
    };

    private ICluster? ConnectCluster(RemovalRequest request, KubeOptions options)
    {
        if (SkipPersistentVolumeCheck && SkipClusterCheck) return null;
        try
        {
            var cluster = Connector.ConnectCluster(options, Reporter);
            WriteVerbose($"Kube context {cluster.Context}.");
            return cluster;
        }
        catch (EbsPvException cause)
        {
            throw RemovalErrors.CannotAsk(request, cause);
        }
    }

    private void Remove(IEc2 ec2, ICluster? cluster, RemovalRequest request, List<ClusterEbsVolume> volumes)
    {
        if (volumes.Count == 0) return;
        var options = new RemovalOptions { FinalSnapshot = !SkipFinalSnapshot, ThrottleLimit = ThrottleLimit, Timeout = TimeSpan.FromSeconds(TimeoutSeconds) };
        var run = new RemovalRun(ec2, cluster, request, volumes, options, Reporter);
        _ = Task.Run(() => run.RunAsync(StopToken));
        for (var index = 0; index < volumes.Count; index++)
        {
            var removal = run.VolumeAsync(index);
            Pump.Submit(async (emitter, stop) =>
            {
                var removed = await removal.WaitAsync(stop);
                if (PassThru) await emitter.EmitAsync(removed);
            });
        }
    }

    private bool Approves(ClusterEbsVolume volume)
    {
        var name = string.IsNullOrEmpty(volume.Name) ? string.Empty : $"{Escaped.Text(volume.Name)}, ";
        var what = $"the EBS volume {volume.VolumeId} ({name}{volume.Size} GiB, {volume.AvailabilityZone}) of the cluster {Escaped.Text(volume.ClusterName)}";
        var data = SkipFinalSnapshot
            ? "All of its data is deleted with it: no final snapshot is made."
            : "Its data is kept in a final snapshot, which is completed before the volume is deleted.";
        return ShouldProcess($"Delete {what}. {data}", $"Delete {what}? {data}", "EbsPv");
    }

    // A pipeline of which only a part was understood, or only a part may go, is not what was meant.
    private void SayNothingRemoved() =>
        WriteWarning("NothingRemoved: none of the volumes of this line is removed; the errors say why. Run it again with those that may go.");
}
