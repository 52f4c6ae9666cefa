using System.Collections;
using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Completion;
using EbsPv.PowerShell.Pipeline;
using EbsPv.Snapshots;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Commands;

/// <summary>Makes a snapshot of each EBS volume of a cluster that comes down the pipeline: its data as they are at this moment. Each run makes
/// new ones.</summary>
[Cmdlet(VerbsCommon.New, "ClusterEbsSnapshot", SupportsShouldProcess = true)]
[OutputType(typeof(ClusterEbsSnapshot))]
public sealed class NewClusterEbsSnapshotCommand : Ec2Command
{
    private readonly OneOrigin _origin = new();
    private readonly Dictionary<string, VolumeToSnapshot> _volumes = new(StringComparer.Ordinal);

    /// <summary>Whatever comes down the pipeline: volumes of Get-ClusterEbsVolume or AWS.Tools, PersistentVolumes, ids.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Ids of the volumes.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[]? VolumeId { get; set; }

    /// <summary>Name of the cluster; the volumes' tags must name it. Without it: the piped object, KOPS_CLUSTER_NAME, the kube context, the runbook's NAME.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public override string? ClusterName { get; set; }

    /// <summary>What to describe the snapshots as, up to 255 characters. Without it: what the volume is and where.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>Tags of your own. Keys that AWS, Kubernetes, the CSI driver or EbsPv go by are refused.</summary>
    [Parameter]
    [TagTransform]
    public IDictionary? Tag { get; set; }

    /// <summary>Emits snapshots as soon as EC2 has begun them, without waiting until they are completed.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>Seconds to wait for all snapshots, 1 to 86,400. The default is 3,600; what is not completed by then goes on by itself.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 3600;

    /// <summary>Kube context that the snapshots carry on; it comes with the volumes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string? Context { get; set; }

    private protected override string Policy => "snapshot";

    private protected override void Begin()
    {
        base.Begin();
        SnapshotRules.CheckDescription(Description);
        VolumeTags.CheckUserTags(TagTransformAttribute.ToTags(Tag), SnapshotTags.MaxOwn);
    }

    private protected override void Process()
    {
        if (MyInvocation.ExpectingInput) PipedKind.RefuseSnapshot(InputObject, "Get-ClusterEbsVolume | New-ClusterEbsSnapshot");
        var origin = new VolumeOrigin(NullIfEmpty(Region), NullIfEmpty(ClusterName), NullIfEmpty(Context));
        foreach (var volume in PipedVolumeToSnapshot.Read(InputObject, VolumeId, MyInvocation.ExpectingInput))
        {
            _origin.Take($"The volume {volume.VolumeId}", origin);
            if (!_volumes.TryAdd(volume.VolumeId, volume)) WriteVerbose($"{volume.VolumeId} came twice; it counts once.");
        }
    }

    private protected override void End()
    {
        if (_volumes.Count == 0)
        {
            // What came was refused with an error of its own, or nothing was found.
            if (MyInvocation.ExpectingInput || !IsEmpty(VolumeId)) return;
            throw EbsPvException.Input(ErrorIds.InputNotVolume, "No volume is named.", null, "Pipe volumes in, as in Get-ClusterEbsVolume | New-ClusterEbsSnapshot, or give -VolumeId.");
        }

        var contexts = _origin.ClusterName is null ? Contexts(OptionsOf(_origin.Context)) : KubeContexts.None;
        var cluster = RequiredCluster(_origin.ClusterName, contexts);
        var ec2 = Connect(_origin.Region, contexts);
        var request = new SnapshotRequest
        {
            Region = ec2.Region,
            ClusterName = cluster,
            Context = _origin.Context ?? contexts.Current?.Name,
            Description = NullIfEmpty(Description),
            Tags = TagTransformAttribute.ToTags(Tag),
        };
        var found = Pump.Run(stop => VolumesById.ReadAsync(ec2, [.. _volumes.Keys], stop));
        Make(ec2, [.. _volumes.Values.Select(volume => Plan(volume, found, request)).OfType<SnapshotPlan>()]);
    }

    // Null: it is refused, and the others go on.
    private SnapshotPlan? Plan(VolumeToSnapshot volume, IReadOnlyDictionary<string, ClusterEbsVolume> found, SnapshotRequest request)
    {
        try
        {
            return SnapshotPlan.For(volume, found, request);
        }
        catch (EbsPvException refusal)
        {
            WriteFailure(refusal);
            return null;
        }
    }

    private void Make(IEc2 ec2, IReadOnlyList<SnapshotPlan> plans)
    {
        var approved = new List<SnapshotPlan>();
        foreach (var plan in plans)
        {
            if (Approves(plan, out var rehearsed)) approved.Add(plan);
            else if (rehearsed) Pump.Submit((emitter, _) => emitter.EmitAsync(plan.Planned()));
        }

        if (approved.Count == 0) return;
        var options = new SnapshotRunOptions { ThrottleLimit = ThrottleLimit, Wait = !NoWait, Timeout = TimeSpan.FromSeconds(TimeoutSeconds) };
        var run = new SnapshotRun(ec2, approved, options, Reporter);
        _ = Task.Run(() => run.RunAsync(StopToken));
        for (var index = 0; index < approved.Count; index++)
        {
            var snapshot = run.SnapshotAsync(index);
            Pump.Submit(async (emitter, stop) => await emitter.EmitAsync(await snapshot.WaitAsync(stop)));
        }
    }

    private bool Approves(SnapshotPlan plan, out bool rehearsed)
    {
        var volume = plan.Volume;
        var name = string.IsNullOrEmpty(volume.Name) ? string.Empty : $"{Escaped.Text(volume.Name)}, ";
        var what = $"a snapshot of the EBS volume {volume.VolumeId} ({name}{volume.Size} GiB, {volume.AvailabilityZone}) of the cluster {Escaped.Text(plan.Origin.ClusterName)}";
        var approved = ShouldProcess($"Create {what}.", $"Create {what}?", "EbsPv", out var reason);
        rehearsed = reason == ShouldProcessReason.WhatIf;
        return approved;
    }
}
