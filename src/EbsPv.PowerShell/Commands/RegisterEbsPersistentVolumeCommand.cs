using System.Management.Automation;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Pipeline;
using EbsPv.Reservations;

namespace EbsPv.PowerShell.Commands;

/// <summary>Registers EBS volumes as PersistentVolumes, one each, and waits until they can be claimed. A volume that has one already keeps it.</summary>
[Cmdlet(VerbsLifecycle.Register, "EbsPersistentVolume", SupportsShouldProcess = true)]
[OutputType(typeof(EbsPersistentVolume))]
public sealed class RegisterEbsPersistentVolumeCommand : RegistrationCommand
{
    private RegistrationRun? _run;

    private protected override void End()
    {
        base.End();
        foreach (var warning in _run?.SharedWarnings() ?? []) WriteWarning(warning);
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

    private protected override IReadOnlyList<PipedVolume> Prepare(IReadOnlyList<PipedVolume> volumes, StatefulSetReference? statefulSet)
    {
        var cluster = Connect(ContextTyped ? Context : volumes[0].Context);
        var known = statefulSet is null ? StatefulSetFacts.None : SetUp(() => Pump.Run(stop => StatefulSetReader.ReadAsync(cluster, statefulSet, Reporter, stop)));
        _run = Begin(cluster, volumes, known.StorageClassName);
        var placed = _run.Place(volumes, statefulSet, known, Reporter);
        if (statefulSet is null) Pump.Run(stop => _run.CheckClaimsAsync(placed, stop));
        foreach (var plan in _run.StorageClassPlans(placed))
            if (ShouldProcess($"{plan.Description}.", $"{plan.Description}?", "EbsPv"))
                Apply(plan, cluster, placed);
        return placed;
    }

    // A class for volumes that are only planned would stay behind, for nothing.
    private void Apply(StorageClassPlan plan, ICluster cluster, IReadOnlyList<PipedVolume> volumes)
    {
        if (volumes.FirstOrDefault(volume => volume.Volume.VolumeId is null) is { } planned) throw PipedVolume.OnlyPlanned(planned.Volume.Name);
        SetUp(() => Pump.Run(async stop => { await StorageClassKeeper.ApplyAsync(cluster, plan, stop); return true; }));
    }

    private protected override void Handle(PipedVolume volume)
    {
        _run ??= Begin(Connect(ContextTyped ? Context : volume.Context), [volume], null);
        Register(volume, _run);
    }

    private void Register(PipedVolume volume, RegistrationRun run)
    {
        run.CheckSameCluster(volume, ContextTyped);
        var registration = run.Plan(volume);
        foreach (var warning in run.NewWarnings(registration)) WriteWarning(warning);
        if (registration.Existing is null && !Approves(registration.Spec!, out var rehearsed))
        {
            if (rehearsed) Rehearse(registration, run);
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

    // What the run would refuse the rehearsal refuses, too.
    private void Rehearse(Registration registration, RegistrationRun run) => Pump.Submit(async (emitter, stop) =>
    {
        await run.Registrar.CheckAsync(registration, stop);
        await emitter.EmitAsync(RegistrationPlanner.Planned(registration, run.Context));
    });

    private RegistrationRun Begin(ICluster cluster, IReadOnlyList<PipedVolume> volumes, string? setClass)
    {
        var needed = RegistrationRun.Needed(RunOptions, volumes, setClass);
        var facts = SetUp(() => Pump.Run(stop => ClusterFactsReader.ReadAsync(cluster, needed, Reporter, stop)));
        return new RegistrationRun(cluster, facts, RunOptions, volumes[0], Reporter);
    }

    private bool Approves(PersistentVolumeSpec spec, out bool rehearsed)
    {
        var what = $"the EBS volume {spec.VolumeId ?? "(planned)"} in {spec.AvailabilityZone} as PersistentVolume {spec.Name} ({string.Join(", ", Said(spec))})";
        var approved = ShouldProcess($"Register {what}.", $"Register {what}?", "EbsPv", out var reason);
        rehearsed = reason == ShouldProcessReason.WhatIf;
        return approved;
    }

    private static IEnumerable<string> Said(PersistentVolumeSpec spec)
    {
        yield return spec.Capacity;
        yield return $"class {(spec.StorageClassName.Length == 0 ? "none" : spec.StorageClassName)}";
        yield return spec.ReclaimPolicy;
        yield return $"{spec.Source}";
        if (spec.AccessModes is not [AccessModeRules.Once]) yield return string.Join(" and ", spec.AccessModes);
        if (spec.VolumeMode == MountRules.Block) yield return MountRules.Block;
        else if (spec.FileSystemType != "ext4") yield return $"{spec.FileSystemType}";
        if (spec.Claim is { } claim) yield return $"kept for the claim {claim}";
    }
}
