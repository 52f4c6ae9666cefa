using System.Management.Automation;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Completion;
using EbsPv.PowerShell.Pipeline;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Commands;

/// <summary>Changes size (growing only), type, IOPS and throughput of a cluster's EBS volumes, in use or not. The file system is grown
/// afterwards, by the CSI driver or by hand.</summary>
[Cmdlet(VerbsCommon.Set, "ClusterEbsVolume", SupportsShouldProcess = true)]
[OutputType(typeof(ClusterEbsVolume))]
public sealed class SetClusterEbsVolumeCommand : Ec2Command
{
    private const int PatienceForData = 6 * 3600, PatienceForSize = 300;

    private readonly VolumeCollector _input = new();
    private VolumeChangeSpec _spec = new();

    /// <summary>Whatever comes down the pipeline: volumes of New- and Get-ClusterEbsVolume, ids, objects with a VolumeId.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Ids of the volumes.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[]? VolumeId { get; set; }

    /// <summary>Name of the cluster; the volumes' tags must name it. Without it: the piped object, KOPS_CLUSTER_NAME, the kube context, the runbook's NAME.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public override string? ClusterName { get; set; }

    /// <summary>New size in GiB, no smaller than the volume's: 20, 20Gi or 1Ti.</summary>
    [Parameter]
    public string? Size { get; set; }

    /// <summary>New type: gp3, gp2, io1, io2, st1, sc1 or standard. From gp2 to gp3 without -Iops and -Throughput EC2 gives the source's performance or gp3's baseline, whichever is higher.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VolumeTypeCompleter))]
    public string? VolumeType { get; set; }

    /// <summary>New input/output operations per second, for gp3, io1 and io2. Without it a volume that becomes io1 or io2 gets 3,000.</summary>
    [Parameter]
    public int? Iops { get; set; }

    /// <summary>New throughput in MiB/s, for gp3: 125 to 2,000, and 4 IOPS for each MiB/s.</summary>
    [Parameter]
    public int? Throughput { get; set; }

    /// <summary>Asks for gp3's baseline, 3,000 IOPS and 125 MiB/s, which the price of the size includes.</summary>
    [Parameter]
    public SwitchParameter Baseline { get; set; }

    /// <summary>How far a change has to be: Optimizing (the default; the new size is there), Completed (all data is moved, which can take hours) or None.</summary>
    [Parameter]
    public ModificationWait WaitFor { get; set; }

    /// <summary>Seconds to wait after the last change was accepted. The default is 300, with -WaitFor Completed 21,600.</summary>
    [Parameter]
    [ValidateRange(1, 172800)]
    public int? TimeoutSeconds { get; set; }

    /// <summary>Kube context that the volumes carry on; it comes with them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string? Context { get; set; }

    private protected override string Policy => "change";

    private protected override void Begin()
    {
        base.Begin();
        _spec = VolumeChangeRules.Checked(new VolumeChangeSpec
        {
            VolumeType = NullIfEmpty(VolumeType),
            Size = Size is null ? null : VolumeSize.Parse(Size),
            Iops = Iops,
            Throughput = Throughput,
            Baseline = Baseline,
            LimitOverrides = Surroundings.Variable(VolumeTypes.Variable),
        });
    }

    private protected override void Process()
    {
        var origin = new VolumeOrigin(NullIfEmpty(Region), NullIfEmpty(ClusterName), NullIfEmpty(Context));
        foreach (var volume in PipedVolumeToChange.Read(InputObject, VolumeId, origin, MyInvocation.ExpectingInput))
        {
            try
            {
                Take(volume, origin);
            }
            catch (EbsPvException failure)
            {
                WriteFailure(failure);
            }
        }
    }

