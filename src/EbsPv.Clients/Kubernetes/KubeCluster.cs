using System.Globalization;
using System.Runtime.CompilerServices;
using EbsPv.Ports;
using k8s;
using k8s.Models;

namespace EbsPv.Clients.Kubernetes;

/// <summary>A cluster over KubernetesClient.</summary>
internal sealed partial class KubeCluster(IKubernetes client, string context, KubeCaller caller, TimeProvider time) : ICluster
{
    private const int PageSize = 500;

    // What a server does not know is refused; servers before 1.25 do not know this either, and drop it.
    private const string Strict = "Strict";

    private const string CsiDrivers = "csidrivers.storage.k8s.io", CsiNodes = "csinodes.storage.k8s.io";

    public string Context => context;

    public async IAsyncEnumerable<ClusterNode> ListNodesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = new KubePages<V1Node>(caller, "nodes", "").ReadAsync(
            (from, token) => client.CoreV1.ListNodeAsync(limit: PageSize, continueParameter: from, cancellationToken: token), cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
            foreach (var node in page.Items)
                yield return ToModel(node);
    }

    public async Task<IReadOnlyList<string>> ListCsiDriversAsync(CancellationToken cancellationToken)
    {
        var (drivers, _) = await new KubePages<V1CSIDriver>(caller, CsiDrivers, "").AllAsync(
            (from, token) => client.StorageV1.ListCSIDriverAsync(limit: PageSize, continueParameter: from, cancellationToken: token), cancellationToken).ConfigureAwait(false);
        return [.. drivers.Select(driver => driver.Metadata.Name)];
    }

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ListCsiNodesAsync(CancellationToken cancellationToken)
    {
        var (nodes, _) = await new KubePages<V1CSINode>(caller, CsiNodes, "").AllAsync(
            (from, token) => client.StorageV1.ListCSINodeAsync(limit: PageSize, continueParameter: from, cancellationToken: token), cancellationToken).ConfigureAwait(false);
        return nodes.ToDictionary(
            node => node.Metadata.Name,
            IReadOnlyList<string> (node) => [.. (node.Spec?.Drivers ?? []).Select(driver => driver.Name)]);
    }

    public async Task<int> GetMinorVersionAsync(CancellationToken cancellationToken)
    {
        var version = await caller.SendAsync("get", "version", "", token => client.Version.GetCodeAsync(token), cancellationToken).ConfigureAwait(false);
        // Some providers write "33+".
        var digits = new string([.. (version.Minor ?? "").TakeWhile(char.IsAsciiDigit)]);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var minor) ? minor : int.MaxValue;
    }

    private static ClusterNode ToModel(V1Node node) => new(
        node.Metadata.Name,
        node.Spec?.ProviderID,
        new Dictionary<string, string>(node.Metadata.Labels ?? new Dictionary<string, string>()),
        node.Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) ?? false,
        node.Spec?.Unschedulable ?? false);
}
