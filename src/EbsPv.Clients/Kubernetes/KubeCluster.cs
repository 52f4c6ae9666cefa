using System.Globalization;
using System.Runtime.CompilerServices;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using k8s;
using k8s.Models;

namespace EbsPv.Clients.Kubernetes;

/// <summary>A cluster over KubernetesClient.</summary>
internal sealed class KubeCluster(IKubernetes client, string context, KubeCaller caller, TimeProvider time) : ICluster
{
    private const int PageSize = 500;
    private const string Volumes = "persistentvolumes";

    public string Context => context;

    public async IAsyncEnumerable<ClusterNode> ListNodesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var from = next;
            var page = await caller.SendAsync(
                "list", "nodes", "", token => client.CoreV1.ListNodeAsync(limit: PageSize, continueParameter: from, cancellationToken: token), cancellationToken).ConfigureAwait(false);
            foreach (var node in page.Items) yield return ToModel(node);
            next = page.Metadata.ContinueProperty;
        }
        while (!string.IsNullOrEmpty(next));
    }

    public async IAsyncEnumerable<PersistentVolumePage> ListPersistentVolumesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var from = next;
            var page = await caller.SendAsync(
                "list",
                Volumes,
                "",
                token => client.CoreV1.ListPersistentVolumeAsync(limit: PageSize, continueParameter: from, cancellationToken: token),
                cancellationToken).ConfigureAwait(false);
            yield return new PersistentVolumePage([.. page.Items.Where(PersistentVolumeMapping.IsEbs).Select(ToModel)], page.Metadata.ResourceVersion);
            next = page.Metadata.ContinueProperty;
        }
        while (!string.IsNullOrEmpty(next));
    }

    public async Task<EbsPersistentVolume?> GetPersistentVolumeAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return ToModel(await caller.SendAsync(
                "get", Volumes, name, token => client.CoreV1.ReadPersistentVolumeAsync(name, cancellationToken: token), cancellationToken).ConfigureAwait(false));
        }
        catch (EbsPvException missing) when (missing.Kind == ErrorKind.NotFound)
        {
            return null;
        }
    }

    public async Task<EbsPersistentVolume> CreatePersistentVolumeAsync(PersistentVolumeSpec spec, CancellationToken cancellationToken)
    {
        var body = PersistentVolumeMapping.FromSpec(spec);
        return ToModel(await caller.SendAsync(
            "create",
            Volumes,
            spec.Name,
            token => client.CoreV1.CreatePersistentVolumeAsync(body, fieldValidation: "Strict", cancellationToken: token),
            cancellationToken).ConfigureAwait(false));
    }

    public async IAsyncEnumerable<EbsPersistentVolume> WatchPersistentVolumesAsync(
        string resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watch = new PersistentVolumeWatch(client, caller, time);
        await foreach (var volume in watch.FromAsync(resourceVersion, cancellationToken).ConfigureAwait(false)) yield return ToModel(volume);
    }

    public async Task<IReadOnlyList<string>> ListCsiDriversAsync(CancellationToken cancellationToken)
    {
        var drivers = await caller.SendAsync(
            "list", "csidrivers", "", token => client.StorageV1.ListCSIDriverAsync(cancellationToken: token), cancellationToken).ConfigureAwait(false);
        return [.. drivers.Items.Select(driver => driver.Metadata.Name)];
    }

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ListCsiNodesAsync(CancellationToken cancellationToken)
    {
        var nodes = await caller.SendAsync(
            "list", "csinodes", "", token => client.StorageV1.ListCSINodeAsync(cancellationToken: token), cancellationToken).ConfigureAwait(false);
        return nodes.Items.ToDictionary(
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

    private EbsPersistentVolume ToModel(V1PersistentVolume volume) => PersistentVolumeMapping.ToModel(volume, context);

    private static ClusterNode ToModel(V1Node node) => new(
        node.Metadata.Name,
        node.Spec?.ProviderID,
        new Dictionary<string, string>(node.Metadata.Labels ?? new Dictionary<string, string>()),
        node.Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) ?? false,
        node.Spec?.Unschedulable ?? false);
}
