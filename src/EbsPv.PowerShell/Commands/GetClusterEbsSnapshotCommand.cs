using System.Management.Automation;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Completion;
using EbsPv.PowerShell.Pipeline;
using EbsPv.Snapshots;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Commands;

/// <summary>Lists the snapshots of a cluster's EBS volumes, whoever made them: EbsPv, Data Lifecycle Manager, AWS Backup, VolumeSnapshots,
/// Velero, or somebody by hand.</summary>
[Cmdlet(VerbsCommon.Get, "ClusterEbsSnapshot")]
[OutputType(typeof(ClusterEbsSnapshot))]
public sealed class GetClusterEbsSnapshotCommand : Ec2Command
{
    private readonly OneOrigin _origin = new();
    private readonly Dictionary<string, VolumeToSnapshot> _volumes = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _states = [];
    private bool _volumesNamed;

    /// <summary>Whatever comes down the pipeline: volumes, PersistentVolumes, ids of volumes.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Name of the cluster. Without it: the piped object, KOPS_CLUSTER_NAME, the kube context, the runbook's NAME.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public override string? ClusterName { get; set; }

    /// <summary>Ids of volumes, whose snapshots are listed also when the volume is gone.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[]? VolumeId { get; set; }

    /// <summary>Snapshots in these states only: pending, completed, error, recoverable, recovering.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SnapshotStateCompleter))]
    public string[]? State { get; set; }

    /// <summary>So many of each volume only, the newest ones first.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Newest { get; set; }

    /// <summary>Kube context that the snapshots carry on. Without it: the current one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string? Context { get; set; }

    private protected override void Begin()
    {
        base.Begin();
        // A variable that is empty by mistake must not stand for every volume of the cluster.
        if (IsTyped(nameof(VolumeId)) && IsEmpty(VolumeId)) _ = VolumeIdRule.Checked(string.Empty);
        _states = [.. (State ?? []).Select(SnapshotRules.CheckedState)];
    }

    private protected override void Process()
    {
        _volumesNamed |= MyInvocation.ExpectingInput || !IsEmpty(VolumeId);
        var volumes = PipedVolumeToSnapshot.Read(InputObject, VolumeId, MyInvocation.ExpectingInput);
        _origin.Take(volumes.Count == 0 ? "It" : $"The volume {volumes[0].VolumeId}", new VolumeOrigin(NullIfEmpty(Region), NullIfEmpty(ClusterName), NullIfEmpty(Context)));
        foreach (var volume in volumes) _volumes[volume.VolumeId] = volume;
    }

    private protected override void End()
    {
        // Volumes were named, and each was refused with an error of its own, or none came.
        if (_volumesNamed && _volumes.Count == 0) return;
        var known = _origin.ClusterName is not null && _origin.Context is not null;
        var contexts = known ? KubeContexts.None : Contexts(OptionsOf(_origin.Context));
        var cluster = RequiredCluster(_origin.ClusterName, contexts);
        var ec2 = Connect(_origin.Region, contexts);
        var query = new SnapshotQuery(cluster, _origin.Context ?? contexts.Current?.Name) { States = _states };
        if (_volumes.Count == 0) Pump.Submit((emitter, stop) => EmitAsync(ec2, query, emitter, stop));
        else OfVolumes(ec2, query);
    }

    private void OfVolumes(IEc2 ec2, SnapshotQuery query)
    {
        var volumes = Pump.Run(stop => SnapshotVolumes.ReadAsync(ec2, query.ClusterName, [.. _volumes.Values], stop));
        foreach (var refusal in volumes.Refusals) WriteFailure(refusal);
        if (volumes.Ids.Count == 0) return;
        Pump.Submit(async (emitter, stop) =>
        {
            var seen = await EmitAsync(ec2, query with { VolumeIds = volumes.Ids }, emitter, stop);
            // Of a state that was not asked for there may be some.
            if (query.States.Count > 0) return;
            var unknown = volumes.Gone.Where(id => !seen.Contains(id)).Order(StringComparer.Ordinal).ToList();
            if (unknown.Count > 0) throw NotFound(unknown, ec2.Region);
        });
    }

    private static EbsPvException NotFound(List<string> unknown, string region) => new(
        ErrorKind.NotFound, ErrorIds.VolumeNotFound, $"In {region} there is no volume {string.Join(", ", unknown)}, and no snapshot of it that is the cluster's.")
    {
        Target = unknown[0],
        RecommendedAction = "Check the id, -ClusterName and -Region.",
    };

    private async Task<HashSet<string>> EmitAsync(IEc2 ec2, SnapshotQuery query, IEmitter emitter, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var all = new List<ClusterEbsSnapshot>();
        await foreach (var snapshot in ClusterSnapshots.FindAsync(ec2, query, cancellationToken))
        {
            if (query.VolumeIds.Count > 0) seen.Add(snapshot.VolumeId);
            if (Newest is null) await emitter.EmitAsync(snapshot);
            else all.Add(snapshot);
        }

        foreach (var snapshot in SnapshotOrder.NewestOf(all, Newest ?? 0)) await emitter.EmitAsync(snapshot);
        return seen;
    }
}
