using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Safety.Tests.Swaps;

/// <summary>Volumes that belong together, of which an earlier line moved one only: the other one's data is to be of the same moment.</summary>
public sealed class SharedMomentTests(SandboxBackend backend) : SwapTests(backend), IClassFixture<SandboxBackend>
{
    private const string FromSnapshots = $"{Evacuate} -FromLatestSnapshot";

    [Fact]
    public async Task What_was_moved_before_decides_which_snapshot_is_the_newest_common_one_and_the_skew_is_told()
    {
        Session.Run($"'{IBackend.ZoneC}' | New-ClusterEbsVolume -Size 10 -CountPerZone 2 | Register-EbsPersistentVolume").WithoutErrors();
        await BindAsync("data-web-0", "manual-ebs-01");
        await BindAsync("logs-web-0", "manual-ebs-02");
        await Backend.Kube.CreateAsync(KubeHttp.StatefulSets, KubeObjects.StatefulSet("web", ["data", "logs"]));
        var old = new Dictionary<string, string>();
        foreach (var name in new[] { "manual-ebs-01", "manual-ebs-02" }) old[name] = await BackUpAsync(await VolumeIdAsync(name), "06:00:00");
        await Admin.FailZoneAsync(IBackend.ZoneC);
        await Admin.AddFaultAsync(new { kind = "Error", operation = "CreateVolume", times = 1, status = 400, code = "VolumeLimitExceeded" });
        var first = Session.Run(FromSnapshots);
        first.OnlyError("VolumeQuotaExceeded");
        var left = Assert.Single(new[] { "manual-ebs-01", "manual-ebs-02" }, name => !first.Each("Name").Contains(name));
        await PhaseAsync(left, "Bound");
        var disk = await VolumeIdAsync(left);
        await BackUpAsync(disk, "01:00:00");

        var together = Session.Run($"{FromSnapshots} -WhatIf").WithoutErrors();
        await Backend.Ec2.CallAsync("DeleteSnapshot", ("SnapshotId", old[left]));
        var apart = Session.Run($"{FromSnapshots} -WhatIf").WithoutErrors();

        Assert.Contains($"UTC, 6 hours ago ({old[left]}): what was written since is on {disk} only", together.HostText);
        Assert.DoesNotContain("hours apart", together.HostText);
        Assert.Contains("60 minutes ago", apart.HostText);
        Assert.Contains("; the snapshots of the volumes that are used together with it are 5 hours apart.", apart.HostText);
    }

    private Task<string> BackUpAsync(string volumeId, string age) => Admin.AddSnapshotAsync(new { volumeId, age, madeBy = "Dlm" });
}
