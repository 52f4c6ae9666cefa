using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Moves;
using EbsPv.Ports;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Pipeline;
using EbsPv.Pricing;
using EbsPv.Swaps;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Commands;

/// <summary>Moves PersistentVolumes to another zone, with their data and under the same claims. The old volumes are kept until you remove them.</summary>
[Cmdlet(VerbsCommon.Move, "EbsPersistentVolume", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(EbsPersistentVolume))]
public sealed class MoveEbsPersistentVolumeCommand : ClusterStorageCommand
{
    private readonly PersistentVolumeCollector _input = new();
    private SwapRun? _run;
    private ManifestFolder? _folder;
    private VolumePrices _prices = VolumePrices.Read(null);
    private string _zone = "";
    private bool _refused;

    /// <summary>Whatever comes down the pipeline: PersistentVolumes, EBS volumes that are registered, names.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Names of the PersistentVolumes.</summary>
    [Parameter(Position = 0)]
    public string[]? Name { get; set; }

    /// <summary>Id of the EBS volume whose PersistentVolume is meant.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? VolumeId { get; set; }

    /// <summary>Name of the cluster. Without it: KOPS_CLUSTER_NAME, the kube context, the runbook's NAME.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public override string? ClusterName { get; set; }

    /// <summary>The zone to move to, in the volumes' region. A worker there has to be Ready.</summary>
    [Parameter(Position = 1)]
    public string? DestinationZone { get; set; }

    /// <summary>Takes the data of the newest completed snapshot, whoever made it, instead of making one: for a zone that is down. What was
    /// written since then stays on the old volume. Use by nodes that are not Ready is confirmed, not refused.</summary>
    [Parameter]
    public SwitchParameter FromLatestSnapshot { get; set; }

    /// <summary>Sets the reclaim policy Retain and does nothing else, while the workload still runs: before a StatefulSet is scaled down that
    /// deletes its claims.</summary>
    [Parameter]
    public SwitchParameter PrepareOnly { get; set; }

    /// <summary>Consents to moving volumes without those that the same pods use.</summary>
    [Parameter]
    public SwitchParameter AllowSplit { get; set; }

    /// <summary>Consents to replacing PersistentVolumes that GitOps, Helm or an operator looks after, and may put back.</summary>
    [Parameter]
    public SwitchParameter AllowManaged { get; set; }

    /// <summary>Folder that the manifest of each new PersistentVolume is written to, to be committed, before the old one is replaced.</summary>
    [Parameter]
    public string? ManifestPath { get; set; }

    /// <summary>Writes over files in the folder of -ManifestPath.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Rate in MiB/s, 100 to 300, at which the new volumes load their blocks; without it they load as they are read. It is charged.</summary>
    [Parameter]
    public int? VolumeInitializationRate { get; set; }

    /// <summary>Does not compare the nodes behind the kube context with the cluster's instances.</summary>
    [Parameter]
    public SwitchParameter SkipClusterCheck { get; set; }

    /// <summary>Seconds to wait for each step in the cluster: the fence, the deletion, the binding. The default is 180.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 180;

    /// <summary>Seconds to wait for each snapshot and each volume, 1 to 172,800. The default is 21,600.</summary>
    [Parameter]
    [ValidateRange(1, 172800)]
    public int SnapshotTimeoutSeconds { get; set; } = 21600;

    private protected override string Role => "move";

    private protected override string Policy => "move";

    private protected override void Begin()
    {
        base.Begin();
        _prices = VolumePrices.Read(Surroundings.Variable(VolumePrices.Variable));
        _folder = ManifestFolder.Of(ManifestPath, PathOf, Force, Connector.Manifests);
        if (VolumeInitializationRate is { } rate) VolumeSpecRules.CheckInitializationRate(rate);
        if (PrepareOnly)
        {
            CheckPreparation();
            return;
        }

        if (string.IsNullOrEmpty(DestinationZone))
            throw EbsPvException.Input(ErrorIds.ZoneNotAZone, "It is not said where to move to.", null, "Give -DestinationZone; Get-WorkerZone shows the zones that have workers.");
        var region = ZoneName.RegionOf(DestinationZone);
        if (IsTyped(nameof(Region)) && !string.IsNullOrEmpty(Region) && Region != region)
            throw EbsPvException.Input(ErrorIds.ZoneOutsideRegion, $"The zone {DestinationZone} is in {region}, not in {Escaped.Text(Region)}.", DestinationZone, "Leave -Region out: the zone says where the volumes are.");
        _zone = DestinationZone;
    }

    private protected override void Process()
    {
        try
        {
            Take();
        }
        catch (EbsPvException)
        {
            _refused = true;
            throw;
        }
    }

    private void Take()
    {
        var input = PipedPersistentVolume.Input(MyInvocation, InputObject);
        var origin = new VolumeOrigin(NullIfEmpty(Region), NullIfEmpty(ClusterName), NullIfEmpty(Context));
        foreach (var wanted in PipedPersistentVolume.All(input, Name, VolumeId))
        {
            if (PipedPersistentVolume.Planned(input) is not null) throw PipedPersistentVolume.OnlyPlanned(wanted.ToString());
            CheckRegion(wanted, origin.Region);
            _input.Add(wanted, origin);
        }
    }

    private protected override void End()
    {
        // What came was refused with an error of its own: that is not the empty list by which moves that were begun are finished.
        if (_input.Wanted.Count == 0 && (_refused || !MyInvocation.ExpectingInput)) return;
        if (PrepareOnly) Prepare(OpenCluster(_input.Context));
        else Move(OpenServices(ZoneName.RegionOf(_zone), _input.ClusterName, _input.Context));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        // After a stop the ending methods are not called: the watches would outlive the pipeline.
        if (disposing) _ = _run?.DisposeAsync().AsTask();
    }

