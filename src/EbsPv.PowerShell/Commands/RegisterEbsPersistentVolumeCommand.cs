using System.Management.Automation;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Pipeline;

namespace EbsPv.PowerShell.Commands;

/// <summary>Registers EBS volumes as PersistentVolumes, one each, and waits until they can be claimed. A volume that has one already keeps it.</summary>
[Cmdlet(VerbsLifecycle.Register, "EbsPersistentVolume", SupportsShouldProcess = true)]
[OutputType(typeof(EbsPersistentVolume))]
public sealed class RegisterEbsPersistentVolumeCommand : RegistrationCommand
{
    private RegistrationOptions _options = new();
    private RegistrationRun? _run;
    private NamePrefix _names = NamePrefix.None;
    private bool _contextTyped;

    /// <summary>Emits PersistentVolumes as soon as they are posted, without waiting until they are Available.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>Seconds to wait for each PersistentVolume. The default is 120.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 120;

    private protected override void Begin()
    {
        _contextTyped = IsTyped(nameof(Context));
        _options = new RegistrationOptions
        {
            VolumeSource = VolumeSource,
            Settings = TypedSettings(),
            AllowDeletePolicy = AllowDeletePolicy,
            ChangeCause = ChangeCause(),
            SaveConfig = SaveConfig,
            ThrottleLimit = ThrottleLimit,
            Wait = !NoWait,
            Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
        };
        if (IsTyped(nameof(Name))) _names = NamePrefix.Of(PersistentVolumeRules.CheckedName(Name ?? string.Empty));
    }

    private protected override void Process()
    {
        var volume = PipedVolume.Read(this);
        foreach (var named in _names.Name(volume)) Register(named);
    }

    private protected override void End()
    {
        foreach (var named in _names.Rest()) Register(named);
        Pump.Drain();
        if (_run is not null) Pump.Run(async _ => { await _run.Registrar.DisposeAsync(); return true; });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        // After a stop the ending methods are not called: the watch would outlive the pipeline.
        if (disposing) _ = _run?.Registrar.DisposeAsync().AsTask();
    }

    private void Register(PipedVolume volume)
    {
        try
        {
            RegistrationPlanner.Check(volume.Volume, _options);
            _run ??= Start(volume);
            Register(volume, _run);
        }
        catch (EbsPvException failure)
        {
            WriteFailure(failure, volume.Volume.VolumeId);
        }
    }

    private void Register(PipedVolume volume, RegistrationRun run)
    {
        run.CheckSameCluster(volume, _contextTyped);
        var registration = RegistrationPlanner.Plan(volume.Volume, _options, run.Facts, run.Context);
        if (!run.Take(volume))
        {
            WriteVerbose($"{volume.Volume.VolumeId} came twice; it counts once.");
            return;
        }

        foreach (var warning in run.NewWarnings(registration)) WriteWarning(warning);
        if (registration.Existing is null && !Approves(registration.Spec!, out var rehearsed))
        {
            if (rehearsed) Pump.Submit((emitter, _) => emitter.EmitAsync(RegistrationPlanner.Planned(registration, run.Context)));
            return;
        }

        if (volume.Volume.VolumeId is null) throw PipedVolume.OnlyPlanned(volume.Volume.Name);
        Pump.Submit(async (emitter, stop) =>
        {
            var registered = await run.Registrar.RegisterAsync(registration, stop);
            if (registration.Existing is null && RegistrationPlanner.Cure(registered) is { } cure) Reporter.Warning(cure);
            await emitter.EmitAsync(registered);
        });
    }

    private RegistrationRun Start(PipedVolume first)
    {
        var context = _contextTyped ? Context : first.Context;
        var cluster = Connect(context);
        var facts = SetUp(() => Pump.Run(stop => ClusterFactsReader.ReadAsync(cluster, VolumeSource == VolumeSource.Auto, Reporter, stop)));
        return new RegistrationRun(new Registrar(cluster, facts, _options), facts, cluster.Context, first);
    }

    private bool Approves(PersistentVolumeSpec spec, out bool rehearsed)
    {
        var what = $"the EBS volume {spec.VolumeId ?? "(planned)"} in {spec.AvailabilityZone} as PersistentVolume {spec.Name} "
            + $"({spec.Capacity}, class {(spec.StorageClassName.Length == 0 ? "none" : spec.StorageClassName)}, {spec.ReclaimPolicy}, {spec.Source})";
        var approved = ShouldProcess($"Register {what}.", $"Register {what}?", "EbsPv", out var reason);
        rehearsed = reason == ShouldProcessReason.WhatIf;
        return approved;
    }
}
