using System.Management.Automation;
using EbsPv.Audit;
using EbsPv.Errors;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Completion;
using EbsPv.PowerShell.Pipeline;
using EbsPv.Pricing;

namespace EbsPv.PowerShell.Commands;

/// <summary>Looks for what is wrong with a cluster's PersistentVolumes and EBS volumes, or will be some day, and says what to do about it. It changes
/// nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "EbsPersistentVolume")]
[OutputType(typeof(EbsPersistentVolumeFinding))]
public sealed class TestEbsPersistentVolumeCommand : ClusterStorageCommand
{
    private readonly OneOrigin _origin = new();
    private readonly List<AuditSubject> _subjects = [];
    private IReadOnlySet<string> _codes = FindingCodes.Checked(null);
    private TimeSpan? _snapshotAge;
    private bool _isSelective;
    private bool _refused;

    /// <summary>Whatever comes down the pipeline: PersistentVolumes, volumes, names or ids.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Names of PersistentVolumes. Without names, ids or piped objects the whole cluster is looked at.</summary>
    [Parameter(Position = 0)]
    public string[]? Name { get; set; }

    /// <summary>Ids of volumes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[]? VolumeId { get; set; }

    /// <summary>Name of the cluster. Without it: KOPS_CLUSTER_NAME, the kube context, the runbook's NAME.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public override string? ClusterName { get; set; }

    /// <summary>Looks for findings of these codes only.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FindingCodeCompleter))]
    public string[]? Code { get; set; }

    /// <summary>How old the newest snapshot of a volume may be: 12h, 1d, 4w or a TimeSpan. Without it snapshots are not looked at.</summary>
    [Parameter]
    [AgeTransform]
    public object? SnapshotAge { get; set; }

    /// <summary>Emits true when there is no finding of severity Warning or Error, else false, in place of the findings. After an error it emits nothing.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Does not compare the nodes behind the kube context with the cluster's instances.</summary>
    [Parameter]
    public SwitchParameter SkipClusterCheck { get; set; }

    private protected override string Role => "audit";

    private protected override string Policy => "report";

    private protected override void Begin()
    {
        base.Begin();
        _codes = FindingCodes.Checked(Code);
        _snapshotAge = AuditOptions.CheckedAge(SnapshotAge, Code);
        _isSelective = MyInvocation.ExpectingInput || IsTyped(nameof(Name)) || IsTyped(nameof(VolumeId));
    }

    private protected override void Process()
    {
        try
        {
            foreach (var subject in PipedAuditSubject.Read(this))
            {
                _origin.Take(subject.PersistentVolume ?? subject.VolumeId!, new VolumeOrigin(NullIfEmpty(Region), NullIfEmpty(ClusterName), NullIfEmpty(Context)));
                _subjects.Add(subject);
            }
        }
        catch (EbsPvException)
        {
            _refused = true;
            throw;
        }
    }

    private protected override void End()
    {
        // Nothing came down the pipeline that could be looked at: the whole cluster was not meant, and nothing is known to be well.
        if (_isSelective && _subjects.Count == 0)
        {
            if (!MyInvocation.ExpectingInput && !_refused) throw PipedPersistentVolume.NotOne(null, "");
            return;
        }

        var prices = VolumePrices.Read(Surroundings.Variable(VolumePrices.Variable));
        var services = OpenServices(_origin.Region ?? Region, _origin.ClusterName ?? ClusterName, _origin.Context ?? Context);
        var options = new AuditOptions(services.ClusterName)
        {
            Codes = _codes,
            Subjects = _isSelective ? _subjects : null,
            SnapshotAge = _snapshotAge,
            SkipClusterCheck = SkipClusterCheck,
        };
        Pump.Submit((emitter, stop) => EmitAsync(services, options, prices, emitter, stop));
    }

    private async Task EmitAsync(ClusterServices services, AuditOptions options, VolumePrices prices, IEmitter emitter, CancellationToken cancellationToken)
    {
        Reporter.Progress("Reading the storage of the cluster", services.Cluster.Context, 0, 0);
        var facts = await AuditFactsReader.ReadAsync(services.Ec2, services.Cluster, options, prices, Reporter, TimeProvider.System, cancellationToken);
        var isWell = true;
        await foreach (var finding in AuditRun.FindAsync(services.Ec2, facts, options, cancellationToken))
        {
            isWell &= finding.Severity == FindingSeverity.Information;
            if (!Quiet) await emitter.EmitAsync(finding);
        }

        // What was refused was not looked at.
        if (Quiet && !_refused) await emitter.EmitAsync(isWell);
    }
}
