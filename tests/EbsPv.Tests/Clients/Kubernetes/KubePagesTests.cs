using EbsPv.Clients;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Sandbox.Server;
using EbsPv.Tests.Support;
using Xunit;
using static EbsPv.Tests.Clients.Kubernetes.KubeHarness;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>Lists in pages, whose server forgets what they show after some minutes.</summary>
public class KubePagesTests
{
    private const string List = "list persistentvolumes";

    [Theory]
    [InlineData("Expired")]
    [InlineData("Gone")]
    public async Task A_list_that_grows_too_old_begins_again_and_hands_nothing_on_twice(string reason)
    {
        await using var kube = await StartAsync(configure: options => options.RunBinder = false);
        for (var number = 0; number < 1_001; number++) kube.Seed($"pv-{number:d4}");
        var version = $"{kube.Host.Api.State.Version}";
        kube.Host.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = List, Skip = 1, Status = 410, Code = reason });
        var pages = new List<PersistentVolumePage>();
        await foreach (var page in kube.Cluster.ListPersistentVolumesAsync(Stop))
        {
            if (pages.Count == 0)
            {
                kube.Seed("pv-0000-later");
                // Made anew meanwhile: another object, and yet one name that stands for one in all that follows.
                Assert.True(kube.Host.Api.State.Remove("persistentvolumes", "pv-0001"));
                kube.Seed("pv-0001");
            }

            pages.Add(page);
        }

        var names = pages.SelectMany(page => page.Items).Select(volume => volume.Name).ToList();
        Assert.Equal((1_002, 1_002), (names.Count, names.Distinct().Count()));
        Assert.Contains("pv-0000-later", names);
        Assert.Equal(1 + 1 + 3, kube.Host.Ledger.Count(List));
        // A watch from the second list's version would miss what happened to the first page in between.
        Assert.All(pages, page => Assert.Equal(version, page.ResourceVersion));
    }

    [Fact]
    public async Task It_begins_again_three_times_at_most()
    {
        await using var server = await OldPagesAsync();
        var failure = await Refusal.OfAsync(ErrorIds.KubeServiceFailed, async () => await Connect(server).ListPersistentVolumesAsync(Stop).ToListAsync(Stop));
        Assert.Equal(("Expired", 8), (failure.ServiceCode, server.Requests));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_server_that_leads_in_a_circle_is_not_followed(int pages)
    {
        await using var server = await RawServer.StartAsync((context, request) => RawServer.AnswerAsync(context, Page($"page-{request % pages}")));
        var failure = await Refusal.OfAsync(ErrorIds.KubeServiceFailed, async () => await Connect(server).ListPersistentVolumesAsync(Stop).ToListAsync(Stop));
        Assert.Contains("leads back to a page", failure.Message);
        Assert.Equal(pages + 1, server.Requests);
    }

    [Fact]
    public async Task Every_list_asks_for_pages_of_500()
    {
        var queries = new List<string>();
        await using var server = await RawServer.StartAsync((context, _) =>
        {
            lock (queries) queries.Add($"{context.Request.Path}{context.Request.QueryString}");
            return RawServer.AnswerAsync(context, Page(""));
        });
        var cluster = Connect(server);
        await cluster.ListPersistentVolumesAsync(Stop).ToListAsync(Stop);
        await cluster.ListNodesAsync(Stop).ToListAsync(Stop);
        await cluster.ListCsiDriversAsync(Stop);
        await cluster.ListCsiNodesAsync(Stop);
        await cluster.ListStorageClassesAsync(Stop);
        await cluster.ListClaimsAsync("shop", Stop);
        Assert.Equal(6, queries.Count);
        Assert.All(queries, query => Assert.Contains("limit=500", query));
    }

    private static Task<RawServer> OldPagesAsync() => RawServer.StartAsync((context, _) => context.Request.QueryString.Value!.Contains("continue")
        ? RawServer.AnswerAsync(context, """{"kind":"Status","status":"Failure","reason":"Expired","code":410}""", status: 410)
        : RawServer.AnswerAsync(context, Page("more")));

    private static string Page(string next) => $$"""{"metadata":{"resourceVersion":"1","continue":"{{next}}"},"items":[]}""";

    private static ICluster Connect(RawServer server)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("config", Kubeconfigs.Text(server.Url.ToString()));
        return new Connector(SkippedTime.Pauses()).ConnectCluster(new KubeOptions(Kubeconfig: path), new Recorder());
    }
}
