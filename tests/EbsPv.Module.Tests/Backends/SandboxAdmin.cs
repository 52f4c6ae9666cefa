using System.Net.Http.Json;
using System.Text.Json.Nodes;

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

    /// <summary>Settings of EC2, as an anonymous object with those that change.</summary>
    public Task SetAsync(object settings) => SendAsync(HttpMethod.Post, "ec2/settings", settings);

    /// <summary>Settings of the API server, as an anonymous object with those that change.</summary>
    public Task SetKubernetesAsync(object settings) => SendAsync(HttpMethod.Post, "kubernetes/settings", settings);

    /// <summary>Watches that are open at the API server.</summary>
    public async Task<int> WatchersAsync() => (await SendAsync(HttpMethod.Get, "kubernetes"))["watchers"]!.GetValue<int>();

    public Task<JsonNode> AddVolumesAsync(object seed) => SendAsync(HttpMethod.Post, "ec2/volumes", seed);

    public Task<JsonNode> ChangeVolumeAsync(string volumeId, object change) => SendAsync(HttpMethod.Post, $"ec2/volumes/{volumeId}", change);

    public async Task<string> AddInstanceAsync(object seed) => (await SendAsync(HttpMethod.Post, "ec2/instances", seed))[0]!.GetValue<string>();

    private async Task<JsonNode> SendAsync(HttpMethod method, string route, object? body = null)
    {
        using var request = new HttpRequestMessage(method, route) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"{route}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }
}
