using System.Management.Automation;
using EbsPv.Errors;
using EbsPv.Growth;
using EbsPv.PersistentVolumes;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Pipeline;
using EbsPv.Storage;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Commands;

/// <summary>Grows PersistentVolumes with all that belongs to them, in the order that works: by the claim where its class and driver allow it, otherwise the
/// EBS volume first and then the capacity. It never shrinks anything.</summary>
[Cmdlet(VerbsCommon.Resize, "EbsPersistentVolume", SupportsShouldProcess = true)]
[OutputType(typeof(EbsPersistentVolume))]
public sealed class ResizeEbsPersistentVolumeCommand : ClusterStorageCommand
{
    private readonly OneOrigin _origin = new();
    private readonly List<WantedPersistentVolume> _wanted = [];
    private GrowthRun? _run;
    private int _size;

    /// <summary>Whatever comes down the pipeline: PersistentVolumes, volumes, names.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Names of the PersistentVolumes.</summary>
    [Parameter(Position = 0)]
    public string[]? Name { get; set; }

    /// <summary>Id of the EBS volume whose PersistentVolume is meant.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? VolumeId { get; set; }

    /// <summary>New size in GiB, no smaller than what there is: 20, 20Gi or 1Ti.</summary>
    [Parameter(Mandatory = true)]
    [AllowEmptyString]
    public string Size { get; set; } = "";

    /// <summary>Name of the cluster; the volumes' tags must name it. Without it: the piped object, KOPS_CLUSTER_NAME, the kube context, the runbook's NAME.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public override string? ClusterName { get; set; }

    /// <summary>Seconds to wait for each PersistentVolume. The default is 300.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 300;

    /// <summary>Does not compare the nodes behind the kube context with the cluster's instances.</summary>
    [Parameter]
    public SwitchParameter SkipClusterCheck { get; set; }

    private protected override string Role => "resize";

    private protected override string Policy => "change";

    private protected override void Begin()
    {
        base.Begin();
        _size = VolumeSize.Parse(Size);
    }

    private protected override void Process()
    {
        var input = PipedPersistentVolume.Input(MyInvocation, InputObject);
        foreach (var wanted in PipedPersistentVolume.All(input, Name, VolumeId))
        {
            if (PipedPersistentVolume.Planned(input) is not null) throw PipedPersistentVolume.OnlyPlanned(wanted.ToString());
            _origin.Take(wanted.ToString(), new VolumeOrigin(NullIfEmpty(Region), NullIfEmpty(ClusterName), NullIfEmpty(Context)));
            _wanted.Add(wanted);
        }
    }

    private protected override void End()
    {
        if (_wanted.Count == 0) return;
        var services = OpenServices(_origin.Region, _origin.ClusterName, _origin.Context);
        var facts = Pump.Run(stop => ReadAsync(services, stop));
        var found = _wanted.Select(wanted => Find(wanted, facts, services.Cluster.Context)).OfType<EbsPersistentVolume>().DistinctBy(volume => volume.Name).ToList();
        var plans = Pump.Run(stop => GrowthPlans.MakeAsync(services.Ec2, services.Cluster, found, _size, facts, services.ClusterName, Surroundings.Variable(VolumeTypes.Variable), stop));
        Grow(services, facts, plans);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        // After a stop the ending methods are not called: the watches would outlive the pipeline.
        if (disposing) _ = _run?.DisposeAsync().AsTask();
    }

    private async Task<GrowthFacts> ReadAsync(ClusterServices services, CancellationToken cancellationToken)
    {
        var facts = await GrowthFacts.ReadAsync(services.Cluster, cancellationToken);
        if (!SkipClusterCheck)
            (await ClusterIdentity.ReadAsync(services.Ec2, services.ClusterName, services.Cluster.Context, facts.Nodes, Reporter, cancellationToken)).Check(Reporter);
        return facts;
    }

    private EbsPersistentVolume? Find(WantedPersistentVolume wanted, GrowthFacts facts, string context)
    {
        try
        {
            return PersistentVolumeLookup.Find(wanted, facts.PersistentVolumes, context) ?? throw GrowthPlans.NotRegistered(wanted.VolumeId!, context);
        }
        catch (EbsPvException failure)
        {
            WriteFailure(failure);
            return null;
        }
    }

    private void Grow(ClusterServices services, GrowthFacts facts, IReadOnlyList<(GrowthPlan? Plan, EbsPvException? Refusal)> candidates)
    {
        foreach (var refusal in candidates.Select(candidate => candidate.Refusal).OfType<EbsPvException>()) WriteFailure(refusal);
        var plans = candidates.Select(candidate => candidate.Plan).OfType<GrowthPlan>().Where(Approves).ToList();
        if (plans.Count == 0) return;
        SayFileSystems(plans);
        _run = new GrowthRun(services.Ec2, services.Cluster, facts, plans, ThrottleLimit, TimeSpan.FromSeconds(TimeoutSeconds), Reporter);
        _ = Task.Run(() => _run.RunAsync(StopToken));
        for (var index = 0; index < plans.Count; index++)
        {
            var number = index;
            Pump.Submit(async (emitter, stop) => await emitter.EmitAsync(await _run.GrowAsync(number, stop) with { ClusterName = services.ClusterName }));
        }

        Pump.Drain();
        Pump.Run(async _ => { await _run.DisposeAsync(); return true; });
    }

    private bool Approves(GrowthPlan plan)
    {
        if (plan.Way == GrowthWay.None)
        {
            WriteVerbose($"The PersistentVolume {plan.PersistentVolume.Name} has {plan.Capacity} already; there is nothing to change.");
            return true;
        }

        if (ShouldProcess($"Grow {plan.Description}.", $"Grow {plan.Description}?", "EbsPv", out var reason)) return true;
        if (reason == ShouldProcessReason.WhatIf) WriteObject(plan.PersistentVolume with { Capacity = plan.Capacity, Status = "planned", ClusterName = plan.Volume.ClusterName });
        return false;
    }

    private void SayFileSystems(List<GrowthPlan> plans)
    {
        foreach (var waiting in plans.Where(plan => plan is { Way: GrowthWay.ByVolume, HasFileSystem: true }).GroupBy(plan => (plan.WhyNotByClaim, IsClaimed: plan.Claim is not null)))
            WriteWarning($"FileSystemNotGrown: {string.Join(", ", waiting.Select(plan => plan.PersistentVolume.Name))}: {waiting.Key.WhyNotByClaim}, so that the volume is grown first and the capacity after it. "
                + $"The file system grows when the driver next mounts the volume{(waiting.Key.IsClaimed ? ": restart the pods that use it" : "")}.");
    }
}
