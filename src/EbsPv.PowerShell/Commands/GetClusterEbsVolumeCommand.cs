using System.Collections;
using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Completion;
using EbsPv.PowerShell.Pipeline;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Commands;

/// <summary>Lists the EBS volumes of a cluster, whoever made them; the control plane's and the nodes' own disks are not among them.</summary>
[Cmdlet(VerbsCommon.Get, "ClusterEbsVolume")]
[OutputType(typeof(ClusterEbsVolume))]
public sealed class GetClusterEbsVolumeCommand : Ec2Command
{
    private readonly HashSet<(string Cluster, string Region)> _asked = [];
    private readonly Dictionary<(string Cluster, string Region), Registrations> _registrations = [];

    /// <summary>Whatever comes down the pipeline: zones, volumes, PersistentVolumes, ids of volumes.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Name of the cluster. Without it: KOPS_CLUSTER_NAME, the kube context, the runbook's NAME.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public override string? ClusterName { get; set; }

    /// <summary>Names of volumes; * and ? are wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Members of this set only.</summary>
    [Parameter]
    public string? SetName { get; set; }

    /// <summary>Ids of volumes. One that is not among the cluster's volumes is an error.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[]? VolumeId { get; set; }

    /// <summary>Volumes in these zones only.</summary>
    [Parameter]
    [Alias("ZoneName")]
    public string[]? AvailabilityZone { get; set; }

    /// <summary>Volumes in these states only: creating, available, in-use, deleting, deleted, error.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VolumeStateCompleter))]
    public string[]? State { get; set; }

    /// <summary>Volumes that no instance has only.</summary>
    [Parameter]
    public SwitchParameter Unattached { get; set; }

    /// <summary>Volumes that no PersistentVolume of the cluster stands for only, which is asked: not retired ones, not those of a move under way,
    /// and not the storage driver's own.</summary>
    [Parameter]
    public SwitchParameter Unregistered { get; set; }

    /// <summary>Volumes that a move or restore has replaced only; Remove-ClusterEbsVolume takes them.</summary>
    [Parameter]
    public SwitchParameter Retired { get; set; }

    /// <summary>Volumes with all of these tags only; a tag without a value stands for any value.</summary>
    [Parameter]
    [TagTransform]
    public IDictionary? Tag { get; set; }

    /// <summary>Kube context that the volumes carry on. Without it: the current one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string? Context { get; set; }

    /// <summary>Path of the kubeconfig. Without it: KUBECONFIG, ~/.kube/config, or the pod's service account.</summary>
    [Parameter]
    public string? Kubeconfig { get; set; }

    /// <summary>Consents to a kubeconfig that switches certificate checks off; for -Unregistered.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Does not compare the nodes behind the kube context with the cluster's instances; for -Unregistered.</summary>
    [Parameter]
    public SwitchParameter SkipClusterCheck { get; set; }

    private protected override void Begin()
    {
        base.Begin();
        if (Unregistered && Retired)
            throw EbsPvException.Input(ErrorIds.VolumeFilterConflict, "-Unregistered lists no retired volumes, and -Retired nothing else.", null, "Give one of them.");
        // A variable that is empty by mistake must not stand for every volume of the cluster. What is piped may well have no id: zones.
        if (IsTyped(nameof(VolumeId)) && IsEmpty(VolumeId)) _ = VolumeIdRule.Checked(string.Empty);
        if (IsTyped(nameof(SetName)) && string.IsNullOrEmpty(SetName)) VolumeSetRules.CheckSetName(string.Empty);
        if (IsTyped(nameof(AvailabilityZone)) && IsEmpty(AvailabilityZone)) _ = ZoneName.RegionOf(string.Empty);
        if (IsTyped(nameof(State)) && IsEmpty(State)) _ = VolumeStates.Checked(string.Empty);
        if (IsTyped(nameof(Name)) && IsEmpty(Name)) throw EbsPvException.Input(ErrorIds.InputNotVolume, "-Name names no volume.", null, "Give names, or leave it out to list all volumes.");
    }

    private protected override void Process()
    {
        foreach (var zone in AvailabilityZone ?? []) _ = ZoneName.RegionOf(zone);
        var ids = PipedVolumeIds.Of(InputObject, VolumeId, MyInvocation.ExpectingInput);
        var known = NullIfEmpty(ClusterName) is not null && NullIfEmpty(Context) is not null;
        var contexts = known ? KubeContexts.None : Contexts(Options());
        var cluster = RequiredCluster(ClusterName, contexts);
        var query = new VolumeQuery(cluster, NullIfEmpty(SetName), ids, AvailabilityZone ?? [], NullIfEmpty(Context) ?? contexts.Current?.Name)
        {
            States = [.. (State ?? []).Select(VolumeStates.Checked)],
            Unattached = Unattached,
            Retired = Retired,
            Tags = TagTransformAttribute.ToTags(Tag),
        };
        var ec2 = Connect(Region, contexts);
        // The zones of one cluster all ask for the same volumes.
        if (ids.Count == 0 && !_asked.Add((cluster, ec2.Region))) return;
        var registrations = Unregistered ? Registrations(ec2, cluster) : null;
        Pump.Submit((emitter, stop) => EmitAsync(ec2, query, registrations, emitter, stop));
    }

    private KubeOptions Options() => OptionsOf(Context, Kubeconfig, SkipCertificateCheck);

    // Once for each cluster: without its answer every volume would look unregistered, so that its failure ends the pipeline.
    private Registrations Registrations(IEc2 ec2, string clusterName)
    {
        if (_registrations.TryGetValue((clusterName, ec2.Region), out var known)) return known;
        return _registrations[(clusterName, ec2.Region)] = SetUp(() =>
        {
            var cluster = Connector.ConnectCluster(Options(), Reporter);
            WriteVerbose($"Kube context {cluster.Context}.");
            return Pump.Run(stop => SkipClusterCheck
                ? EbsPv.Volumes.Registrations.ReadAsync(cluster, stop)
                : EbsPv.Volumes.Registrations.ReadVerifiedAsync(ec2, cluster, clusterName, Reporter, stop));
        });
    }

    private async Task EmitAsync(IEc2 ec2, VolumeQuery query, Registrations? registrations, IEmitter emitter, CancellationToken cancellationToken)
    {
        var names = (Name ?? []).Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToList();
        var missing = query.VolumeIds.ToHashSet(StringComparer.Ordinal);
        await foreach (var volume in ClusterVolumes.FindAsync(ec2, query, cancellationToken))
        {
            missing.Remove(volume.VolumeId!);
            if (registrations?.Lacks(volume) == false) continue;
            if (names.Count == 0 || names.Exists(name => name.IsMatch(volume.Name ?? string.Empty))) await emitter.EmitAsync(volume);
        }

        if (missing.Count > 0) throw NotFound(missing, query, ec2.Region);
    }

    private static EbsPvException NotFound(HashSet<string> missing, VolumeQuery query, string region) => new(
        ErrorKind.NotFound,
        ErrorIds.VolumeNotFound,
        $"The cluster '{query.ClusterName}' has no volume {string.Join(", ", missing.Order(StringComparer.Ordinal))} in {region}.")
    {
        Target = missing.Order(StringComparer.Ordinal).First(),
        RecommendedAction = "Check the id, -ClusterName and -Region: a volume counts as the cluster's by its tags, and the control plane's volumes never do.",
    };
}
