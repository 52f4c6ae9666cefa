using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using EbsPv.Module.Tests.Scenarios;
using Xunit;

namespace EbsPv.Safety.Tests.Guides;

/// <summary>docs/guides/zone-failure.md, played from its first line to its last: what it says is what is shown.</summary>
/// <remarks>EBSPV_UPDATE_GUIDES=1 writes what is shown into the guide instead.</remarks>
public sealed class ZoneFailureGuideTests(SandboxBackend backend) : SandboxTests(backend)
{
    private const string Guide = "docs/guides/zone-failure.md";

    private const string Class = """
        {"kind":"StorageClass","apiVersion":"storage.k8s.io/v1","metadata":{"name":"manual-ebs"},"provisioner":"kubernetes.io/no-provisioner","volumeBindingMode":"WaitForFirstConsumer"}
        """;

    private static readonly string s_path = Path.Combine(Checkout.Root, Guide);

    [Fact]
    public async Task What_the_guide_shows_is_what_is_seen()
    {
        EbsPv.Module.Tests.Backends.Kubectl.SkipWithout();
        Session.Run($"$env:KUBECACHEDIR = '{EbsPv.Module.Tests.Backends.Kubectl.Cache}'").WithoutErrors();
        var guide = new GuideText(await File.ReadAllTextAsync(s_path, TestContext.Current.CancellationToken));
        var shown = new Dictionary<int, string>();
        Assert.NotEmpty(guide.Steps);
        foreach (var step in guide.Steps)
        {
            if (step.Then is { } then) await HappenAsync(then);
            else shown.Add(step.Index, Show(step.Script!));
        }

        if (Environment.GetEnvironmentVariable("EBSPV_UPDATE_GUIDES") == "1") await File.WriteAllTextAsync(s_path, guide.With(shown), TestContext.Current.CancellationToken);
        else Assert.All(guide.Steps.Where(step => step.Script is not null), step => Assert.Equal(GuideText.Normalized(step.Shown), GuideText.Normalized(shown[step.Index])));
    }

    private async Task HappenAsync(string what)
    {
        switch (what)
        {
            case "the class": await Backend.Kube.CreateAsync(KubeHttp.StorageClasses, JsonNode.Parse(Class)!); break;
            case "a StatefulSet with a pod in each zone": await SetUpAsync(); break;
            case "the nightly snapshots": await SnapshotsAsync(); break;
            case "the zone fails": await FailAsync(); break;
            case "the attachment goes": await SettleAsync(); break;
            case "the pod starts": await StartAsync("web-1"); break;
            case "the zone is back": await Admin.RestoreZoneAsync(IBackend.ZoneC); break;
            default: throw new InvalidOperationException($"Nobody knows what happens at '{what}'.");
        }
    }

    private async Task SetUpAsync()
    {
        await Backend.Kube.CreateAsync(KubeHttp.StatefulSets, KubeObjects.StatefulSet("web", "data", "manual-ebs", replicas: 2));
        foreach (var (pod, volume) in new[] { ("web-0", "manual-ebs-01"), ("web-1", "manual-ebs-02") })
        {
            await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.Claim($"data-{pod}", volume));
            await PhaseAsync(volume, "Bound");
            await StartAsync(pod);
        }
    }

    private async Task SnapshotsAsync()
    {
        foreach (var volume in await Backend.Ec2.VolumesAsync()) await Admin.AddSnapshotAsync(new { volumeId = volume.Id, age = "06:00:00", madeBy = "Dlm" });
    }

    // Kubernetes gives the pods of a silent node up; they stay Terminating, since nobody can say whether they still run.
    private async Task FailAsync()
    {
        await Admin.FailZoneAsync(IBackend.ZoneC);
        Session.Run("kubectl delete pod web-1 --wait=false").WithoutErrors();
    }

    private Task SettleAsync() => Until.NotNullAsync("nothing is attached on the dead node", async () =>
        (await Backend.Kube.ListAsync(KubeHttp.VolumeAttachments)) is { Count: < 2 } few ? few : null);

    private async Task StartAsync(string pod)
    {
        var refusal = await Admin.PlacePodAsync(KubeObjects.Pod(pod, null, KubeObjects.Owner("apps/v1", "StatefulSet", "web"), $"data-{pod}"));
        Assert.Null(refusal);
    }

    // Each line is typed by itself: its tables are its own.
    private string Show(string script) => string.Join("\n\n", script.Split('\n').Select(ShowLine).Where(shown => shown.Length > 0));

    private string ShowLine(string line)
    {
        var result = Session.Run(line);
        string[] parts =
        [
            .. result.Warnings.Select(warning => $"WARNING: {warning}"),
            result.HostText,
            result.Output.Count == 0 ? "" : Session.Render(result.Output),
            .. result.Errors.Select(error => $"{error.InvocationInfo.MyCommand.Name}: {error.Exception.Message}\n  Recommendation: {error.ErrorDetails.RecommendedAction}"),
        ];
        return string.Join('\n', parts.Select(part => part.Trim('\n').TrimEnd()).Where(part => part.Length > 0));
    }
}
