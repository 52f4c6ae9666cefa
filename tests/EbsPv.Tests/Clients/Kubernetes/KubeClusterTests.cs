using EbsPv.Errors;
using EbsPv.PersistentVolumeClaims;
using EbsPv.PersistentVolumes;
using EbsPv.Sandbox.Kubernetes;
using EbsPv.Sandbox.Server;
using EbsPv.Tests.Sandbox.Kubernetes;
using EbsPv.Tests.Support;
using Xunit;
using static EbsPv.Tests.Clients.Kubernetes.KubeHarness;

namespace EbsPv.Tests.Clients.Kubernetes;

public class KubeClusterTests
{
    [Fact]
    public async Task Volumes_come_in_pages_of_500_and_only_those_of_EBS()
    {
        await using var kube = await StartAsync();
        for (var number = 0; number < 1_001; number++) kube.Seed($"pv-{number:d4}");
        kube.Host.Api.State.Seed(Manifests.Volume("other").With("spec.csi.driver", "\"efs.csi.aws.com\""));
        var pages = await kube.Cluster.ListPersistentVolumesAsync(Stop).ToListAsync(Stop);
        Assert.Equal(1_001, pages.SelectMany(page => page.Items).Select(volume => volume.Name).Distinct().Count());
        Assert.All(pages, page => Assert.NotEmpty(page.ResourceVersion));
        Assert.Equal(new Dictionary<string, int> { ["kubernetes list persistentvolumes"] = 3 }, kube.Calls);
    }

