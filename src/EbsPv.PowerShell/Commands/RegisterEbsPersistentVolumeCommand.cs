using System.Collections;
using System.Management.Automation;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Pipeline;

namespace EbsPv.PowerShell.Commands;

/// <summary>Registers EBS volumes as PersistentVolumes, one each, and waits until they can be claimed. A volume that has one already keeps it.</summary>
[Cmdlet(VerbsLifecycle.Register, "EbsPersistentVolume", SupportsShouldProcess = true)]
[OutputType(typeof(EbsPersistentVolume))]
public sealed class RegisterEbsPersistentVolumeCommand : KubernetesCommand
{
    private RegistrationOptions _options = new();
    private RegistrationRun? _run;
    private NamePrefix _names = NamePrefix.None;
    private bool _contextTyped;

    /// <summary>Whatever comes down the pipeline: volumes of New- and Get-ClusterEbsVolume, or of AWS.Tools.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Id of the EBS volume.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string? VolumeId { get; set; }

    /// <summary>Name of the PersistentVolume; with several volumes, what their numbered names begin with. Without it: the volume's name, else its id.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Name { get; set; }

    /// <summary>Zone of the volume; it comes with the volume.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? AvailabilityZone { get; set; }

    /// <summary>Region of the volume; it comes with the volume.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Region { get; set; }

    /// <summary>Size of the volume in GiB, which becomes the capacity; it comes with the volume.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Size { get; set; }

    /// <summary>Tags of the volume; they come with it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    [TagTransform]
    public IDictionary? Tags { get; set; }

    /// <summary>Cluster that the volume was made for; it comes with the volume.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ClusterName { get; set; }

    /// <summary>Workers that the volume was made for; they come with the volume and are compared with the cluster's nodes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string[]? InstanceId { get; set; }

    /// <summary>Storage class; empty for none. The default is manual-ebs.</summary>
    [Parameter]
    public string StorageClassName { get; set; } = PersistentVolumeRules.DefaultStorageClass;

    /// <summary>Labels of your own, beside type=ebs, zone and region.</summary>
    [Parameter]
    [TagTransform]
    public IDictionary? Label { get; set; }

    /// <summary>ReadWriteOnce (the default) or ReadWriteOncePod.</summary>
    [Parameter]
    public string[] AccessMode { get; set; } = ["ReadWriteOnce"];

    /// <summary>Retain (the default) or Delete, which deletes the volume and its data with the claim and needs -AllowDeletePolicy.</summary>
    [Parameter]
    public string ReclaimPolicy { get; set; } = "Retain";

    /// <summary>Consents to the reclaim policy Delete.</summary>
    [Parameter]
    public SwitchParameter AllowDeletePolicy { get; set; }

    /// <summary>ext4 (the default), ext3, xfs or ntfs.</summary>
    [Parameter]
    public string FileSystemType { get; set; } = "ext4";

    /// <summary>The driver to write for: Auto takes what this cluster can mount in the volume's zone.</summary>
    [Parameter]
    public VolumeSource VolumeSource { get; set; }

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
        var labels = TagTransformAttribute.ToTags(Label);
        PersistentVolumeRules.CheckLabels(labels);
        _options = new RegistrationOptions
        {
            VolumeSource = VolumeSource,
            StorageClassName = PersistentVolumeRules.CheckedStorageClass(StorageClassName),
            Labels = labels,
            AccessModes = PersistentVolumeRules.CheckedAccessModes(AccessMode),
            ReclaimPolicy = PersistentVolumeRules.CheckedReclaimPolicy(ReclaimPolicy, AllowDeletePolicy),
            FileSystemType = PersistentVolumeRules.CheckedFileSystem(FileSystemType),
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
            RegistrationPlanner.Check(volume.Volume);
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
            + $"({spec.Size}Gi, class {(spec.StorageClassName.Length == 0 ? "none" : spec.StorageClassName)}, {spec.ReclaimPolicy}, {spec.Source})";
        var approved = ShouldProcess($"Register {what}.", $"Register {what}?", "EbsPv", out var reason);
        rehearsed = reason == ShouldProcessReason.WhatIf;
        return approved;
    }
}
