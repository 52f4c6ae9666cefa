using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Kubernetes;
using EbsPv.Sandbox.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace EbsPv.Tests.Sandbox.Kubernetes;

/// <summary>The Kubernetes API alone on a loopback port, with a client that speaks plain HTTP.</summary>
public sealed class KubernetesHost : IAsyncDisposable
{
    public const string VolumesPath = "/api/v1/persistentvolumes";
    public const string Claims = "/api/v1/namespaces/default/persistentvolumeclaims";
    public const string Pods = "/api/v1/namespaces/default/pods";
    public const string Classes = "/apis/storage.k8s.io/v1/storageclasses";
    public const string Merge = "application/merge-patch+json";
    public const string Strategic = "application/strategic-merge-patch+json";
    public const string JsonPatch = "application/json-patch+json";

    private readonly WebApplication _server;

    private KubernetesHost(WebApplication server, KubernetesApi api, Ec2State ec2, CallLedger ledger, FaultPlan faults)
    {
        (_server, Api, Ec2, Ledger, Faults) = (server, api, ec2, ledger, faults);
        Url = new Uri(server.Urls.Single());
        Client = new HttpClient { BaseAddress = Url };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sandbox");
    }

    public KubernetesApi Api { get; }

    /// <summary>What the controllers of the CSI driver ask: the kops cluster's instances and volumes.</summary>
    public Ec2State Ec2 { get; }

    public SandboxClock Clock => Ec2.Clock;

    public CallLedger Ledger { get; }

    public FaultPlan Faults { get; }

    public Uri Url { get; }

    public HttpClient Client { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<KubernetesHost> StartAsync(Action<KubernetesOptions>? configure = null)
    {
        var options = new KubernetesOptions { BinderDelay = TimeSpan.FromMilliseconds(1) };
        configure?.Invoke(options);
        var (clock, ledger, faults) = (new SandboxClock(), new CallLedger(), new FaultPlan());
        var ec2 = new Ec2State(clock, new Ec2Settings());
        KopsCluster.Seed(ec2);
        var api = new KubernetesApi(clock, ledger, faults, options, new Ec2Disks(ec2));
        KopsNodes.Seed(api.State);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.Run(api.HandleAsync);
        await server.StartAsync(Cancelled);
        return new KubernetesHost(server, api, ec2, ledger, faults);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Api.DisposeAsync();
        await _server.DisposeAsync();
    }

    public async Task<KubernetesReply> SendAsync(HttpMethod method, string path, JsonNode? body = null, string type = "application/json") =>
        await SendTextAsync(method, path, body?.ToJsonString(), type);

    public async Task<KubernetesReply> SendTextAsync(HttpMethod method, string path, string? body, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        using var response = await Client.SendAsync(request, Cancelled);
        return await KubernetesReply.ReadAsync(response, Cancelled);
    }

    public Task<KubernetesReply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<KubernetesReply> PostAsync(string path, JsonNode body) => SendAsync(HttpMethod.Post, path, body);

    public Task<KubernetesReply> PutAsync(string path, JsonNode body) => SendAsync(HttpMethod.Put, path, body);

    public Task<KubernetesReply> PatchAsync(string path, string patch, string type = Merge) =>
        SendTextAsync(HttpMethod.Patch, path, patch, type);

    public Task<KubernetesReply> DeleteAsync(string path, JsonNode? options = null) => SendAsync(HttpMethod.Delete, path, options);

    /// <summary>Creates objects that must be accepted, then lets the binder finish.</summary>
    public async Task CreateAsync(params (string Path, JsonObject Body)[] objects)
    {
        foreach (var (path, body) in objects)
        {
            var reply = await PostAsync(path, body);
            Assert.True(reply.Status == HttpStatusCode.Created, reply.Body.ToJsonString());
        }

        await SettleAsync();
    }

    public Task SettleAsync() => Api.SettleAsync(Cancelled);

    public string? Phase(string plural, string name) =>
        Api.State.Get(plural, name, plural == "persistentvolumeclaims" ? "default" : "").Text("status", "phase");

    public string? VolumePhase(string name) => Phase("persistentvolumes", name);

    public string? ClaimPhase(string name) => Phase("persistentvolumeclaims", name);
}
