using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes;
using Xunit;

namespace EbsPv.Tests.Sandbox.Kubernetes;

/// <summary>A watch, read line by line.</summary>
public sealed class WatchLines : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private WatchLines(HttpResponseMessage response, StreamReader reader) => (_response, _reader) = (response, reader);

    public static async Task<WatchLines> OpenAsync(KubernetesHost host, string pathAndQuery)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var response = await host.Client.GetAsync(new Uri(pathAndQuery, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancelled);
        Assert.Equal(200, (int)response.StatusCode);
        return new WatchLines(response, new StreamReader(await response.Content.ReadAsStreamAsync(cancelled)));
    }

    public Task<string?> LineAsync() =>
        _reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async Task<(string Type, JsonObject Object)> NextAsync()
    {
        var line = JsonNode.Parse((await LineAsync())!)!;
        return (line.Text("type")!, line.Object("object")!);
    }

    public async Task<string> SummaryAsync()
    {
        var (type, owner) = await NextAsync();
        return $"{type} {owner.Name()}";
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _response.Dispose();
        await ValueTask.CompletedTask;
    }
}
