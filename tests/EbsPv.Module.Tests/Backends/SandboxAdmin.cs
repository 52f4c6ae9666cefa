using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Engine;

namespace EbsPv.Module.Tests.Backends;

/// <summary>The sandbox's handles: what it counted, what it shall do wrong, how it behaves.</summary>
public sealed class SandboxAdmin(Uri sandbox)
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(sandbox, "_sandbox/") };

    /// <summary>Requests by "service operation".</summary>
    public async Task<SortedDictionary<string, int>> CountsAsync() =>
        (await _http.GetFromJsonAsync<SortedDictionary<string, int>>("counts"))!;

    public async Task<IReadOnlyList<LedgerCall>> CallsAsync() => (await _http.GetFromJsonAsync<LedgerCall[]>("ledger"))!;

    public Task ClearLedgerAsync() => SendAsync(HttpMethod.Delete, "ledger");

    public Task ResetAsync() => SendAsync(HttpMethod.Post, "reset");

    public Task ClearFaultsAsync() => SendAsync(HttpMethod.Delete, "faults");

    /// <summary>A fault, as an anonymous object with the properties of the sandbox's own.</summary>
    public Task AddFaultAsync(object fault) => SendAsync(HttpMethod.Post, "faults", fault);

    /// <summary>The faults that have had their effect, in the order of the requests.</summary>
    public async Task<IReadOnlyList<PlayedFault>> PlayedFaultsAsync() => (await _http.GetFromJsonAsync<PlayedFault[]>("faults"))!;

    /// <summary>Waits until a fault has had its effect: with HangAfter and CutAfter the work is done, with Pause the request is held.</summary>
    /// <param name="name">The fault's name; null for any.</param>
    public Task<PlayedFault> StruckAsync(string? name = null) => Until.NotNullAsync(
        $"the fault {name} has struck", async () => (await PlayedFaultsAsync()).FirstOrDefault(fault => name is null || fault.Name == name));

    /// <summary>Lets the requests go that a Pause holds: all of them, or those of the fault of a name.</summary>
    public Task ReleaseAsync(string? name = null) => SendAsync(HttpMethod.Post, "faults/release", new { name });

    /// <summary>Settings of EC2, as an anonymous object with those that change.</summary>
    public Task SetAsync(object settings) => SendAsync(HttpMethod.Post, "ec2/settings", settings);

    /// <summary>Settings of the API server, as an anonymous object with those that change.</summary>
    public Task SetKubernetesAsync(object settings) => SendAsync(HttpMethod.Post, "kubernetes/settings", settings);

    /// <summary>A zone fails: EC2 makes nothing in it and snapshots nothing of it, volumes stay attached, its nodes are NotReady and keep their pods.</summary>
    public async Task FailZoneAsync(string zone, string state = "unavailable")
    {
        await SetAsync(new { zoneOutages = new Dictionary<string, object> { [zone] = new { state } } });
        await SetNodesAsync(new { zones = new[] { zone }, ready = false });
    }

    /// <summary>The zone is back, and its nodes are Ready.</summary>
    public async Task RestoreZoneAsync(string zone)
    {
        await SetAsync(new { zoneOutages = new Dictionary<string, object?> { [zone] = null } });
        await SetNodesAsync(new { zones = new[] { zone }, ready = true });
    }

    /// <summary>Nodes fall silent or come back, as an anonymous object of names or zones, and ready.</summary>
    public Task SetNodesAsync(object nodes) => SendAsync(HttpMethod.Post, "kubernetes/nodes", nodes);

    /// <summary>Watches that are open at the API server.</summary>
    public async Task<int> WatchersAsync() => (await SendAsync(HttpMethod.Get, "kubernetes"))["watchers"]!.GetValue<int>();

    public Task<JsonNode> AddVolumesAsync(object seed) => SendAsync(HttpMethod.Post, "ec2/volumes", seed);

    public Task<JsonNode> ChangeVolumeAsync(string volumeId, object change) => SendAsync(HttpMethod.Post, $"ec2/volumes/{volumeId}", change);

    public async Task<string> AddInstanceAsync(object seed) => (await SendAsync(HttpMethod.Post, "ec2/instances", seed))[0]!.GetValue<string>();

    /// <summary>Snapshots that somebody made, as an anonymous object with the properties of the sandbox's seed; the first one's id.</summary>
    public async Task<string> AddSnapshotAsync(object seed) => (await SendAsync(HttpMethod.Post, "ec2/snapshots", seed))[0]!.GetValue<string>();

    /// <summary>Writes on a volume, attached or not, in place of what it holds.</summary>
    public Task WriteAsync(string volumeId, string content) => WriteAsync(HttpMethod.Put, volumeId, content);

    /// <summary>Writes behind what a volume holds.</summary>
    public Task AppendAsync(string volumeId, string content) => WriteAsync(HttpMethod.Post, volumeId, content);

    /// <summary>What a volume holds.</summary>
    public Task<string> ReadAsync(string volumeId) => _http.GetStringAsync($"ec2/volumes/{volumeId}/content");

    /// <summary>What a snapshot holds.</summary>
    public Task<string> ReadSnapshotAsync(string snapshotId) => _http.GetStringAsync($"ec2/snapshots/{snapshotId}/content");

    private async Task WriteAsync(HttpMethod method, string volumeId, string content)
    {
        using var request = new HttpRequestMessage(method, $"ec2/volumes/{volumeId}/content") { Content = new StringContent(content) };
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string route, object? body = null)
    {
        using var request = new HttpRequestMessage(method, route) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"{route}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }
}
