using System.Management.Automation;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.PowerShell.Pipeline;

namespace EbsPv.PowerShell.Commands;

/// <summary>Lists the PersistentVolumes that stand for EBS volumes, whatever made them: the CSI driver, EKS Auto Mode or the in-tree driver.</summary>
[Cmdlet(VerbsCommon.Get, "EbsPersistentVolume")]
[OutputType(typeof(EbsPersistentVolume))]
public sealed class GetEbsPersistentVolumeCommand : KubernetesCommand
{
    /// <summary>Names of PersistentVolumes; * and ? are wildcards. A name without a wildcard that is not there is an error.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    private protected override void Begin()
    {
        // A variable that is empty by mistake must not stand for every PersistentVolume of the cluster: what comes out may be moved, or removed.
        if (IsTyped(nameof(Name)) && IsEmpty(Name))
            throw EbsPvException.Input(ErrorIds.PvNameInvalid, "-Name names no PersistentVolume.", null, "Give names, or leave it out to list all PersistentVolumes.");
    }

    private protected override void Process()
    {
        var contexts = SetUp(() => Connector.ReadContexts(Options(Context)));
        var cluster = Connect(Context);
        var names = (Name ?? []).Where(name => !string.IsNullOrEmpty(name)).ToList();
        Pump.Submit((emitter, stop) => EmitAsync(cluster, contexts.Current?.ClusterName, names, emitter, stop));
    }

    private static async Task EmitAsync(ICluster cluster, string? clusterName, List<string> names, IEmitter emitter, CancellationToken cancellationToken)
    {
        var patterns = names.ConvertAll(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase));
        var missing = names.Where(name => !WildcardPattern.ContainsWildcardCharacters(name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        await foreach (var page in cluster.ListPersistentVolumesAsync(cancellationToken))
        {
            foreach (var volume in page.Items)
            {
                if (patterns.Count > 0 && !patterns.Exists(pattern => pattern.IsMatch(volume.Name))) continue;
                missing.Remove(volume.Name);
                await emitter.EmitAsync(volume with { ClusterName = clusterName });
            }
        }

        if (missing.Count > 0) throw NotFound(missing, cluster.Context);
    }

    private static EbsPvException NotFound(HashSet<string> missing, string context) => new(
        ErrorKind.NotFound,
        ErrorIds.PersistentVolumeNotFound,
        $"The cluster behind the kube context '{context}' has no EBS-backed PersistentVolume {string.Join(", ", missing.Order(StringComparer.Ordinal))}.")
    {
        Target = missing.Order(StringComparer.Ordinal).First(),
        RecommendedAction = "See what there is: Get-EbsPersistentVolume without a name.",
    };
}