    [Fact]
    public async Task The_facts_of_a_cluster_cost_five_reads()
    {
        await using var kube = await StartAsync();
        var facts = await kube.FactsAsync();
        Assert.Equal(["i-0a1b2c3d4e5f60718", "i-0b1c2d3e4f5061728", "i-0c1d2e3f405162738"], facts.InstanceIds.Order());
        Assert.Equal(["ebs.csi.aws.com"], facts.Drivers);
        Assert.Equal(["eu-west-1b", "eu-west-1c"], facts.DriversByZone.Keys.Order());
        Assert.Equal(33, facts.MinorVersion);
        Assert.Equal(
            ["get version", "list csidrivers", "list csinodes", "list nodes", "list persistentvolumes"],
            kube.Calls.Select(call => call.Key["kubernetes ".Length..]));
        Assert.All(kube.Calls.Values, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task What_may_not_be_read_is_a_warning_for_nodes_and_drivers_and_an_error_for_volumes()
    {
        await using var kube = await StartAsync();
        kube.Allow("list persistentvolumes", "get version");
        Assert.Empty((await kube.FactsAsync()).InstanceIds);
        Assert.Contains(kube.Reporter.Warnings, warning => warning.StartsWith("NodesUnknown", StringComparison.Ordinal) && warning.Contains("list nodes"));
        Assert.Contains(kube.Reporter.Warnings, warning => warning.StartsWith("DriversUnknown", StringComparison.Ordinal));
        kube.Allow("list nodes");
        var failure = await Refusal.OfAsync(ErrorIds.KubePermissionDenied, kube.FactsAsync);
        Assert.Contains("verb list on persistentvolumes of the API group \"\"", failure.RecommendedAction);
    }

    [Theory]
    [InlineData("v1.20.2", 20)]
    [InlineData("v1.33.4-eks-1234567", 33)]
    public async Task The_version_is_the_minor_one(string version, int minor)
    {
        await using var kube = await StartAsync(configure: options => options.ServerVersion = version);
        Assert.Equal(minor, await kube.Cluster.GetMinorVersionAsync(Stop));
    }

    [Theory]
    [InlineData("{\"major\":\"1\",\"minor\":\"33+\"}", 33)]
    [InlineData("{\"major\":\"1\",\"minor\":\"\"}", int.MaxValue)]
    [InlineData("{}", int.MaxValue)]
    public async Task Some_write_a_plus_behind_it(string version, int minor)
    {
        await using var server = await RawServer.StartAsync(version, "application/json");
        Assert.Equal(minor, await Connect(server).GetMinorVersionAsync(Stop));
    }

    [Fact]
    public async Task A_volume_is_created_and_read_back_as_it_was_written()
    {
        await using var kube = await StartAsync(configure: options => options.RunBinder = false);
        var created = await kube.Cluster.CreatePersistentVolumeAsync(Spec("manual-ebs-01"), Stop);
        Assert.Equal(("manual-ebs-01", "Pending", "10Gi", "eu-west-1b"), (created.Name, created.Status, created.Capacity, created.AvailabilityZone));
        Assert.Equal("ctx", created.Context);
        Assert.Equal("Filesystem", (await kube.Cluster.GetPersistentVolumeAsync("manual-ebs-01", Stop))!.VolumeMode);
        Assert.Null(await kube.Cluster.GetPersistentVolumeAsync("none", Stop));
    }

    [Theory]
    [InlineData("v1.20.2", 1)]
    [InlineData("v1.33.4", 0)]
    public async Task What_an_old_server_leaves_out_is_told(string version, int warnings)
    {
        await using var kube = await StartAsync(configure: options => options.ServerVersion = version);
        await kube.Cluster.CreatePersistentVolumeAsync(Spec("pv") with { VolumeAttributesClassName = "gold" }, Stop);
        Assert.Equal(warnings, kube.Reporter.Warnings.Count(warning => warning.StartsWith("FieldIgnored: this API server is too old for spec.volumeAttributesClassName", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Unknown_fields_shall_be_refused_of_everything_that_is_made()
    {
        var queries = new List<string>();
        await using var server = await RawServer.StartAsync((context, _) =>
        {
            queries.Add($"{context.Request.Method} {Path.GetFileName(context.Request.Path)}{context.Request.QueryString}");
            return RawServer.AnswerAsync(context, """{"metadata":{"name":"a","namespace":"shop"},"provisioner":"p"}""", status: 201);
        });
        var cluster = Connect(server);
        await cluster.CreatePersistentVolumeAsync(Spec("a"), Stop);
        await cluster.CreateClaimAsync(
            new PersistentVolumeClaimSpec { Namespace = "shop", Name = "a", VolumeName = "a", Request = "1Gi", AccessModes = [], StorageClassName = "", VolumeMode = "Filesystem" }, Stop);
        await cluster.CreateStorageClassAsync(new Ports.StorageClassSpec("a", [], null), Stop);
        Assert.Equal(["POST persistentvolumes", "POST persistentvolumeclaims", "POST storageclasses"], queries.Select(query => query.Split('?')[0]));
        Assert.All(queries, query => Assert.Contains("fieldValidation=Strict", query));
    }

    [Fact]
    public async Task Every_request_has_a_verbose_line_with_verb_resource_name_and_host()
    {
        await using var kube = await StartAsync();
        await kube.Cluster.GetPersistentVolumeAsync("none", Stop);
        await kube.Cluster.GetMinorVersionAsync(Stop);
        Assert.Matches(@"^Kubernetes get persistentvolumes none at http://127\.0\.0\.1:\d+/?: NotFound after \d+ ms$", kube.Reporter.Lines[0]);
        Assert.Matches(@"^Kubernetes get version at http://127\.0\.0\.1:\d+/?: \d+ ms$", kube.Reporter.Lines[1]);
    }

    [Theory]
    [InlineData(400, "BadRequest", ErrorKind.InvalidInput, ErrorIds.PersistentVolumeInvalid)]
    [InlineData(401, "Unauthorized", ErrorKind.Authentication, ErrorIds.KubeAuthenticationFailed)]
    [InlineData(403, "Forbidden", ErrorKind.PermissionDenied, ErrorIds.KubePermissionDenied)]
    [InlineData(409, "AlreadyExists", ErrorKind.Conflict, ErrorIds.PersistentVolumeConflict)]
    [InlineData(422, "Invalid", ErrorKind.InvalidInput, ErrorIds.PersistentVolumeInvalid)]
    [InlineData(429, "TooManyRequests", ErrorKind.Throttled, ErrorIds.KubeThrottled)]
    [InlineData(500, "InternalError", ErrorKind.Service, ErrorIds.KubeServiceFailed)]
    public async Task Each_refusal_has_its_id_its_kind_and_the_server_s_own_words(int status, string reason, ErrorKind kind, string errorId)
    {
        await using var kube = await StartAsync(SkippedTime.Pauses());
        kube.Host.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = "create persistentvolumes", Times = -1, Status = status, Code = reason, Message = "because \u202e" });
        var failure = await CreateFailureAsync(errorId, kube);
        Assert.Equal((kind, reason, "pv"), (failure.Kind, failure.ServiceCode, failure.Target));
        Assert.Contains("'ctx' refused to create persistentvolumes pv: because \\u202e", failure.Message);
        Assert.Equal(status == 429 ? 11 : 1, kube.Host.Ledger.Count("create persistentvolumes"));
    }

    [Theory]
    [InlineData("{\"kind\":\"Status\",\"message\":5,\"reason\":[]}", 500)]
    [InlineData("{\"kind\":\"Status\"", 500)]
    [InlineData("[]", 500)]
    [InlineData("<html>no such host</html>", 502)]
    [InlineData("", 404)]
    [InlineData("<html>Log in</html>", 200)]
    [InlineData("{}", 200)]
    [InlineData("[]", 200)]
    [InlineData("{\"reason\":\"\\u001b[2J\"}", 500)]
    public async Task An_answer_that_is_not_a_Status_is_an_error_of_ours_too(string body, int status)
    {
        await using var server = await RawServer.StartAsync(body, "application/json", status);
        var failure = await Assert.ThrowsAsync<EbsPvException>(() => Connect(server).CreatePersistentVolumeAsync(Spec("pv"), Stop));
        Assert.DoesNotContain('\e', failure.ServiceCode ?? "");
        Assert.False(string.IsNullOrEmpty(failure.RecommendedAction), failure.Message);
        Recorder.AssertNoSecretIn(failure);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        var server = await RawServer.StartAsync("{}");
        var cluster = Connect(server);
        await server.DisposeAsync();
        var failure = await Refusal.OfAsync(ErrorIds.KubeUnreachable, () => cluster.GetMinorVersionAsync(Stop));
        Assert.Contains("'ctx'", failure.Message);
        Assert.Contains("kubectl --context ctx", failure.RecommendedAction);
        Recorder.AssertNoSecretIn(failure);
    }

    [Fact]
    public async Task No_redirect_takes_the_token_to_another_host()
    {
        string? token = null;
        await using var other = await RawServer.StartAsync((context, _) =>
        {
            token = context.Request.Headers.Authorization;
            return RawServer.AnswerAsync(context, "{}");
        });
        await using var server = await RawServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = other.Url.ToString();
            return Task.CompletedTask;
        });
        await Record.ExceptionAsync(() => Connect(server).GetMinorVersionAsync(Stop));
        Assert.True(string.IsNullOrEmpty(token));
    }

    private static EbsPv.Ports.ICluster Connect(RawServer server)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("config", Kubeconfigs.Text(server.Url.ToString()));
        return new EbsPv.Clients.Connector(SkippedTime.Pauses()).ConnectCluster(new EbsPv.Ports.KubeOptions(Kubeconfig: path), new Recorder());
    }

    private static async Task<EbsPvException> CreateFailureAsync(string errorId, KubeHarness kube)
    {
        var failure = await Refusal.OfAsync(errorId, () => kube.Cluster.CreatePersistentVolumeAsync(Spec("pv"), Stop));
        Recorder.AssertNoSecretIn(failure);
        return failure;
    }
}
