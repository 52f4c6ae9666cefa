using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Server;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

/// <summary>A sandbox whose clock stands still unless a test moves it, and the ways to talk to its EC2.</summary>
public sealed class Ec2Harness : IAsyncDisposable
{
    private const double StandingClock = 1e-9;
    public const string Nowhere = "vol-00000000000000001";

    private readonly List<IDisposable> _clients = [];

    private Ec2Harness(SandboxServer server) => Server = server;

    public SandboxServer Server { get; }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false });

    public IAmazonEC2 Client { get; private set; } = null!;

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<Ec2Harness> StartAsync(Ec2Settings? settings = null)
    {
        var options = new SandboxOptions { Ec2 = settings ?? new Ec2Settings(), ClockScale = StandingClock };
        var harness = new Ec2Harness(await SandboxServer.StartAsync(options, Stop));
        harness.Client = harness.NewClient();
        return harness;
    }

    public IAmazonEC2 NewClient(string region = "eu-west-1", AWSCredentials? credentials = null)
    {
        var config = new AmazonEC2Config
        {
            ServiceURL = Server.Ec2Url.ToString(),
            AuthenticationRegion = region,
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            HttpClientFactory = new DirectHttp(),
        };
        var client = new AmazonEC2Client(credentials ?? new BasicAWSCredentials("sandbox", "sandbox"), config);
        _clients.Add(client);
        return client;
    }

    public void Pass(double seconds) => Server.Clock.Advance(TimeSpan.FromSeconds(seconds));

    public static CreateVolumeRequest Gp3(string? token = null, string zone = KopsCluster.ZoneB, int size = 10) =>
        new() { AvailabilityZone = zone, Size = size, VolumeType = VolumeType.Gp3, ClientToken = token };

    public async Task<Volume> CreateAsync(CreateVolumeRequest? request = null) =>
        (await Client.CreateVolumeAsync(request ?? Gp3(), Stop)).Volume;

    public async Task<IReadOnlyList<string>> VolumeIdsAsync(params Filter[] filters)
    {
        var answer = await Client.DescribeVolumesAsync(new DescribeVolumesRequest { Filters = [.. filters] }, Stop);
        return [.. (answer.Volumes ?? []).Select(volume => volume.VolumeId)];
    }

    public async Task<string> StateAsync(string volumeId)
    {
        var answer = await Client.DescribeVolumesAsync(new DescribeVolumesRequest { VolumeIds = [volumeId] }, Stop);
        return answer.Volumes[0].State.Value;
    }

    public static async Task<AmazonEC2Exception> RefusedAsync(Func<Task> call, string code)
    {
        var error = await Assert.ThrowsAsync<AmazonEC2Exception>(call);
        Assert.Equal(code, error.ErrorCode);
        return error;
    }

    /// <summary>A request as it goes over the wire, with a header that only looks signed.</summary>
    public async Task<(HttpResponseMessage Response, XDocument Body)> SendAsync(
        IEnumerable<KeyValuePair<string, string>> parameters, string? authorization = null, string service = "ec2")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Server.Ec2Url) { Content = new FormUrlEncodedContent(parameters) };
        var header = authorization ?? $"Credential=sandbox/20260101/eu-west-1/{service}/aws4_request, SignedHeaders=host, Signature={new string('0', 64)}";
        if (header.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("AWS4-HMAC-SHA256", header);
        var response = await Http.SendAsync(request, Stop);
        return (response, XDocument.Parse(await response.Content.ReadAsStringAsync(Stop)));
    }

    /// <summary>The code that a raw EC2 request is refused with; empty when it is served.</summary>
    public async Task<(string Code, string Message)> CodeAsync(string action, params string[] parameters)
    {
        var all = parameters.Append($"Action={action}").Append("Version=2016-11-15").Select(text => text.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0], pair[1]));
        var (_, body) = await SendAsync(all);
        return ((string?)body.Descendants("Code").FirstOrDefault() ?? "", (string?)body.Descendants("Message").FirstOrDefault() ?? "");
    }

    /// <summary>Where the sandbox's own handles are.</summary>
    public Uri AdminUrl(string path) => new(Server.Ec2Url, $"_sandbox/{path}");

    /// <summary>Uses one of them; the body is null when there is none.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body)> AdminAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync(AdminUrl(path), content, Stop);
        var body = await response.Content.ReadAsStringAsync(Stop);
        return (response.StatusCode, body.Length == 0 ? null : JsonNode.Parse(body));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        Http.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>No proxy of the environment stands between a test and its sandbox.</summary>
    private sealed class DirectHttp : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new SocketsHttpHandler { UseProxy = false });

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }
}
