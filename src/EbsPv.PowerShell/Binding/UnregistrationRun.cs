using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Unregistration;

namespace EbsPv.PowerShell.Binding;

/// <summary>One run of Unregister-EbsPersistentVolume: one cluster, whose PersistentVolumes were read once.</summary>
internal sealed class UnregistrationRun(ICluster cluster, IReadOnlyList<EbsPersistentVolume> all, IReadOnlySet<string> nodes, Unregistrar unregistrar)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public Unregistrar Unregistrar => unregistrar;

    public UnregistrationGuard Guard { get; } = new(cluster, all);

    public string Context => cluster.Context;

    public static async Task<UnregistrationRun> BeginAsync(ICluster cluster, bool needsNodes, int throttleLimit, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var (all, resourceVersion) = await ClusterLists.PersistentVolumesAsync(cluster, cancellationToken);
        var nodes = needsNodes ? await ClusterLists.NodesAsync(cluster, cancellationToken) : [];
        var instances = nodes.Select(node => node.InstanceId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return new UnregistrationRun(cluster, all, instances, new Unregistrar(cluster, resourceVersion, throttleLimit, timeout));
    }

    /// <summary>The PersistentVolume; null when there is none any more.</summary>
    public EbsPersistentVolume? Find(WantedPersistentVolume wanted)
    {
        SameCluster.Check(wanted.ToString(), wanted.ClusterName, wanted.InstanceId, nodes, Context);
        return PersistentVolumeLookup.Find(wanted, all, Context);
    }

    /// <summary>Whether it came for the first time.</summary>
    public bool Take(EbsPersistentVolume volume) => _taken.Add(volume.Name);

    /// <summary>Refuses an object of another context than the first one's.</summary>
    public void CheckContext(WantedPersistentVolume wanted, string context)
    {
        if (context == Context) return;
        throw EbsPvException.Input(
            ErrorIds.MixedCluster,
            $"{wanted} is of the kube context '{Escaped.Text(context)}', and this pipeline began with '{Escaped.Text(Context)}', whose PersistentVolumes go on.",
            wanted.ToString(),
            "Run the line once for each cluster.");
    }

    /// <summary>What is emitted of one that is gone.</summary>
    public static EbsPersistentVolume Gone(EbsPersistentVolume? volume, WantedPersistentVolume wanted, string context)
    {
        var gone = volume ?? new EbsPersistentVolume { Name = wanted.ToString(), Status = "", VolumeId = wanted.VolumeId, Context = context };
        return gone with { Status = "Deleted", ClusterName = wanted.ClusterName ?? gone.ClusterName, Region = gone.Region ?? wanted.Region };
    }
}
