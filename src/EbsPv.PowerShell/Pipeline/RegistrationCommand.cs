using System.Collections;
using System.Management.Automation;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Completion;
using EbsPv.Reservations;
using EbsPv.Templates;

namespace EbsPv.PowerShell.Pipeline;

/// <summary>The base of the cmdlets that make PersistentVolumes of EBS volumes: what comes down the pipeline, and what is said of it.</summary>
public abstract class RegistrationCommand : KubernetesCommand
{
    private readonly GatheredVolumes _gathered = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly List<PipedVolume> _unnamed = [];
    private string? _name;
    private IReadOnlyList<PersistentVolumeTemplate> _templates = [];
    private ClaimWish? _claim;

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
    [AllowEmptyString]
    public string? StorageClassName { get; set; }

    /// <summary>Labels of your own, beside type=ebs, zone and region.</summary>
    [Parameter]
    [TagTransform]
    public IDictionary? Label { get; set; }

    /// <summary>Annotations of your own.</summary>
    [Parameter]
    [TagTransform]
    public IDictionary? Annotation { get; set; }

    /// <summary>ReadWriteOnce (the default), ReadWriteOncePod, which allows one pod and no other mode beside it, or ReadWriteMany, which
    /// needs -VolumeMode Block and an io2 volume with Multi-Attach. RWO, RWOP and RWX do too.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AccessModeCompleter))]
    public string[]? AccessMode { get; set; }

    /// <summary>Filesystem (the default), or Block for the raw device.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VolumeModeCompleter))]
    public string? VolumeMode { get; set; }

    /// <summary>Retain (the default) or Delete, which deletes the volume and its data with the claim and needs -AllowDeletePolicy.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ReclaimPolicyCompleter))]
    public string? ReclaimPolicy { get; set; }

    /// <summary>Consents to the reclaim policy Delete.</summary>
    [Parameter]
    public SwitchParameter AllowDeletePolicy { get; set; }

    /// <summary>ext4 (the default), ext3, xfs or ntfs.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FileSystemCompleter))]
    public string? FileSystemType { get; set; }

    /// <summary>Number of the partition that holds the file system; without it the file system fills the whole volume.</summary>
    [Parameter]
    public string? Partition { get; set; }

    /// <summary>Options of the mount, such as noatime.</summary>
    [Parameter]
    public string[]? MountOption { get; set; }

    /// <summary>Attributes for the CSI driver, such as @{ blocksize = '4096' }.</summary>
    [Parameter]
    [TagTransform]
    public IDictionary? VolumeAttribute { get; set; }

    /// <summary>The VolumeAttributesClass of the PersistentVolume, for CSI drivers on Kubernetes 1.31 and later.</summary>
    [Parameter]
    public string? VolumeAttributesClassName { get; set; }

    /// <summary>The driver to write for: Csi, EksAutoMode, InTree; Auto takes what this cluster can mount in the volume's zone.</summary>
    [Parameter]
    public VolumeSource VolumeSource { get; set; }

    /// <summary>Writes the command into the annotation kubernetes.io/change-cause, as kubectl's --record did.</summary>
    [Parameter]
    public SwitchParameter Record { get; set; }

    /// <summary>Writes the annotation that kubectl apply compares with, so that applying the same manifest later changes nothing.</summary>
    [Parameter]
    public SwitchParameter SaveConfig { get; set; }

    /// <summary>A file with one PersistentVolume document for each volume: REPLACE_ME_n takes the n-th volume, other placeholders go by
    /// position. What it says wins over the defaults, and what is typed wins over it; the source is this cluster's, or -VolumeSource's.</summary>
    [Parameter]
    public string? TemplatePath { get; set; }

    /// <summary>Namespace of the claim that the volume is kept for; without it, the kube context's.</summary>
    [Parameter]
    public string? ClaimNamespace { get; set; }

    /// <summary>Keeps the volume for the claim of this name; for one volume.</summary>
    [Parameter]
    public string? ClaimName { get; set; }

    /// <summary>Keeps the volumes for the pods of this StatefulSet, zone by zone in turn, and takes class, modes and size from its template.</summary>
    [Parameter]
    public string? StatefulSet { get; set; }

    /// <summary>The claim template of -StatefulSet that the volumes are for.</summary>
    [Parameter]
    public string? ClaimTemplate { get; set; }

    /// <summary>Makes the storage class where there is none: no provisioner, bound when a pod comes, volumes may grow; its zones are those of
    /// the volumes, and later runs add theirs.</summary>
    [Parameter]
    public SwitchParameter CreateStorageClass { get; set; }

    /// <summary>Warns of nothing that can be seen before the first pod comes: workers, drivers, tags, storage class, volumes registered twice.</summary>
    [Parameter]
    public SwitchParameter SkipPreflight { get; set; }

    /// <summary>Emits PersistentVolumes as soon as they are posted, without waiting until they are Available.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>Seconds to wait for each PersistentVolume. The default is 120.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 120;

    /// <summary>What was typed, checked.</summary>
    private protected RegistrationOptions RunOptions { get; private set; } = new();

