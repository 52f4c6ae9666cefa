using System.Globalization;
using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Pipeline;
using EbsPv.Retention;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Commands;

/// <summary>Deletes snapshots that EbsPv made for a cluster: those that a rule lets go (-KeepLast, -OlderThan), or those that are named. What the
/// cluster, an AMI, a move or a restore needs stays, and so does what is all that is left of a volume.</summary>
[Cmdlet(VerbsCommon.Remove, "ClusterEbsSnapshot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ClusterEbsSnapshot))]
public sealed class RemoveClusterEbsSnapshotCommand : ClusterStorageCommand
{
    private readonly OneOrigin _origin = new();
    private readonly List<string> _snapshots = [];
    private readonly List<string> _volumes = [];
    private RetentionRule _rule = new(null, null);
    private bool _refused;

    /// <summary>Whatever comes down the pipeline: snapshots of Get-ClusterEbsSnapshot or of AWS.Tools, ids; with a rule also volumes and PersistentVolumes.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Ids of the snapshots. Without a rule all of them are meant.</summary>
    [Parameter(Position = 0)]
    public string[]? SnapshotId { get; set; }

    /// <summary>So many completed snapshots of each volume stay, the newest ones. With -OlderThan only what is old as well goes.</summary>
    [Parameter]
    public int? KeepLast { get; set; }

    /// <summary>Only older ones go: an age (12h, 30d, 4w, a TimeSpan) or a date.</summary>
    [Parameter]
    [AgeTransform]
    public object? OlderThan { get; set; }

    /// <summary>Snapshots of these volumes only, by id; with a rule.</summary>
    [Parameter]
    public string[]? VolumeId { get; set; }

    /// <summary>Consents to the deletion of what is all that is left of a volume that is gone: its final snapshot, or its last one.</summary>
    [Parameter]
    public SwitchParameter IncludeFinal { get; set; }

    /// <summary>Cluster whose snapshots they are, as their tags say. Without it: the piped object, KOPS_CLUSTER_NAME, the kube context, the runbook's NAME.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public override string? ClusterName { get; set; }

    /// <summary>Does not ask the cluster whether a VolumeSnapshotContent, a move or a restore needs a snapshot; for clusters that are gone.</summary>
    [Parameter]
    public SwitchParameter SkipSnapshotUseCheck { get; set; }

    /// <summary>Does not compare the nodes behind the kube context with the cluster's instances.</summary>
    [Parameter]
    public SwitchParameter SkipClusterCheck { get; set; }

    /// <summary>Emits the snapshots that were deleted.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Role => "read";

    private protected override string Policy => "remove-snapshots";

    private protected override void Begin()
    {
        base.Begin();
        _rule = RetentionRule.Of(KeepLast, OlderThan is PSObject wrapped ? wrapped.BaseObject : OlderThan, DateTime.UtcNow);
        _snapshots.AddRange(PipedSnapshot.Typed(SnapshotId));
        _volumes.AddRange((VolumeId ?? []).Where(id => !string.IsNullOrEmpty(id)).Select(VolumeIdRule.Checked));
        // A variable that is empty by mistake must not stand for every snapshot of the cluster.
        if (IsTyped(nameof(SnapshotId)) && _snapshots.Count == 0) throw EbsPvException.Input(ErrorIds.SnapshotIdInvalid, "-SnapshotId names no snapshot.", null, "Give ids, or leave it out.");
        if (IsTyped(nameof(VolumeId)) && _volumes.Count == 0) _ = VolumeIdRule.Checked(string.Empty);
        if (_rule.IsEmpty && _snapshots.Count == 0 && !MyInvocation.ExpectingInput) throw SnapshotRemovalErrors.NothingMeant();
    }

    private protected override void Process()
    {
        try
        {
            Take();
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
        // Nothing came down the pipeline: that is not every snapshot of the cluster.
        if (_refused || (MyInvocation.ExpectingInput && _snapshots.Count + _volumes.Count == 0)) return;
        if (_rule.IsEmpty && _snapshots.Count == 0) throw SnapshotRemovalErrors.NothingMeant();
        var options = Options(_origin.Context);
        var contexts = _origin.ClusterName is null ? Contexts(options) : KubeContexts.None;
        var request = Request(RequiredCluster(_origin.ClusterName, contexts), _origin.Context ?? contexts.Current?.Name);
        var ec2 = Connect(_origin.Region, contexts);
        var cluster = ConnectCluster(request, options);
        if (cluster is not null) request = request with { Context = cluster.Context };
        var plan = Pump.Run(stop => SnapshotRemovalPlanner.PlanAsync(ec2, cluster, request, Reporter, stop));
        if (plan.Gone.Count > 0) WriteWarning($"SnapshotGone: {string.Join(", ", plan.Gone)} in {ec2.Region}: there is no such snapshot. Nothing is left to do for it.");
        foreach (var refusal in plan.Refusals) WriteFailure(refusal);
        if (plan.Refusals.Count > 0) SayNothingRemoved();
        else Remove(ec2, cluster, request, plan);
    }

    private void Take()
    {
        if (!MyInvocation.ExpectingInput)
        {
            _origin.Take("It", Origin());
            return;
        }

        var input = InputObject ?? throw PipedSnapshot.Null();
        if (PipedSnapshot.Planned(input) is { } planned) throw PipedSnapshot.OnlyPlanned(planned.VolumeId);
        if (PipedSnapshot.IdOf(input) is { } snapshotId)
        {
            _origin.Take($"The snapshot {snapshotId}", Origin());
            if (!_snapshots.Contains(snapshotId)) _snapshots.Add(snapshotId);
            return;
        }

        if (_rule.IsEmpty) throw PipedSnapshot.NotOne(input, "Add a rule, by which snapshots of the volumes that come are chosen: -KeepLast 7, -OlderThan 30d, or both. Without one, pipe the snapshots that shall go.");
        foreach (var volume in PipedVolumeToSnapshot.Read(input, PipedKind.Text(input, "VolumeId") is { } id ? [id] : null, isPiped: true))
        {
            _origin.Take($"The volume {volume.VolumeId}", Origin());
            _volumes.Add(volume.VolumeId);
        }
    }

    private VolumeOrigin Origin() => new(NullIfEmpty(Region), NullIfEmpty(ClusterName), NullIfEmpty(Context));

    private SnapshotRemovalRequest Request(string clusterName, string? context) => new()
    {
        ClusterName = clusterName,
        SnapshotIds = [.. _snapshots.Distinct()],
        VolumeIds = [.. _volumes.Distinct()],
        Rule = _rule,
        IncludeFinal = IncludeFinal,
        Context = context,
        SkipSnapshotUseCheck = SkipSnapshotUseCheck,
        SkipClusterCheck = SkipClusterCheck,
    };

    private ICluster? ConnectCluster(SnapshotRemovalRequest request, KubeOptions options)
    {
        if (SkipSnapshotUseCheck && SkipClusterCheck) return null;
        try
        {
            var cluster = Connector.ConnectCluster(options, Reporter);
            WriteVerbose($"Kube context {cluster.Context}.");
            return cluster;
        }
        catch (EbsPvException cause)
        {
            throw SnapshotRemovalErrors.CannotAsk(request, cause);
        }
    }

    private void Remove(IEc2 ec2, ICluster? cluster, SnapshotRemovalRequest request, SnapshotRemovalPlan plan)
    {
        var snapshots = plan.Snapshots.Where(Approves).ToList();
        if (snapshots.Count == 0) return;
        var run = new SnapshotRemovalRun(ec2, cluster, request, plan, snapshots, ThrottleLimit, Reporter);
        _ = Task.Run(() => run.RunAsync(StopToken));
        for (var index = 0; index < snapshots.Count; index++)
        {
            var removal = run.SnapshotAsync(index);
            Pump.Submit(async (emitter, stop) =>
            {
                var removed = await removal.WaitAsync(stop);
                if (PassThru) await emitter.EmitAsync(removed);
            });
        }
    }

    private bool Approves(ClusterEbsSnapshot snapshot)
    {
        var name = string.IsNullOrEmpty(snapshot.Name) ? string.Empty : $"{Escaped.Text(snapshot.Name)}, ";
        var moment = snapshot.StartTime?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "unknown time";
        var what = $"the snapshot {snapshot.SnapshotId} ({name}{snapshot.Size} GiB, {moment} UTC) of the EBS volume {snapshot.VolumeId} of the cluster {Escaped.Text(snapshot.ClusterName)}";
        const string Data = "The data of that moment are deleted with it.";
        return ShouldProcess($"Delete {what}. {Data}", $"Delete {what}? {Data}", "EbsPv");
    }

    // A pipeline of which only a part was understood, or only a part may go, is not what was meant.
    private void SayNothingRemoved() =>
        WriteWarning("NothingRemoved: none of the snapshots of this line is removed; the errors say why. Run it again with those that may go.");
}
