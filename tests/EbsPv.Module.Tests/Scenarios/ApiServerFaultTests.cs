using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>An API server that fails, refuses, cuts and repeats itself: nothing is lost, nothing is made twice, and what it costs is counted.
/// One that does not answer at all is in the tests of the clients, on a clock that can be put forward.</summary>
public sealed class ApiServerFaultTests(SandboxBackend backend) : SandboxTests(backend)
{
    private const string Volumes = "persistentvolumes", Claims = "persistentvolumeclaims";

    private const string Given = """
        1..3 | ForEach-Object { [pscustomobject]@{ VolumeId = "vol-0000000000000000$_"; Name = "data-$_"; AvailabilityZone = 'eu-west-1b'; Size = 10 } } |
        """;

    /// <summary>The fault's kind, status, Retry-After, how often it comes, and what it adds to the calls for three objects: posts, and
    /// reads of what a post left behind.</summary>
    public static TheoryData<string, int, int?, int, int, int> Posts => new()
    {
        { "Error", 500, null, 2, 2, 0 },
        { "Error", 503, 0, 10, 10, 0 },
        { "Error", 429, 0, 10, 10, 0 },
        { "CutBefore", 0, null, 2, 2, 0 },
        { "CutAfter", 0, null, 1, 1, 1 },
        { "CutAfter", 0, null, 2, 2, 1 },
        { "CutInside", 0, null, 1, 1, 1 },
    };

    /// <summary>The fault's kind, status, Retry-After, and how often it comes, which is what it adds to the watches.</summary>
    public static TheoryData<string, int, int?, int> Watches => new()
    {
        { "CutAfter", 0, null, 3 },
        { "CutBefore", 0, null, 1 },
        { "Error", 500, null, 2 },
        { "Error", 429, 0, 10 },
    };

    /// <summary>The fault's kind, status, Retry-After, how often it comes, and what it adds to the lists.</summary>
    public static TheoryData<string, int, int?, int, int> Lists => new()
    {
        { "Error", 500, null, 3, 3 },
        { "Error", 503, 0, 10, 10 },
        { "Error", 429, 0, 10, 10 },
        { "CutBefore", 0, null, 2, 2 },
        { "CutInside", 0, null, 2, 2 },
    };

    [Theory]
    [MemberData(nameof(Posts))]
    public async Task Register_posts_until_each_volume_has_its_PersistentVolume(string kind, int status, int? retryAfter, int times, int posts, int reads)
    {
        var cost = await RegisterAsync($"create {Volumes}", kind, status, retryAfter, times);

        Assert.Equal(3 + posts, cost[$"kubernetes create {Volumes}"]);
        Assert.Equal(reads, cost.GetValueOrDefault($"kubernetes get {Volumes}"));
    }

