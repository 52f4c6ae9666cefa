using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace EbsPv.Module.Tests.Backends;

/// <summary>Kubernetes' API by plain HTTP, so that what the module made is not judged by what the module reads.</summary>
public sealed class KubeHttp
{
    public const string Volumes = "api/v1/persistentvolumes";
    public const string Rbac = "apis/rbac.authorization.k8s.io/v1";
    public const string StatefulSets = "apis/apps/v1/namespaces/default/statefulsets";
    public const string StorageClasses = "apis/storage.k8s.io/v1/storageclasses";
    public const string Pods = "api/v1/namespaces/default/pods";
    public const string VolumeAttachments = "apis/storage.k8s.io/v1/volumeattachments";
    public const string Claims = "api/v1/namespaces/default/persistentvolumeclaims";

    private readonly HttpClient _http;

    public KubeHttp(Uri server, string token, X509Certificate2Collection? authority = null)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (authority is not null)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(authority);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        _http = new HttpClient(handler) { BaseAddress = server };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            return await _http.GetStringAsync("readyz") == "ok";
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The object; null when there is none.</summary>
    public async Task<JsonNode?> FindAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(response, $"GET {path}");
    }

    public async Task<IReadOnlyList<JsonNode>> ListAsync(string path) =>
        [.. (await FindAsync(path))!["items"]!.AsArray().Select(item => item!)];

    public Task<IReadOnlyList<JsonNode>> PersistentVolumesAsync() => ListAsync(Volumes);

    public Task<JsonNode> CreateAsync(string path, JsonNode body) => CreateAsync(path, Json(body, "application/json"));

    /// <summary>An object from a file that kubectl would apply.</summary>
    public Task<JsonNode> CreateFromYamlAsync(string path, string body) => CreateAsync(path, new StringContent(body, Encoding.UTF8, "application/yaml"));

    public async Task<JsonNode> PatchAsync(string path, JsonNode body)
    {
        using var response = await _http.PatchAsync(path, Json(body, "application/merge-patch+json"));
        return await ReadAsync(response, $"PATCH {path}");
    }

    /// <summary>Deletes an object. A pod goes at once: there is no kubelet to say that it has ended.</summary>
    public async Task DeleteAsync(string path)
    {
        using var response = await _http.DeleteAsync(path.StartsWith(Pods, StringComparison.Ordinal) ? $"{path}?gracePeriodSeconds=0" : path);
        if (response.StatusCode != HttpStatusCode.NotFound) await ReadAsync(response, $"DELETE {path}");
    }

    private async Task<JsonNode> CreateAsync(string path, HttpContent body)
    {
        using (body)
        {
            using var response = await _http.PostAsync(path, body);
            return await ReadAsync(response, $"POST {path}");
        }
    }

    private static StringContent Json(JsonNode body, string type) => new(body.ToJsonString(), Encoding.UTF8, type);

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response, string what)
    {
        var body = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"{what}: {(int)response.StatusCode} {body}");
        return JsonNode.Parse(body)!;
    }
}
