using System.Text.Json.Nodes;

namespace EbsPv.Module.Tests.Backends;

/// <summary>The nodes of a cluster, as its administrator changes them.</summary>
public sealed class Workers(KubeHttp kube)
{
    public const string Csi = "ebs.csi.aws.com", AutoMode = "ebs.csi.eks.amazonaws.com";

    private const string Drivers = "apis/storage.k8s.io/v1/csidrivers", CsiNodes = "apis/storage.k8s.io/v1/csinodes", Nodes = "api/v1/nodes";

    /// <summary>Whether anything was changed since <see cref="MendAsync"/>.</summary>
    public bool Changed { get; private set; }

    /// <summary>Installs the drivers that are named, and no other, each on the nodes of the zones that it is named with.</summary>
    public async Task SetDriversAsync(params (string Driver, string[] Zones)[] drivers)
    {
        Changed = true;
        foreach (var driver in await kube.ListAsync(Drivers)) await kube.DeleteAsync($"{Drivers}/{NameOf(driver)}");
        foreach (var (driver, _) in drivers) await kube.CreateAsync(Drivers, KubeObjects.CsiDriver(driver));
        var zones = (await kube.ListAsync(Nodes)).ToDictionary(NameOf, ZoneOf);
        foreach (var node in (await kube.ListAsync(CsiNodes)).Select(NameOf))
        {
            // A driver that is registered cannot be changed, only taken away.
            await RegisterAsync(node);
            await RegisterAsync(node, drivers.Where(one => one.Zones.Contains(zones[node])).Select(one => one.Driver));
        }
    }

    /// <summary>Takes the nodes of a zone out of service, or into it again.</summary>
    public async Task CordonAsync(string zone, bool cordoned = true)
    {
        Changed = true;
        foreach (var node in (await kube.ListAsync(Nodes)).Where(node => ZoneOf(node) == zone))
            await kube.PatchAsync($"{Nodes}/{NameOf(node)}", new JsonObject { ["spec"] = new JsonObject { ["unschedulable"] = cordoned } });
    }

    /// <summary>Name of a node of a zone.</summary>
    public async Task<string> OfZoneAsync(string zone) => NameOf((await kube.ListAsync(Nodes)).First(node => ZoneOf(node) == zone));

    /// <summary>Every node of these zones takes pods and has the CSI driver.</summary>
    public async Task MendAsync(params string[] zones)
    {
        await SetDriversAsync((Csi, zones));
        foreach (var zone in zones) await CordonAsync(zone, cordoned: false);
        Changed = false;
    }

    private Task RegisterAsync(string node, params IEnumerable<string> drivers) => kube.PatchAsync(
        $"{CsiNodes}/{node}",
        new JsonObject { ["spec"] = new JsonObject { ["drivers"] = new JsonArray([.. drivers.Select(driver => KubeObjects.DriverOnNode(driver, node))]) } });

    private static string NameOf(JsonNode item) => item["metadata"]!["name"]!.GetValue<string>();

    private static string? ZoneOf(JsonNode node) => node["metadata"]!["labels"]?["topology.kubernetes.io/zone"]?.GetValue<string>();
}
