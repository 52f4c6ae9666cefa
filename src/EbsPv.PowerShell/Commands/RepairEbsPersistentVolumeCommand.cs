using System.Management.Automation;
using EbsPv.Audit;
using EbsPv.Errors;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Completion;
using EbsPv.PowerShell.Pipeline;
using EbsPv.Repairs;
using EbsPv.Swaps;

namespace EbsPv.PowerShell.Commands;

/// <summary>Repairs what Test-EbsPersistentVolume found, where that can be done without a decision of yours: tags, node affinity, reclaim policy, the
/// in-tree driver, and Released PersistentVolumes when you name them. Each finding is looked at again before and afterwards.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "EbsPersistentVolume", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(EbsPersistentVolumeRepair))]
public sealed class RepairEbsPersistentVolumeCommand : ClusterStorageCommand
{
    private readonly OneOrigin _origin = new();
    private readonly List<RepairTarget> _targets = [];
    private IReadOnlySet<string>? _codes;
    private RepairRun? _run;

    /// <summary>Findings of Test-EbsPersistentVolume. Those that are not repaired here are told of in a warning.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Name of the cluster; the volumes' tags must name it. Without it: the piped object, KOPS_CLUSTER_NAME, the kube context, the runbook's NAME.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public override string? ClusterName { get; set; }

    /// <summary>Repairs findings of these codes only. PersistentVolumeReleased is repaired when it is named here, and not otherwise.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FindingCodeCompleter))]
    public string[]? Code { get; set; }

    /// <summary>Keeps Released PersistentVolumes for no claim any more, rather than for the next one of the same name. Any claim that waits for one takes
    /// them at once, with the data.</summary>
    [Parameter]
    public SwitchParameter DropReservation { get; set; }

    /// <summary>Consents to changing PersistentVolumes that GitOps, Helm or an operator looks after, and may put back.</summary>
    [Parameter]
    public SwitchParameter AllowManaged { get; set; }

    /// <summary>Consents to tagging volumes whose tags name no cluster. Those of other clusters are never tagged.</summary>
    [Parameter]
    public SwitchParameter AllowUntagged { get; set; }

    /// <summary>Does not compare the nodes behind the kube context with the cluster's instances.</summary>
    [Parameter]
    public SwitchParameter SkipClusterCheck { get; set; }

    /// <summary>Seconds to wait for each step in the cluster, and until the finding is gone. The default is 180.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 180;

    private protected override string Role => "repair";

    private protected override string Policy => "repair";

    private protected override void Begin()
    {
        base.Begin();
        // A variable that is empty by mistake must not stand for every finding.
        if (IsTyped(nameof(Code)) && Code is not { Length: > 0 }) _ = FindingCodes.Checked([string.Empty]);
        if (Code is { Length: > 0 }) _codes = FindingCodes.Checked(Code);
        if (DropReservation && _codes?.Contains(FindingCodes.PersistentVolumeReleased) != true)
            throw EbsPvException.Input(
                ErrorIds.RepairParametersConflict,
                "-DropReservation is about Released PersistentVolumes, and they are repaired only when they are named.",
                null,
                $"Add -Code {FindingCodes.PersistentVolumeReleased}, or leave -DropReservation out.");
    }

    private protected override void Process()
    {
        var target = PipedFinding.Target(InputObject);
        _origin.Take(target.ToString(), new VolumeOrigin(NullIfEmpty(Region), NullIfEmpty(ClusterName), NullIfEmpty(Context)));
        _targets.Add(target);
    }

    private protected override void End()
    {
        if (_targets.Count == 0) return;
        var services = OpenServices(_origin.Region, _origin.ClusterName, _origin.Context);
        var planning = Pump.Run(stop => RepairPlanner.PlanAsync(services.Ec2, services.Cluster, Request(services.ClusterName), Reporter, TimeProvider.System, stop));
        foreach (var refusal in planning.Refusals) WriteFailure(refusal);
        foreach (var unchanged in planning.Unchanged) WriteObject(unchanged);
        Repair(services, [.. planning.Repairs.Where(Approves)]);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        // After a stop the ending methods are not called: the watches would outlive the pipeline.
        if (disposing) _ = _run?.DisposeAsync().AsTask();
    }

    private RepairRequest Request(string clusterName) => new()
    {
        Targets = _targets,
        ClusterName = clusterName,
        Codes = _codes,
        DropReservation = DropReservation,
        AllowManaged = AllowManaged,
        AllowUntagged = AllowUntagged,
        SkipClusterCheck = SkipClusterCheck,
    };

    private void Repair(ClusterServices services, IReadOnlyList<PlannedRepair> repairs)
    {
        if (repairs.Count == 0) return;
        var options = new SwapOptions { ThrottleLimit = ThrottleLimit, StepTimeout = TimeSpan.FromSeconds(TimeoutSeconds) };
        _run = new RepairRun(services.Ec2, services.Cluster, repairs, options, Reporter);
        _ = Task.Run(() => _run.RunAsync(StopToken));
        for (var index = 0; index < repairs.Count; index++)
        {
            var number = index;
            Pump.Submit(async (emitter, _) => await emitter.EmitAsync(await _run.ResultAsync(number)));
        }

        Pump.Drain();
        Pump.Run(async _ => { await _run.DisposeAsync(); return true; });
    }

    private bool Approves(PlannedRepair repair)
    {
        if (ShouldProcess($"{repair.Description}.", $"{repair.Description}?", "EbsPv", out var reason)) return true;
        if (reason == ShouldProcessReason.WhatIf) WriteObject(repair.With("planned"));
        return false;
    }
}
