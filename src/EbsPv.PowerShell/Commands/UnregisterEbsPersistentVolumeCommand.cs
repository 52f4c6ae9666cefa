using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Pipeline;

namespace EbsPv.PowerShell.Commands;

/// <summary>Removes PersistentVolumes from Kubernetes and keeps their EBS volumes and the data on them. One that is bound to a claim stays.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "EbsPersistentVolume", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(EbsPersistentVolume))]
public sealed class UnregisterEbsPersistentVolumeCommand : KubernetesCommand
{
    private UnregistrationRun? _run;
    private bool _contextTyped;

    /// <summary>Whatever comes down the pipeline: PersistentVolumes, EBS volumes, names.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Names of the PersistentVolumes, or ids of the EBS volumes behind them.</summary>
    [Parameter(Position = 0)]
    public string[]? Name { get; set; }

    /// <summary>Id of the EBS volume whose PersistentVolume is meant.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? VolumeId { get; set; }

    /// <summary>Workers that the volume was made for; they come with it and are compared with the cluster's nodes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string[]? InstanceId { get; set; }

    /// <summary>Seconds to wait for each PersistentVolume until its finalizers are done. The default is 120.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 120;

    /// <summary>Emits the PersistentVolumes that are gone, so that Remove-ClusterEbsVolume can delete their volumes.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Role => "unregister";

    private protected override void Begin() => _contextTyped = IsTyped(nameof(Context));

    private protected override void Process()
    {
        var input = PipedPersistentVolume.Input(MyInvocation, InputObject);
        foreach (var wanted in PipedPersistentVolume.All(input, Name, VolumeId))
        {
            if (PipedPersistentVolume.Planned(input) is not null) throw PipedPersistentVolume.OnlyPlanned(wanted.ToString());
            _run ??= Start();
            Take(wanted with { InstanceId = InstanceId ?? [] }, _run);
        }
    }

    private void Take(WantedPersistentVolume wanted, UnregistrationRun run)
    {
        try
        {
            Remove(wanted, run);
        }
        catch (EbsPvException refusal)
        {
            WriteFailure(refusal, wanted.ToString());
        }
    }

    private void Remove(WantedPersistentVolume wanted, UnregistrationRun run)
    {
        if (!_contextTyped && !string.IsNullOrEmpty(Context)) run.CheckContext(wanted, Context);
        var volume = run.Find(wanted);
        if (volume is null) WriteVerbose($"{wanted} has no PersistentVolume any more: nothing is left to do.");
        else if (!run.Take(volume)) return;
        else if (!Approves(volume, run)) return;
        Pump.Submit(async (emitter, stop) =>
        {
            if (volume is not null) await run.Unregistrar.RemoveAsync(volume, stop);
            if (PassThru) await emitter.EmitAsync(UnregistrationRun.Gone(volume, wanted, run.Context));
        });
    }

    private protected override void End()
    {
        Pump.Drain();
        if (_run is not null) Pump.Run(async _ => { await _run.Unregistrar.DisposeAsync(); return true; });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        // After a stop the ending methods are not called: the watch would outlive the pipeline.
        if (disposing) _ = _run?.Unregistrar.DisposeAsync().AsTask();
    }

    private UnregistrationRun Start()
    {
        var cluster = Connect(Context);
        return SetUp(() => Pump.Run(stop => UnregistrationRun.BeginAsync(cluster, InstanceId is { Length: > 0 }, ThrottleLimit, TimeSpan.FromSeconds(TimeoutSeconds), stop)));
    }

    private bool Approves(EbsPersistentVolume volume, UnregistrationRun run)
    {
        Pump.Run(async stop => { await run.Guard.CheckAsync(volume, stop); return true; });
        var what = $"the PersistentVolume {volume.Name} ({volume.Capacity}, {volume.Status}{(volume.Claim is { } claim ? $", claim {Escaped.Text(claim)}" : "")})";
        var kept = $"The EBS volume {volume.VolumeId} in {volume.AvailabilityZone ?? "an unknown zone"} and its data are kept{(volume.ReclaimPolicy == "Delete" ? ": the reclaim policy becomes Retain first" : "")}.";
        return ShouldProcess($"Remove {what}. {kept}", $"Remove {what}? {kept}", "EbsPv");
    }
}
