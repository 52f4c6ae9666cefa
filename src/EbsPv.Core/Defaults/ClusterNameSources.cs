using EbsPv.Ports;

namespace EbsPv.Defaults;

/// <summary>What in the surroundings may name a cluster.</summary>
/// <param name="KopsClusterName">The variable KOPS_CLUSTER_NAME.</param>
/// <param name="Name">The variable NAME, as the shell runbook sets it. WSL sets it to the host's name, so that it counts only when a
/// kube context has that cluster.</param>
/// <param name="Contexts">The kube contexts.</param>
public sealed record ClusterNameSources(string? KopsClusterName, string? Name, KubeContexts Contexts);
