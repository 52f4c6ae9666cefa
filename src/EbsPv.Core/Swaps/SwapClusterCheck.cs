using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Removal;
using EbsPv.Storage;

namespace EbsPv.Swaps;

/// <summary>Whether the cluster behind the kube context is the one whose disks are replaced.</summary>
internal static class SwapClusterCheck
{
    /// <exception cref="EbsPvException">ClusterMismatch, ClusterNotVerified.</exception>
    public static void Check(SwapFacts facts, ClusterWorkers known, string clusterName, string region)
    {
        var workers = known.InstanceIds;
        var nodes = facts.Use.Nodes.Select(node => node.InstanceId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (workers.Overlaps(nodes)) return;
        if (NodeRegion.Refusal(facts.Use.Nodes, region, facts.Context) is { } elsewhere) throw elsewhere;
        if (known.Denial is { } denial) throw Unknown(denial, clusterName);
        var context = Escaped.Text(facts.Context);
        if (workers.Count > 0 && nodes.Count > 0)
            throw new EbsPvException(
                ErrorKind.InvalidState,
                ErrorIds.ClusterMismatch,
                $"The cluster '{Escaped.Text(clusterName)}' runs on {string.Join(", ", workers.Order(StringComparer.Ordinal).Take(3))}, and none of its instances is a node behind the kube context '{context}'. Nothing was changed.")
            {
                Target = clusterName,
                RecommendedAction = $"Choose the context of '{Escaped.Text(clusterName)}' with -Context, or name the context's cluster with -ClusterName.",
            };
        throw new EbsPvException(
            ErrorKind.InvalidState,
            ErrorIds.ClusterNotVerified,
            $"Nothing shows that the cluster behind the kube context '{context}' is '{Escaped.Text(clusterName)}': {(nodes.Count == 0 ? "it has no node on EC2" : $"EC2 shows no running worker of that name in {region}")}. Nothing was changed.")
        {
            Target = clusterName,
            RecommendedAction = "Check -ClusterName, -Context and the region; when you are sure that they belong together, -SkipClusterCheck does without this check.",
        };
    }

    private static EbsPvException Unknown(EbsPvException denial, string clusterName) => new(
        denial.Kind,
        ErrorIds.ClusterNotVerified,
        $"Whether the cluster behind the kube context is '{Escaped.Text(clusterName)}' cannot be found out, and nothing was changed. {denial.Message}",
        denial)
    {
        Target = clusterName,
        ServiceCode = denial.ServiceCode,
        RecommendedAction = $"{denial.RecommendedAction} -SkipClusterCheck does without this check.".TrimStart(),
    };
}