    private protected override void End()
    {
        if (_input.Volumes.Count == 0)
        {
            // What came was refused with an error of its own, or nothing was found that could be changed.
            if (MyInvocation.ExpectingInput || !IsEmpty(VolumeId)) return;
            throw EbsPvException.Input(ErrorIds.InputNotVolume, "No volume is named.", null, "Pipe volumes in, as in Get-ClusterEbsVolume | Set-ClusterEbsVolume -Size 20, or give -VolumeId.");
        }

        var contexts = _input.ClusterName is null ? Contexts(OptionsOf(_input.Context)) : KubeContexts.None;
        var cluster = RequiredCluster(_input.ClusterName, contexts);
        var ec2 = Connect(_input.Region, contexts);
        var ids = _input.Volumes.Select(volume => volume.VolumeId).OfType<string>().ToList();
        var found = Pump.Run(stop => VolumesById.ReadAsync(ec2, ids, stop));
        var target = new VolumeChangeTarget(ec2.Region, cluster, _input.Context ?? contexts.Current?.Name);
        Change(ec2, [.. _input.Volumes.Select(volume => VolumeChangeCandidate.Of(volume, found, _spec, target))]);
    }

    private void Take(VolumeToChange volume, VolumeOrigin origin)
    {
        _input.CheckSame(volume, origin);
        // What the object itself shows to be impossible costs no call.
        volume.Check(_spec, _input.ClusterName);
        if (!_input.Add(volume)) WriteVerbose($"{volume.VolumeId} came twice; it counts once.");
    }

    private void Change(IEc2 ec2, IReadOnlyList<VolumeChangeCandidate> candidates)
    {
        if (VolumeChangePlanner.Warning([.. candidates.Select(candidate => candidate.Plan).OfType<VolumeChangePlan>()]) is { } warning) WriteWarning(warning);
        var approved = new List<VolumeChangePlan>();
        var results = candidates.Select(candidate => Result(candidate, approved)).OfType<Func<VolumeChangeRun, Task<ClusterEbsVolume>>>().ToList();
        var run = new VolumeChangeRun(ec2, approved, Options(), Reporter);
        _ = Task.Run(() => run.RunAsync(StopToken));
        foreach (var result in results) Pump.Submit(async (emitter, stop) => await emitter.EmitAsync(await result(run).WaitAsync(stop)));
    }

    // Null: the user said no to it.
    private Func<VolumeChangeRun, Task<ClusterEbsVolume>>? Result(VolumeChangeCandidate candidate, List<VolumeChangePlan> approved)
    {
        if (candidate.Plan is not { } plan) return _ => Task.FromException<ClusterEbsVolume>(candidate.Refusal!);
        if (plan.IsDone) WriteVerbose($"The volume {plan.Volume} is {plan.From} already; there is nothing to change.");
        else if (!Approves(plan, out var rehearsed)) return rehearsed ? _ => Task.FromResult(plan.Planned()) : null;
        if (plan.Volume.VolumeId is null)
            return _ => plan.IsDone ? Task.FromResult(plan.Volume) : Task.FromException<ClusterEbsVolume>(VolumeChangeCandidate.OnlyPlanned(plan.Volume));
        approved.Add(plan);
        var index = approved.Count - 1;
        return run => run.VolumeAsync(index);
    }

    private bool Approves(VolumeChangePlan plan, out bool rehearsed)
    {
        var name = plan.Volume.Name is { } text && plan.Volume.VolumeId is not null ? $" ({Defaults.Escaped.Text(text)})" : "";
        var what = $"the EBS volume {plan.Volume}{name} in {plan.Volume.AvailabilityZone}{(plan.Volume.State == "in-use" ? ", in use," : "")} from {plan.From} to {plan.To}";
        var approved = ShouldProcess($"Change {what}.", $"Change {what}?", "EbsPv", out var reason);
        rehearsed = reason == ShouldProcessReason.WhatIf;
        return approved;
    }

    private VolumeChangeOptions Options() => new()
    {
        ThrottleLimit = ThrottleLimit,
        WaitFor = WaitFor,
        Timeout = TimeSpan.FromSeconds(TimeoutSeconds ?? (WaitFor == ModificationWait.Completed ? PatienceForData : PatienceForSize)),
    };
}