    /// <summary>Whether -Context was typed, and wins over what the volumes carry.</summary>
    private protected bool ContextTyped { get; private set; }

    private protected sealed override string Role => "register";

    private protected sealed override void Begin()
    {
        CheckTyped();
        ContextTyped = IsTyped(nameof(Context));
        RunOptions = new RegistrationOptions
        {
            VolumeSource = VolumeSource,
            Settings = TypedRegistration.Settings(this, VolumeSource),
            AllowDeletePolicy = AllowDeletePolicy,
            IsNamed = IsTyped(nameof(Name)),
            ChangeCause = Record ? TypedCommand.Of(MyInvocation) : null,
            SaveConfig = SaveConfig,
            SkipPreflight = SkipPreflight,
            CreateStorageClass = CreateStorageClass,
            ThrottleLimit = ThrottleLimit,
            Wait = !NoWait,
            Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
        };
        _claim = ClaimWish.Of(ClaimNamespace, ClaimName, StatefulSet, ClaimTemplate);
        if (IsTyped(nameof(Name))) _name = PersistentVolumeRules.CheckedName(Name ?? string.Empty);
        if (TemplatePath is not null) _templates = ReadTemplates(ManifestPaths.Of(SessionState, TemplatePath));
    }

    private protected override void Process()
    {
        try
        {
            // Nothing piped: what was typed is all there is.
            Accept(IsGathering && !MyInvocation.ExpectingInput ? SetUp(() => PipedVolume.Read(this)) : PipedVolume.Read(this));
        }
        catch (EbsPvException)
        {
            _gathered.Refuse();
            throw;
        }
    }

    private protected override void End()
    {
        foreach (var named in Named()) Take(named);
        // A file waits for its volumes, also when none comes.
        if (TemplatePath is not null || (IsGathering && !_gathered.IsEmpty)) HandleTogether();
    }

    /// <summary>Takes a volume, whatever it came from.</summary>
    private protected void Accept(PipedVolume volume)
    {
        // Twice in one pipeline it would get a second PersistentVolume, under another name: the cluster's are read once.
        if (volume.Volume.VolumeId is { } id && !_ids.Add(id)) WriteVerbose($"{id} came twice; it counts once.");
        else if (_name is null) Take(volume);
        else _unnamed.Add(volume);
    }

    /// <summary>Says why something that came cannot be taken.</summary>
    private protected void Refuse(EbsPvException failure, object? target)
    {
        _gathered.Refuse();
        WriteFailure(failure, target);
    }

    /// <summary>Refuses parameters that do not go together.</summary>
    private protected virtual void CheckTyped()
    {
    }

    /// <summary>One volume for which all is known.</summary>
    private protected abstract void Handle(PipedVolume volume);

    /// <summary>What the volumes' run needs before the first of them, when they are handled together.</summary>
    /// <returns>The volumes, each with its place in a StatefulSet.</returns>
    private protected abstract IReadOnlyList<PipedVolume> Prepare(IReadOnlyList<PipedVolume> volumes, StatefulSetReference? statefulSet);

    private bool IsGathering => TemplatePath is not null || _claim is not null || CreateStorageClass;

    // Which number a volume gets is known when all are there.
    private IEnumerable<PipedVolume> Named()
    {
        var ordered = SlotOrder.Of(_unnamed, volume => volume.Volume);
        return ordered.Select((volume, place) => volume with { Volume = volume.Volume with { Name = ordered.Count == 1 ? _name! : NumberedName.Of(_name!, place + 1) } });
    }

    private void Take(PipedVolume volume)
    {
        if (IsGathering) _gathered.Add(volume);
        else HandleAlone(volume);
    }

    private void HandleAlone(PipedVolume volume)
    {
        try
        {
            RegistrationPlanner.Check(volume.Volume, RunOptions);
            Handle(volume);
        }
        catch (EbsPvException failure)
        {
            WriteFailure(failure, volume.Volume.VolumeId);
        }
    }

    private void HandleTogether()
    {
        var volumes = _gathered.Together(ContextTyped);
        if (TemplatePath is not null) volumes = TemplateAssignment.Assign(_templates, volumes, TemplatePath);
        var claim = _claim?.In(Namespace);
        if (claim is { ClaimName: { } name }) volumes = [ClaimWish.Keep(volumes, claim.Namespace!, name)];
        foreach (var volume in volumes) RegistrationPlanner.Check(volume, RunOptions);
        var context = _gathered.Context;
        foreach (var volume in Prepare([.. volumes.Select(volume => new PipedVolume(volume, context))], claim?.StatefulSetReference)) HandleAlone(volume);
    }

    // A name that is typed wins over those in the file.
    private IReadOnlyList<PersistentVolumeTemplate> ReadTemplates(string path) =>
        [.. TemplateReader.Read(Connector.Manifests, path).Select(template => IsTyped(nameof(Name)) ? template with { Name = null } : template)];

    private string? Namespace() => Connector.ReadContexts(Options(ContextTyped ? Context : _gathered.Context)).Current?.Namespace;
}
