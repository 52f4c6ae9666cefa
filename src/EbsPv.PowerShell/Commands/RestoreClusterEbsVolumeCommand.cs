using System.Collections;
using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Completion;
using EbsPv.PowerShell.Pipeline;
using EbsPv.VolumeRestores;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Commands;

/// <summary>Makes a new EBS volume of a snapshot, in any zone of its region, as its volume is or was. The same line again finds what it made.</summary>
[Cmdlet(VerbsData.Restore, "ClusterEbsVolume", SupportsShouldProcess = true)]
[OutputType(typeof(ClusterEbsVolume))]
public sealed class RestoreClusterEbsVolumeCommand : Ec2Command
{
    private readonly OneOrigin _origin = new();
    private readonly List<SnapshotToRestore> _snapshots = [];
    private VolumeRestoreOverrides _overrides = new();

    /// <summary>Whatever comes down the pipeline: snapshots of Get- and New-ClusterEbsSnapshot or of AWS.Tools, ids.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Ids of the snapshots.</summary>
    [Parameter(Position = 0)]
    public string[]? SnapshotId { get; set; }

    /// <summary>Zone of the new volume, as in eu-west-1b. Without it: the zone that the snapshot's volume is or was in.</summary>
    [Parameter]
    public string? DestinationZone { get; set; }

    /// <summary>Name of the new volume, for one snapshot; Register-EbsPersistentVolume takes it. Without it: the volume's name and the moment of the snapshot.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>Size in GiB, no smaller than the snapshot's: 20, 20Gi or 1Ti. Without it: the volume's, which may have grown since.</summary>
    [Parameter]
    public string? Size { get; set; }

    /// <summary>gp3, gp2, io1, io2, st1, sc1 or standard. Without it: the volume's. Figures that the new type does not take are left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VolumeTypeCompleter))]
    public string? VolumeType { get; set; }

    /// <summary>Input/output operations per second, for gp3, io1 and io2. Without it: the volume's.</summary>
    [Parameter]
    public int? Iops { get; set; }

    /// <summary>Throughput in MiB/s, for gp3. Without it: the volume's.</summary>
    [Parameter]
    public int? Throughput { get; set; }

    /// <summary>KMS key to encrypt with: its id, alias/NAME, or the ARN of either. Without it: the volume's, or the snapshot's.</summary>
    [Parameter]
    public string? KmsKeyId { get; set; }

    /// <summary>Rate in MiB/s, 100 to 300, at which the snapshot's blocks are loaded; AWS charges for it.</summary>
    [Parameter]
    public int? VolumeInitializationRate { get; set; }

    /// <summary>Tags of your own, beside those that are kept. Keys that AWS, Kubernetes, the CSI driver or EbsPv go by are refused.</summary>
    [Parameter]
    [TagTransform]
    public IDictionary? Tag { get; set; }

    /// <summary>Name of the cluster that the volume is for. Without it: the piped object, KOPS_CLUSTER_NAME, the kube context, the runbook's NAME.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public override string? ClusterName { get; set; }

    /// <summary>Emits volumes as soon as EC2 has accepted them, without waiting until they are available.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>Seconds to wait for volumes after the last create. The default is 300.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 300;

    /// <summary>Kube context that the volumes carry on; it comes with the snapshots.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string? Context { get; set; }

    private protected override string Policy => "restore";

    private protected override void Begin()
    {
        base.Begin();
        if (NullIfEmpty(DestinationZone) is { } zone) _ = ZoneName.RegionOf(zone);
        if (IsTyped(nameof(Name))) _ = PersistentVolumeRules.CheckedName(Name ?? string.Empty);
        _overrides = new VolumeRestoreOverrides
        {
            Size = Size is null ? null : VolumeSize.Parse(Size),
            VolumeType = NullIfEmpty(VolumeType),
            Iops = Iops,
            Throughput = Throughput,
            KmsKeyId = NullIfEmpty(KmsKeyId),
            VolumeInitializationRate = VolumeInitializationRate,
            LimitOverrides = Surroundings.Variable(VolumeTypes.Variable),
        }.Checked();
        VolumeTags.CheckUserTags(TagTransformAttribute.ToTags(Tag));
        if (IsTyped(nameof(SnapshotId))) _snapshots.AddRange(PipedSnapshot.Typed(SnapshotId).Distinct().Select(id => new SnapshotToRestore(id)));
    }

    private protected override void Process()
    {
        var origin = new VolumeOrigin(NullIfEmpty(Region), NullIfEmpty(ClusterName), NullIfEmpty(Context));
        if (!MyInvocation.ExpectingInput)
        {
            _origin.Take("It", origin);
            return;
        }

        var input = InputObject ?? throw PipedSnapshot.Null();
        var planned = PipedSnapshot.Planned(input);
        var id = PipedSnapshot.IdOf(input);
        if (planned is null && id is null) throw PipedSnapshot.NotOne(input);
        _origin.Take($"The snapshot {input}", origin);
        if (id is null || !_snapshots.Exists(one => one.SnapshotId == id)) _snapshots.Add(new SnapshotToRestore(id, planned));
        else WriteVerbose($"{id} came twice; it counts once.");
    }

