using System.Collections;
using System.Management.Automation;
using EbsPv.Errors;
using EbsPv.PersistentVolumeClaims;
using EbsPv.PersistentVolumes;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Completion;
using EbsPv.PowerShell.Pipeline;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Commands;

/// <summary>Makes claims on PersistentVolumes, one each and by name, and waits until they are Bound. A claim that is there already is kept.</summary>
[Cmdlet(VerbsCommon.New, "EbsPersistentVolumeClaim", SupportsShouldProcess = true)]
[OutputType(typeof(EbsPersistentVolumeClaim))]
public sealed class NewEbsPersistentVolumeClaimCommand : KubernetesCommand
{
    private ClaimOptions _options = new();
    private ClaimRun? _run;
    private NamePrefix<ClaimInput> _names = new(null, Named);
    private bool _contextTyped;

    /// <summary>Whatever comes down the pipeline: PersistentVolumes, EBS volumes that are registered, names.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Names of the PersistentVolumes, or ids of the EBS volumes behind them.</summary>
    [Parameter(Position = 0)]
    public string[]? VolumeName { get; set; }

    /// <summary>Id of the EBS volume whose PersistentVolume is meant.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? VolumeId { get; set; }

    /// <summary>Name of the claim; with several PersistentVolumes, what their numbered names begin with. Without it: the name that the
    /// PersistentVolume is kept for, else the PersistentVolume's own.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>Namespace of the claim. Without it: the one that the PersistentVolume is kept for, else the kube context's, else default.</summary>
    [Parameter]
    public string? Namespace { get; set; }

    /// <summary>Storage class of the claim, which is written even where it is empty. Without it: the PersistentVolume's.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? StorageClassName { get; set; }

    /// <summary>Size in GiB that the claim asks for; without it, all that the PersistentVolume has.</summary>
    [Parameter]
    public string? Size { get; set; }

    /// <summary>Access modes that the claim asks for; without them, the PersistentVolume's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AccessModeCompleter))]
    public string[]? AccessMode { get; set; }

    /// <summary>Labels of the claim.</summary>
    [Parameter]
    [TagTransform]
    public IDictionary? Label { get; set; }

    /// <summary>Emits claims as soon as they are posted, without waiting until they are Bound.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>Seconds to wait for each claim. The default is 120.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 120;

    private protected override string Role => "claim";

    private protected override void Begin()
    {
        _contextTyped = IsTyped(nameof(Context));
        var labels = TagTransformAttribute.ToTags(Label);
        PersistentVolumeRules.CheckLabels(labels);
        _options = new ClaimOptions
        {
            Namespace = Namespace is null ? null : ClaimNames.CheckedNamespace(Namespace),
            StorageClassName = StorageClassName is null ? null : PersistentVolumeRules.CheckedStorageClass(StorageClassName),
            Request = Size is null ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{VolumeSize.Parse(Size)}Gi"),
            AccessModes = AccessModeRules.Checked(AccessMode),
            Labels = labels,
            ThrottleLimit = ThrottleLimit,
            Wait = !NoWait,
            Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
        };
        if (Name is not null) _names = new NamePrefix<ClaimInput>(ClaimNames.Checked(Name), Named);
    }

    private protected override void Process()
    {
        var input = PipedPersistentVolume.Input(MyInvocation, InputObject);
        foreach (var wanted in PipedPersistentVolume.All(input, VolumeName, VolumeId, "-VolumeName")) Take(input, wanted);
    }

    private void Take(PSObject? input, WantedPersistentVolume wanted)
    {
        foreach (var named in _names.Name(new ClaimInput(wanted, PipedPersistentVolume.Planned(input), NullIfEmpty(Context), null))) Claim(named);
    }

    private protected override void End()
    {
        foreach (var named in _names.Rest()) Claim(named);
        foreach (var warning in _run?.SharedWarnings() ?? []) WriteWarning(warning);
        Pump.Drain();
        if (_run is not null) Pump.Run(async _ => { await _run.DisposeAsync(); return true; });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        // After a stop the ending methods are not called: the watch would outlive the pipeline.
        if (disposing) _ = _run?.DisposeAsync().AsTask();
    }

    private static ClaimInput Named(ClaimInput input, string name) => input with { ClaimName = name };

    private void Claim(ClaimInput input)
    {
        try
        {
            _run ??= Start(input);
            if (!_contextTyped) _run.CheckContext(input);
            Claim(input, _run);
        }
        catch (EbsPvException failure)
        {
            WriteFailure(failure, input.Wanted.ToString());
        }
    }

    private void Claim(ClaimInput input, ClaimRun run)
    {
        var volume = run.Find(input) ?? Pump.Run(stop => run.ReadAgainAsync(input, stop));
        var claim = _options.ClaimFor(volume, input.ClaimName);
        var maker = SetUp(() => Pump.Run(stop => run.MakerAsync(claim.Namespace, stop)));
        var spec = maker.Plan(volume, claim);
        if (!run.Take(volume)) return;
        if (spec is null && maker.Difference(claim) is { } difference) run.Note(difference);
        if (spec is not null && !Approves(spec, out var rehearsed))
        {
            if (rehearsed) Pump.Submit((emitter, _) => emitter.EmitAsync(ClaimRun.Planned(spec, run.Context)));
            return;
        }

        if (input.Planned is not null) throw PipedPersistentVolume.OnlyPlanned(volume.Name);
        Pump.Submit(async (emitter, stop) => await emitter.EmitAsync(await maker.MakeAsync(volume, claim, spec, stop)));
    }

    private ClaimRun Start(ClaimInput first)
    {
        var context = _contextTyped ? Context : first.Context;
        var cluster = Connect(context);
        if (Connector.ReadContexts(Options(context)).Current?.Namespace is { } ns) _options = _options with { DefaultNamespace = ns };
        return SetUp(() => Pump.Run(stop => ClaimRun.BeginAsync(cluster, _options, stop)));
    }

    private bool Approves(PersistentVolumeClaimSpec spec, out bool rehearsed)
    {
        var what = $"the claim {spec.Namespace}/{spec.Name} on the PersistentVolume {spec.VolumeName} ({spec.Request}, class {(spec.StorageClassName.Length == 0 ? "none" : spec.StorageClassName)})";
        var approved = ShouldProcess($"Make {what}.", $"Make {what}?", "EbsPv", out var reason);
        rehearsed = reason == ShouldProcessReason.WhatIf;
        return approved;
    }
}
