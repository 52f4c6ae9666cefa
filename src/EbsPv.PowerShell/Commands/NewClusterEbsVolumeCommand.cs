using System.Collections;
using System.Management.Automation;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Completion;
using EbsPv.PowerShell.Pipeline;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Commands;

/// <summary>Makes the EBS volumes that a set lacks, in the zones that come down the pipeline, and emits all of its wanted volumes.</summary>
[Cmdlet(VerbsCommon.New, "ClusterEbsVolume", SupportsShouldProcess = true)]
[OutputType(typeof(ClusterEbsVolume))]
public sealed class NewClusterEbsVolumeCommand : Ec2Command
{
    private readonly ZoneCollector _zones = new();
    private VolumeSpec _spec = new() { Size = 1 };
    private bool _volumeTypeTyped;
    private bool _inputCame;

    /// <summary>Whatever comes down the pipeline: zones of Get-WorkerZone, names of zones, objects with an AvailabilityZone.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Names of zones, as in eu-west-1b.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ZoneName")]
    public string[]? AvailabilityZone { get; set; }

    /// <summary>Name of the cluster. Without it: KOPS_CLUSTER_NAME, the kube context, the runbook's NAME.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public override string? ClusterName { get; set; }

    /// <summary>Size of each volume in GiB: 10, 10Gi or 1Ti. The limits of the volume type apply.</summary>
    [Parameter(Mandatory = true)]
    public string Size { get; set; } = string.Empty;

    /// <summary>gp3 (the default), gp2, io1, io2, st1, sc1 or standard.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VolumeTypeCompleter))]
    public string VolumeType { get; set; } = VolumeTypes.Default;

    /// <summary>Input/output operations per second: gp3 3,000 to 80,000, and at most 500 for each GiB; io1 and io2 need it.</summary>
    [Parameter]
    public int? Iops { get; set; }

    /// <summary>Throughput in MiB/s, for gp3 only: 125 to 2,000, and 4 IOPS for each MiB/s.</summary>
    [Parameter]
    public int? Throughput { get; set; }

    /// <summary>Whether to encrypt. Without it: the account's default for EBS.</summary>
    [Parameter]
    public bool? Encrypted { get; set; }

    /// <summary>KMS key to encrypt with: its id, alias/NAME, or the ARN of either. EC2 checks it only after it has accepted the volume.</summary>
    [Parameter]
    public string? KmsKeyId { get; set; }

    /// <summary>Snapshot that the volumes begin from; the size must be at least the snapshot's.</summary>
    [Parameter]
    public string? SnapshotId { get; set; }

    /// <summary>Rate in MiB/s, 100 to 300, at which the snapshot's blocks are loaded; AWS charges for it.</summary>
    [Parameter]
    public int? VolumeInitializationRate { get; set; }

    /// <summary>Lets several instances of the zone attach the volume: io1 and io2 only.</summary>
    [Parameter]
    public SwitchParameter MultiAttachEnabled { get; set; }

    /// <summary>Name of the set that the volumes are members of; the names of volumes and PersistentVolumes begin with it.</summary>
    [Parameter]
    public string SetName { get; set; } = VolumeSetRules.DefaultSetName;

    /// <summary>Volumes in all zones together, 1 to 10,000; the first zones get the rest.</summary>
    [Parameter]
    public int? Count { get; set; }

    /// <summary>Volumes in each zone, 1 to 10,000. The default is 1.</summary>
    [Parameter]
    public int? CountPerZone { get; set; }

    /// <summary>Tags of your own. Keys that AWS, Kubernetes, the CSI driver or EbsPv go by are refused.</summary>
    [Parameter]
    [TagTransform]
    public IDictionary? Tag { get; set; }

    /// <summary>Which cluster tags the volumes get: Auto follows the kind of the cluster.</summary>
    [Parameter]
    public TagProfile TagProfile { get; set; }

    /// <summary>Leaves out the tag that keeps kops delete cluster from deleting the volumes.</summary>
    [Parameter]
    public SwitchParameter AllowKopsDelete { get; set; }

    /// <summary>Emits volumes as soon as EC2 has accepted them, without waiting until they are available.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>Seconds to wait for volumes after the last create. The default is 300.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSeconds { get; set; } = 300;

    /// <summary>How the cluster is run; it comes with the zones.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public ClusterKind? ClusterKind { get; set; }

    /// <summary>The workers of the zone; they come with the zones.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string[]? InstanceId { get; set; }

    /// <summary>Kube context that the volumes carry on; it comes with the zones.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string? Context { get; set; }

    private protected override string Policy => "create";