    [Theory]
    [MemberData(nameof(Watches))]
    public async Task Register_watches_until_they_are_Available(string kind, int status, int? retryAfter, int times)
    {
        var cost = await RegisterAsync($"watch {Volumes}", kind, status, retryAfter, times);

        Assert.Equal((3, 1 + times, 1), (cost[$"kubernetes create {Volumes}"], cost[$"kubernetes watch {Volumes}"], cost[$"kubernetes list {Volumes}"]));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Register_reads_until_it_knows_what_is_there(string kind, int status, int? retryAfter, int times, int lists)
    {
        var cost = await RegisterAsync($"list {Volumes}", kind, status, retryAfter, times);

        Assert.Equal((3, 1 + lists), (cost[$"kubernetes create {Volumes}"], cost[$"kubernetes list {Volumes}"]));
    }

    [Fact]
    public async Task A_version_that_the_server_has_forgotten_costs_a_list()
    {
        var cost = await RegisterAsync($"watch {Volumes}", "Error", 410, null, times: 1);

        Assert.Equal((3, 2), (cost[$"kubernetes create {Volumes}"], cost[$"kubernetes list {Volumes}"]));
    }

    [Theory]
    [MemberData(nameof(Posts))]
    public async Task A_claim_is_posted_until_it_is_there(string kind, int status, int? retryAfter, int times, int posts, int reads)
    {
        var cost = await ClaimAsync($"create {Claims}", kind, status, retryAfter, times);

        Assert.Equal(3 + posts, cost[$"kubernetes create {Claims}"]);
        Assert.Equal(reads, cost.GetValueOrDefault($"kubernetes get {Claims}"));
    }

    [Theory]
    [MemberData(nameof(Watches))]
    public async Task Claims_are_watched_until_they_are_Bound(string kind, int status, int? retryAfter, int times)
    {
        var cost = await ClaimAsync($"watch {Claims}", kind, status, retryAfter, times);

        Assert.Equal((3, 1 + times, 1), (cost[$"kubernetes create {Claims}"], cost[$"kubernetes watch {Claims}"], cost[$"kubernetes list {Claims}"]));
    }

    [Theory]
    [InlineData("Error", 500)]
    [InlineData("CutInside", 0)]
    public async Task Claims_are_read_until_it_is_known_what_is_there(string kind, int status)
    {
        var cost = await ClaimAsync($"list {Claims}", kind, status, null, times: 2);

        Assert.Equal((3, 1 + 2), (cost[$"kubernetes create {Claims}"], cost[$"kubernetes list {Claims}"]));
    }

    /// <summary>What it adds: deletions, and looks at what they left. One that arrived is seen to be gone by the watch or by the look.</summary>
    [Theory]
    [InlineData("Error", 500, null, 2, 2, 2)]
    [InlineData("Error", 503, 0, 10, 10, 0)]
    [InlineData("Error", 429, 0, 10, 10, 0)]
    [InlineData("CutBefore", 0, null, 2, 2, 2)]
    [InlineData("CutAfter", 0, null, 1, 0, 1)]
    [InlineData("CutInside", 0, null, 1, 0, 1)]
    public async Task Unregister_deletes_until_each_is_gone(string kind, int status, int? retryAfter, int times, int deletions, int looks)
    {
        var cost = await UnregisterAsync($"delete {Volumes}", kind, status, retryAfter, times);

        Assert.Equal((3 + deletions, looks), (cost[$"kubernetes delete {Volumes}"], cost.GetValueOrDefault($"kubernetes get {Volumes}")));
    }

    [Theory]
    [MemberData(nameof(Watches))]
    public async Task Unregister_watches_until_they_are_gone(string kind, int status, int? retryAfter, int times)
    {
        var cost = await UnregisterAsync($"watch {Volumes}", kind, status, retryAfter, times);

        Assert.Equal((3, 1 + times, 1), (cost[$"kubernetes delete {Volumes}"], cost[$"kubernetes watch {Volumes}"], cost[$"kubernetes list {Volumes}"]));
    }

    [Theory]
    [InlineData("Error", 500)]
    [InlineData("CutInside", 0)]
    public async Task Unregister_reads_until_it_knows_what_is_there(string kind, int status)
    {
        var cost = await UnregisterAsync($"list {Volumes}", kind, status, null, times: 2);

        Assert.Equal((3, 1 + 2), (cost[$"kubernetes delete {Volumes}"], cost[$"kubernetes list {Volumes}"]));
    }

    [Fact]
    public async Task What_a_server_fails_for_good_is_an_error_and_the_next_run_finishes()
    {
        await Admin.AddFaultAsync(new { kind = "CutAfter", operation = $"create {Volumes}", target = "data-2", times = -1 });
        var failed = Session.Run(Given + " Register-EbsPersistentVolume -ThrottleLimit 1");
        Assert.Equal("data-2", failed.OnlyError("KubeUnreachable").TargetObject);
        Assert.Equal(["data-1", "data-3"], failed.Each("Name"));

        await Admin.ClearFaultsAsync();
        var again = Session.Run(Given + " Register-EbsPersistentVolume").WithoutErrors();

        await AssertThreeAsync(again);
        Assert.All(again.Each("Adopted"), adopted => Assert.Equal("True", adopted));
    }

    private async Task<Dictionary<string, int>> RegisterAsync(string operation, string kind, int status, int? retryAfter, int times)
    {
        await FailAsync(operation, kind, status, retryAfter, times);
        var result = Session.Run(Given + " Register-EbsPersistentVolume -ThrottleLimit 1").WithoutErrors();
        var cost = new Dictionary<string, int>(await Admin.CountsAsync());
        await AssertThreeAsync(result);
        Assert.All(result.Each("Adopted"), adopted => Assert.Equal("False", adopted));
        return cost;
    }

    private async Task<Dictionary<string, int>> ClaimAsync(string operation, string kind, int status, int? retryAfter, int times)
    {
        Session.Run(Given + " Register-EbsPersistentVolume").WithoutErrors();
        await FailAsync(operation, kind, status, retryAfter, times);
        var result = Session.Run("Get-EbsPersistentVolume | New-EbsPersistentVolumeClaim -Namespace default -ThrottleLimit 1").WithoutErrors();
        var cost = new Dictionary<string, int>(await Admin.CountsAsync());
        Assert.Equal(["data-1", "data-2", "data-3"], result.Each("VolumeName"));
        Assert.Equal(["Bound", "Bound", "Bound"], result.Each("Status"));
        Assert.Equal(["False", "False", "False"], result.Each("Adopted"));
        Assert.Equal(["data-1", "data-2", "data-3"], (await Backend.Kube.ListAsync(KubeHttp.Claims)).Select(Name).Order());
        return cost;
    }

    private async Task<Dictionary<string, int>> UnregisterAsync(string operation, string kind, int status, int? retryAfter, int times)
    {
        var given = Session.Run(Given + " Register-EbsPersistentVolume").WithoutErrors();
        await FailAsync(operation, kind, status, retryAfter, times);
        var result = Session.Run("1..3 | ForEach-Object { \"data-$_\" } | Unregister-EbsPersistentVolume -Confirm:$false -PassThru -ThrottleLimit 1").WithoutErrors();
        var cost = new Dictionary<string, int>(await Admin.CountsAsync());
        Assert.Equal(given.Each("VolumeId"), result.Each("VolumeId"));
        Assert.Equal(["Deleted", "Deleted", "Deleted"], result.Each("Status"));
        Assert.Empty(await Backend.Kube.PersistentVolumesAsync());
        return cost;
    }

    private async Task FailAsync(string operation, string kind, int status, int? retryAfter, int times)
    {
        await Admin.ClearLedgerAsync();
        await Admin.AddFaultAsync(new { kind, operation, status, code = status == 410 ? "Expired" : "InternalError", retryAfter, times });
    }

    private async Task AssertThreeAsync(ScriptResult result)
    {
        Assert.Equal(["Available", "Available", "Available"], result.Each("Status"));
        var volumes = await Backend.Kube.PersistentVolumesAsync();
        Assert.Equal(["vol-00000000000000001", "vol-00000000000000002", "vol-00000000000000003"], volumes.Select(volume => volume["spec"]!["csi"]!["volumeHandle"]!.GetValue<string>()).Order());
        Assert.Equal(["data-1", "data-2", "data-3"], volumes.Select(Name).Order());
    }
}
