using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Pipeline;
using EbsPv.Pricing;
using EbsPv.Restores;
using EbsPv.Snapshots;
using EbsPv.Swaps;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Commands;

/// <summary>Gives a PersistentVolume the data of a snapshot, under the same claim. The volume that it had is kept until you remove it.</summary>
[Cmdlet(VerbsData.Restore, "EbsPersistentVolume", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(EbsPersistentVolume))]
public sealed class RestoreEbsPersistentVolumeCommand : ClusterStorageCommand
{
    private SwapRun? _run;
    private ManifestFolder? _folder;
    private bool _isTaken;
    private VolumePrices _prices = VolumePrices.Read(null);

    /// <summary>Whatever comes down the pipeline: a PersistentVolume, an EBS volume that is registered, a name.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Name of the PersistentVolume.</summary>
    [Parameter(Position = 0)]
    public string? Name { get; set; }

    /// <summary>Id of the EBS volume whose PersistentVolume is meant.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? VolumeId { get; set; }

    /// <summary>Id of the snapshot.</summary>
    [Parameter(Position = 1, Mandatory = true)]
    [AllowEmptyString]
    public string SnapshotId { get; set; } = "";

    /// <summary>Name of the cluster. Without it: KOPS_CLUSTER_NAME, the kube context, the runbook's NAME.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public override string? ClusterName { get; set; }

    /// <summary>Zone of the new volume, in the same region. Without it: the zone of the old one.</summary>
    [Parameter]
    public string? DestinationZone { get; set; }

    /// <summary>Rate in MiB/s, 100 to 300, at which the new volume loads its blocks; without it they load as they are read. It is charged.</summary>
    [Parameter]
    public int? VolumeInitializationRate { get; set; }

    /// <summary>Consents to a snapshot of another volume than the PersistentVolume's own.</summary>
    [Parameter]
    public SwitchParameter AllowOtherVolume { get; set; }

    /// <summary>Consents to replacing a PersistentVolume that GitOps, Helm or an operator looks after, and may put back.</summary>
    [Parameter]
    public SwitchParameter AllowManaged { get; set; }

    /// <summary>Folder that the manifest of the new PersistentVolume is written to, to be committed, before the old one is replaced.</summary>
    [Parameter]
    public string? ManifestPath { get; set; }

    /// <summary>Writes over the file in the folder of -ManifestPath.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Restores a snapshot once more that is restored already. What was written since then stays on the volume that is replaced.</summary>
    [Parameter]
    public SwitchParameter Repeat { get; set; }

    /// <summary>Does not compare the nodes behind the kube context with the cluster's instances.</summary>
    [Parameter]
    public SwitchParameter SkipClusterCheck { get; set; }

    /// <summary>Seconds to wait for each step in the cluster: the fence, the deletion, the binding. The default is 180.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 180;

    private protected override string Role => "move";

    private protected override string Policy => "move";

    private protected override void Begin()
    {
        base.Begin();
        _prices = VolumePrices.Read(Surroundings.Variable(VolumePrices.Variable));
        _folder = ManifestFolder.Of(ManifestPath, PathOf, Force, Connector.Manifests);
        _ = SnapshotIdRule.Checked(SnapshotId);
        if (VolumeInitializationRate is { } rate) VolumeSpecRules.CheckInitializationRate(rate);
        if (DestinationZone is not null) _ = ZoneName.RegionOf(DestinationZone);
    }

    private protected override void Process()
    {
        // A second one would get the same data, which is its own at best by chance.
        if (_isTaken) throw EbsPvException.Input(ErrorIds.SnapshotUnusable, "A snapshot holds the data of one PersistentVolume, and a second one came down the pipeline.", null, "Run the line once for each, with its own -SnapshotId.");
        var input = PipedPersistentVolume.Input(MyInvocation, InputObject);
        var wanted = PipedPersistentVolume.Wanted(input, Name, VolumeId);
        if (PipedPersistentVolume.Planned(input) is not null) throw PipedPersistentVolume.OnlyPlanned(wanted.ToString());
        var region = DestinationZone is null ? NullIfEmpty(Region) : ZoneName.RegionOf(DestinationZone);
        if (NullIfEmpty(Region) is { } given && region != given)
            throw EbsPvException.Input(ErrorIds.ZoneOutsideRegion, $"The zone {DestinationZone} is in {region}, and the PersistentVolume {wanted} in {Escaped.Text(given)}.", DestinationZone, $"Choose a -DestinationZone in {Escaped.Text(given)}.");
        Restore(OpenServices(region, ClusterName, Context), wanted);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        // After a stop the ending methods are not called: the watches would outlive the pipeline.
        if (disposing) _ = _run?.DisposeAsync().AsTask();
    }

    private void Restore(ClusterServices services, PersistentVolumes.WantedPersistentVolume wanted)
    {
        var (ec2, cluster, clusterName) = services;
        var request = new RestoreRequest
        {
            Wanted = wanted,
            ClusterName = clusterName,
            SnapshotId = SnapshotId,
            DestinationZone = DestinationZone,
            AllowOtherVolume = AllowOtherVolume,
            AllowManaged = AllowManaged,
            Repeat = Repeat,
            SkipClusterCheck = SkipClusterCheck,
            VolumeInitializationRate = VolumeInitializationRate,
        };
        // With this consent the next one would get the data that the first one was refused; without it a snapshot finds its own.
        _isTaken = AllowOtherVolume;
        var plan = Pump.Run(stop => RestorePlanner.PlanAsync(ec2, cluster, request, Reporter, stop));
        _isTaken = true;
        if (plan.Swap is not { } swap)
        {
            WriteWarning($"AlreadyRestored: {plan.Volume} has the data of {SnapshotId} and what was written since; it is left as it is. -Repeat restores it once more.");
            WriteObject(plan.Volume! with { Adopted = true, ClusterName = clusterName });
            return;
        }

        if (!plan.IsResumed) _folder?.Check([swap.Intent.PersistentVolume]);
        if (!Approves(plan, clusterName)) return;
        _folder?.Open();
        var options = new SwapOptions { ThrottleLimit = ThrottleLimit, StepTimeout = TimeSpan.FromSeconds(TimeoutSeconds), ManifestReady = _folder is null ? null : _folder.Write };
        _run = new SwapRun(ec2, cluster, plan.Facts.ResourceVersion, [swap.Intent.VolumeId], options, Reporter);
        Pump.Submit(async (emitter, stop) => await emitter.EmitAsync(await _run.SwapAsync(swap, stop) with { ClusterName = clusterName }));
        Pump.Drain();
        Pump.Run(async _ => { await _run.DisposeAsync(); return true; });
    }

    private bool Approves(RestorePlan plan, string clusterName)
    {
        var text = RestoreDescription.Of(plan, DateTime.UtcNow, _prices);
        var approved = ShouldProcess(text, $"{text}\n  Go on?", "EbsPv", out var reason);
        if (reason == ShouldProcessReason.WhatIf && plan.Volume is { } volume)
            WriteObject(volume with { Status = "planned", VolumeId = null, AvailabilityZone = plan.Swap!.Intent.DestinationZone, Uid = null, ResourceVersion = null, ClusterName = clusterName });
        return approved;
    }
}