    private MoveRequest Request(string clusterName) => new()
    {
        Wanted = _input.Wanted,
        ClusterName = clusterName,
        DestinationZone = _zone,
        FromLatestSnapshot = FromLatestSnapshot,
        AllowSplit = AllowSplit,
        AllowManaged = AllowManaged,
        FinishesOthers = MyInvocation.ExpectingInput,
        SkipClusterCheck = SkipClusterCheck,
        VolumeInitializationRate = VolumeInitializationRate,
    };

    private void Move(ClusterServices services)
    {
        var (ec2, cluster, clusterName) = services;
        var planning = Pump.Run(stop => MovePlanner.PlanAsync(ec2, cluster, Request(clusterName), Reporter, stop));
        foreach (var refusal in planning.Refusals) WriteFailure(refusal);
        foreach (var done in planning.Done) WriteObject(done with { Adopted = true, ClusterName = clusterName });
        _folder?.Check(planning.Plans.Where(plan => !plan.IsResumed).Select(plan => plan.Name));
        var approved = planning.Plans.Where(plan => Approves(plan, clusterName)).ToList();
        if (approved.Count == 0) return;
        _folder?.Open();
        var options = new SwapOptions
        {
            ThrottleLimit = ThrottleLimit,
            StepTimeout = TimeSpan.FromSeconds(TimeoutSeconds),
            DiskTimeout = TimeSpan.FromSeconds(SnapshotTimeoutSeconds),
            ManifestReady = _folder is null ? null : _folder.Write,
        };
        _run = new SwapRun(ec2, cluster, planning.Facts.ResourceVersion, [.. approved.Select(plan => plan.Swap.Intent.VolumeId)], options, Reporter);
        foreach (var plan in approved)
            Pump.Submit(async (emitter, stop) => await emitter.EmitAsync(await _run.SwapAsync(plan.Swap, stop) with { ClusterName = clusterName }));
        Pump.Drain();
        Pump.Run(async _ => { await _run.DisposeAsync(); return true; });
    }

    private bool Approves(MovePlan plan, string clusterName)
    {
        var text = MoveDescription.Of(plan, DateTime.UtcNow, _prices);
        var approved = ShouldProcess(text, $"{text}\n  Go on?", "EbsPv", out var reason);
        if (reason == ShouldProcessReason.WhatIf && plan.Volume is { } volume)
            WriteObject(volume with { Status = "planned", VolumeId = null, AvailabilityZone = _zone, NodeAffinityZone = [_zone], Uid = null, ResourceVersion = null, ClusterName = clusterName });
        return approved;
    }

    private void Prepare(ICluster cluster)
    {
        var plan = Pump.Run(stop => MovePreparation.PlanAsync(cluster, _input.Wanted, stop));
        foreach (var refusal in plan.Refusals) WriteFailure(refusal);
        foreach (var volume in plan.PersistentVolumes)
        {
            if (volume.ReclaimPolicy != "Retain" && !ShouldProcess(
                    $"Set the reclaim policy of the PersistentVolume {volume.Name} from {volume.ReclaimPolicy} to Retain.", $"Set the reclaim policy of the PersistentVolume {volume.Name} from {volume.ReclaimPolicy} to Retain?", "EbsPv"))
                continue;
            // Scaled down after that, a workload would take its claims along, and the data with them.
            if (volume.ReclaimPolicy != "Retain" && ManagedElsewhere.Manager(volume) is { } manager)
                WriteWarning($"PolicyManaged: the PersistentVolume {volume.Name} is looked after by {manager}, which may set {volume.ReclaimPolicy} again. Pause that, or write Retain there too, before its claim is deleted or its workload is scaled down.");
            Pump.Submit(async (emitter, stop) => await emitter.EmitAsync(await MovePreparation.SetAsync(cluster, plan, volume, TimeSpan.FromSeconds(TimeoutSeconds), stop)));
        }
    }

    // Whoever types it expects data to be moved: nothing is, and the zone that is down may hold the only other copy.
    private void CheckPreparation()
    {
        if (FromLatestSnapshot)
            throw EbsPvException.Input(
                ErrorIds.MoveParametersConflict, "-PrepareOnly takes no data from anywhere, and -FromLatestSnapshot says where from.", null, "Leave -PrepareOnly out to move, or -FromLatestSnapshot to prepare.");
        string[] later = [nameof(DestinationZone), nameof(AllowSplit), nameof(AllowManaged), nameof(ManifestPath), nameof(VolumeInitializationRate)];
        var ignored = later.Where(IsTyped).Select(name => $"-{name}").ToList();
        if (ignored.Count > 0) WriteWarning($"PreparedOnly: -PrepareOnly sets the reclaim policy and moves nothing: {string.Join(", ", ignored)} {(ignored.Count == 1 ? "counts" : "count")} when the line is run without it.");
    }

    private void CheckRegion(PersistentVolumes.WantedPersistentVolume wanted, string? region)
    {
        if (PrepareOnly || region is null || region == ZoneName.RegionOf(_zone)) return;
        throw EbsPvException.Input(
            ErrorIds.ZoneOutsideRegion, $"The PersistentVolume {wanted} is in {Escaped.Text(region)}, and {_zone} is in another region.", wanted.ToString(), $"Choose a -DestinationZone in {Escaped.Text(region)}.");
    }
}
