using EbsPv.Errors;
using EbsPv.Tests.Support;
using Xunit;
using static EbsPv.Tests.Clients.Kubernetes.KubeHarness;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>Answers with 200 that are JSON, and not what was asked for: of proxies, and of servers that are ill.</summary>
public class OddAnswerTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("{\"metadata\":{}}")]
    [InlineData("{\"kind\":\"Status\",\"metadata\":{},\"status\":\"Failure\"}")]
    public async Task No_object_of_that_name_is_made_up(string body)
    {
        await using var server = await RawServer.StartAsync(body, "application/json");
        var cluster = Connect(server);
        await NotKubernetesAsync(() => cluster.CreatePersistentVolumeAsync(Spec("pv"), Stop));
        await NotKubernetesAsync(() => cluster.GetPersistentVolumeAsync("pv", Stop));
        await NotKubernetesAsync(() => cluster.GetStorageClassAsync("a", Stop));
        await NotKubernetesAsync(() => cluster.GetStatefulSetAsync("a", "b", Stop));
    }

    // Asked again after every such answer, a list would have no end.
    [Theory]
    [InlineData("null")]
    [InlineData("{\"metadata\":{},\"items\":[null]}")]
    [InlineData("{\"metadata\":{},\"items\":[{}]}")]
    [InlineData("{\"metadata\":{},\"items\":[{\"metadata\":{}}]}")]
    public async Task A_list_of_something_else_is_asked_for_once(string body)
    {
        await using var server = await RawServer.StartAsync(body, "application/json");
        var cluster = Connect(server);
        await NotKubernetesAsync(async () => await cluster.ListPersistentVolumesAsync(Stop).ToListAsync(Stop));
        await NotKubernetesAsync(async () => await cluster.ListNodesAsync(Stop).ToListAsync(Stop));
        await NotKubernetesAsync(() => cluster.ListClaimsAsync("shop", Stop));
        Assert.Equal(3, server.Requests);
    }

    [Theory]
    [InlineData("{\"metadata\":{},\"items\":null}")]
    [InlineData("{\"metadata\":{}}")]
    public async Task A_list_without_items_is_empty(string body)
    {
        await using var server = await RawServer.StartAsync(body, "application/json");
        Assert.Empty(Assert.Single(await Connect(server).ListPersistentVolumesAsync(Stop).ToListAsync(Stop)).Items);
    }

    [Theory]
    [InlineData("{\"type\":\"ADDED\",\"object\":{}}")]
    [InlineData("{\"type\":\"MODIFIED\",\"object\":{\"metadata\":{}}}")]
    [InlineData("{\"type\":\"DELETED\",\"object\":null}")]
    public async Task A_watch_whose_events_name_nothing_is_made_good_by_lists(string line)
    {
        await using var server = await RawServer.StartAsync((context, _) => context.Request.QueryString.Value!.Contains("watch=true", StringComparison.Ordinal)
            ? RawServer.AnswerAsync(context, line + "\n")
            : RawServer.AnswerAsync(context, """{"metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"a"},"spec":{"csi":{"driver":"ebs.csi.aws.com"}}}]}"""));
        await foreach (var news in Connect(server).WatchPersistentVolumesAsync("1", Stop))
        {
            Assert.Equal(["a"], news.Present.Select(volume => volume.Name));
            break;
        }
    }

    private static async Task NotKubernetesAsync(Func<Task> call) =>
        Assert.Contains("is not one of Kubernetes'", (await Refusal.OfAsync(ErrorIds.KubeServiceFailed, call)).Message);

    private static EbsPv.Ports.ICluster Connect(RawServer server)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("config", Kubeconfigs.Text(server.Url.ToString()));
        return new EbsPv.Clients.Connector(SkippedTime.Pauses()).ConnectCluster(new EbsPv.Ports.KubeOptions(Kubeconfig: path), new Recorder());
    }
}