    private protected override void End()
    {
        if (_snapshots.Count == 0)
        {
            // What came was refused with an error of its own, or nothing was found.
            if (MyInvocation.ExpectingInput) return;
            throw EbsPvException.Input(ErrorIds.InputNotSnapshot, "No snapshot is named.", null, "Pipe snapshots in, as in Get-ClusterEbsSnapshot -Newest 1 | Restore-ClusterEbsVolume, or give -SnapshotId.");
        }

        if (_snapshots.Count > 1 && Name is not null)
            throw EbsPvException.Input(ErrorIds.RestoreNameShared, $"-Name is the name of one volume, and {_snapshots.Count} snapshots came.", Name, "Leave -Name out: each volume is then called after its original and the moment of the snapshot.");
        var contexts = _origin.ClusterName is null ? Contexts(OptionsOf(_origin.Context)) : KubeContexts.None;
        var cluster = RequiredCluster(_origin.ClusterName, contexts);
        var ec2 = Connect(_origin.Region, contexts);
        var request = new VolumeRestoreRequest
        {
            Region = ec2.Region,
            ClusterName = cluster,
            Snapshots = _snapshots,
            DestinationZone = NullIfEmpty(DestinationZone),
            Name = Name,
            Overrides = _overrides,
            Tags = TagTransformAttribute.ToTags(Tag),
            Context = _origin.Context ?? contexts.Current?.Name,
        };
        var candidates = Pump.Run(stop => VolumeRestorePlanner.PlanAsync(ec2, request, stop));
        foreach (var refusal in candidates.Select(candidate => candidate.Refusal).OfType<EbsPvException>()) WriteFailure(refusal);
        Make(ec2, [.. candidates.Select(candidate => candidate.Plan).OfType<VolumeRestorePlan>()]);
    }

    private void Make(IEc2 ec2, IReadOnlyList<VolumeRestorePlan> plans)
    {
        SayWhatIsKnown(plans);
        var approved = new List<VolumeRestorePlan>();
        foreach (var plan in plans)
        {
            if (plan.Existing is not null || Approves(plan, out var rehearsed)) Take(plan, approved);
            else if (rehearsed) Pump.Submit((emitter, _) => emitter.EmitAsync(plan.Planned()));
        }

        if (approved.Count == 0) return;
        var run = new VolumeRestoreRun(ec2, approved, new VolumeRunOptions { ThrottleLimit = ThrottleLimit, Wait = !NoWait, Timeout = TimeSpan.FromSeconds(TimeoutSeconds) }, Reporter);
        _ = Task.Run(() => run.RunAsync(StopToken));
        for (var index = 0; index < approved.Count; index++)
        {
            var volume = run.VolumeAsync(index);
            Pump.Submit(async (emitter, stop) => await emitter.EmitAsync(await volume.WaitAsync(stop)));
        }
    }

    private void Take(VolumeRestorePlan plan, List<VolumeRestorePlan> approved)
    {
        if (plan.Snapshot.SnapshotId is null) WriteFailure(PipedSnapshot.OnlyPlanned(plan.Snapshot.VolumeId));
        else approved.Add(plan);
    }

    private void SayWhatIsKnown(IReadOnlyList<VolumeRestorePlan> plans)
    {
        var adopted = plans.Where(plan => plan.Existing is not null).Select(plan => plan.Existing!.ToString()).ToList();
        if (adopted.Count > 0) WriteWarning($"VolumesAdopted: {string.Join(", ", adopted.Take(5))}{(adopted.Count > 5 ? $" and {adopted.Count - 5} more" : "")}: {(adopted.Count == 1 ? "an earlier run made it of its snapshot, and it is not made again. What was written to it since is still there." : "an earlier run made them of their snapshots, and they are not made again. What was written to them since is still there.")}");
        foreach (var plan in plans.Where(plan => plan.Existing is null && !plan.IsTypeKnown))
            WriteWarning($"VolumeTypeAssumed: the volume {plan.Snapshot.VolumeId} of {plan.Snapshot} is gone, and no tag says what it was: {plan.Name} becomes {plan.Wanted.Spec.VolumeType}.");
    }

    private bool Approves(VolumeRestorePlan plan, out bool rehearsed)
    {
        var spec = plan.Wanted.Spec;
        var what = $"the {spec.Size} GiB {spec.VolumeType} EBS volume {Escaped.Text(plan.Name)} in {plan.Wanted.AvailabilityZone} of the snapshot {plan.Snapshot.SnapshotId ?? $"of {plan.Snapshot.VolumeId}"} for the cluster {Escaped.Text(plan.ClusterName)}";
        var approved = ShouldProcess($"Create {what}.", $"Create {what}?", "EbsPv", out var reason);
        rehearsed = reason == ShouldProcessReason.WhatIf;
        return approved;
    }
}