    private protected override void Begin()
    {
        base.Begin();
        _volumeTypeTyped = IsTyped(nameof(VolumeType));
        VolumeSetRules.CheckCounts(Count, CountPerZone);
        VolumeSetRules.CheckSetName(SetName);
        _spec = VolumeSpecRules.Checked(Spec(), Surroundings.Variable(VolumeTypes.Variable));
        VolumeTags.CheckUserTags(TagTransformAttribute.ToTags(Tag));
    }

    private protected override void Process()
    {
        _inputCame |= MyInvocation.ExpectingInput;
        var names = PipedZone.NamesOf(InputObject, AvailabilityZone, MyInvocation.ExpectingInput);
        _inputCame |= names.Count > 0;
        foreach (var name in names)
        {
            try
            {
                _zones.Add(new ZoneInput(name, NullIfEmpty(Region), NullIfEmpty(ClusterName), ClusterKind ?? EbsPv.ClusterKind.Unknown, InstanceId ?? [], NullIfEmpty(Context)));
            }
            catch (EbsPvException failure)
            {
                WriteFailure(failure);
            }
        }
    }

    private protected override void End()
    {
        if (_zones.Zones.Count == 0)
        {
            // What came was refused with an error of its own; "nothing came" would be untrue.
            if (_inputCame) return;
            throw EbsPvException.Input(ErrorIds.NoWorkerZone, "No zone came down the pipeline, so there is nowhere to make volumes.", null, "Pipe zones in: Get-WorkerZone | New-ClusterEbsVolume -Size 10.");
        }

        if (_spec.KmsKeyId is { } key) KmsKeyRule.Check(key, _zones.Region);
        // Zones of Get-WorkerZone carry their cluster and context: the kubeconfig, which may be another one here, is then not asked.
        var contexts = _zones.ClusterName is null ? Contexts(OptionsOf(_zones.Context)) : KubeContexts.None;
        var request = Request(RequiredCluster(_zones.ClusterName, contexts), _zones.Context ?? contexts.Current?.Name);
        var ec2 = Connect(_zones.Region, contexts);
        var plan = Pump.Run(async stop => VolumeSetPlanner.Plan(request, await VolumeSetLookup.FindAsync(ec2, request, stop)));
        foreach (var warning in plan.Warnings) WriteWarning(warning);
        Make(ec2, plan);
    }

    private VolumeSpec Spec() => new()
    {
        Size = VolumeSize.Parse(Size),
        VolumeType = VolumeType,
        Iops = Iops,
        Throughput = Throughput,
        Encrypted = Encrypted,
        KmsKeyId = NullIfEmpty(KmsKeyId),
        SnapshotId = NullIfEmpty(SnapshotId),
        VolumeInitializationRate = VolumeInitializationRate,
        MultiAttachEnabled = MultiAttachEnabled,
    };

    private VolumeSetRequest Request(string cluster, string? context) => new()
    {
        Region = _zones.Region!,
        ClusterName = cluster,
        SetName = SetName,
        Zones = _zones.Zones,
        Count = Count,
        CountPerZone = CountPerZone ?? 1,
        Spec = _spec,
        VolumeTypeTyped = _volumeTypeTyped,
        Tags = TagTransformAttribute.ToTags(Tag),
        TagProfile = TagProfile,
        AllowKopsDelete = AllowKopsDelete,
        Context = context,
    };

    private void Make(IEc2 ec2, VolumeSetPlan plan)
    {
        var slots = new List<SlotPlan>();
        var planned = new List<ClusterEbsVolume>();
        foreach (var slot in plan.Slots)
        {
            if (slot.Existing is not null || Approves(slot, plan.Request.ClusterName, out var rehearsed)) slots.Add(slot);
            else if (rehearsed) planned.Add(VolumeSetPlanner.Planned(slot, plan.Request));
        }

        var run = new VolumeSetRun(ec2, plan.Request, slots, new VolumeRunOptions { ThrottleLimit = ThrottleLimit, Wait = !NoWait, Timeout = TimeSpan.FromSeconds(TimeoutSeconds) }, Reporter);
        _ = Task.Run(() => run.RunAsync(StopToken));
        for (var index = 0; index < slots.Count; index++)
        {
            var volume = run.VolumeAsync(index);
            Pump.Submit(async (emitter, stop) => await emitter.EmitAsync(await volume.WaitAsync(stop)));
        }

        foreach (var volume in planned) Pump.Submit((emitter, _) => emitter.EmitAsync(volume));
    }

    private bool Approves(SlotPlan slot, string cluster, out bool rehearsed)
    {
        var what = $"the {_spec.Size} GiB {_spec.VolumeType} EBS volume {slot.Name} in {slot.Zone.AvailabilityZone} for the cluster {cluster}";
        var approved = ShouldProcess($"Create {what}.", $"Create {what}?", "EbsPv", out var reason);
        rehearsed = reason == ShouldProcessReason.WhatIf;
        return approved;
    }
}
