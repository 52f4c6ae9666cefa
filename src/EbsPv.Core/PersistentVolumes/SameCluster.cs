using EbsPv.Errors;

namespace EbsPv.PersistentVolumes;

/// <summary>Whether a volume belongs to the cluster that is about to be written to.</summary>
public static class SameCluster
{
    /// <summary>Kubernetes cannot be asked for its EC2 account: the instances behind its nodes say whether it is the cluster the volume was made for.</summary>
    /// <exception cref="EbsPvException">ClusterMismatch, when both are known and have none in common.</exception>
    public static void Check(string volume, string? clusterName, IReadOnlyList<string> workers, IReadOnlySet<string> nodes, string context)
    {
        if (workers.Count == 0 || nodes.Count == 0 || workers.Any(nodes.Contains)) return;
        throw new EbsPvException(
            ErrorKind.InvalidState,
            ErrorIds.ClusterMismatch,
            $"The volume {volume} was made for the workers {string.Join(", ", workers.Take(3))}, and none of them is a node of the cluster behind the kube context '{context}'.")
        {
            Target = volume,
            RecommendedAction = $"Choose the context of {clusterName ?? "the right cluster"} with -Context. If its workers were replaced meanwhile, read the zones again: Get-WorkerZone.",
        };
    }
}
