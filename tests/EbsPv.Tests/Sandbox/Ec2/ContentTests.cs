using System.Net;
using Amazon.EC2.Model;
using EbsPv.Sandbox.Ec2;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

/// <summary>What is written on a volume goes where EC2 would take it, and nowhere else.</summary>
public class ContentTests
{
    private const string Source = KopsCluster.RootVolumeB;

    [Fact]
    public async Task A_volume_holds_what_was_written_last_attached_or_not()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.Equal("", await ReadAsync(ec2, Source));
        await WriteAsync(ec2, HttpMethod.Put, Source, "one");
        await WriteAsync(ec2, HttpMethod.Post, Source, " two");
        Assert.Equal("one two", await ReadAsync(ec2, Source));
        await WriteAsync(ec2, HttpMethod.Put, Source, "three");
        Assert.Equal("three", await ReadAsync(ec2, Source));
        Assert.Equal("", await ReadAsync(ec2, KopsCluster.RootVolumeC));
    }

    [Fact]
    public async Task Bytes_stay_the_bytes_they_are()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        byte[] bytes = [0, 255, 13, 10, 128];
        using var content = new ByteArrayContent(bytes);
        using var answer = await ec2.Http.PutAsync(ec2.AdminUrl($"ec2/volumes/{Source}/content"), content, Ec2Harness.Stop);
        Assert.Equal(bytes, await ec2.Http.GetByteArrayAsync(ec2.AdminUrl($"ec2/volumes/{Source}/content"), Ec2Harness.Stop));
    }

    [Fact]
    public async Task A_snapshot_holds_what_was_there_when_it_was_begun()
    {
        await using var ec2 = await Ec2Harness.StartAsync(new Ec2Settings { SnapshotTime = TimeSpan.FromHours(1) });
        await WriteAsync(ec2, HttpMethod.Put, Source, "before");
        var snapshot = await SnapshotAsync(ec2);
        await WriteAsync(ec2, HttpMethod.Post, Source, ", after");
        ec2.Pass(3_700);
        Assert.Equal("before", await ReadAsync(ec2, snapshot, "snapshots"));
        var later = await SnapshotAsync(ec2);
        Assert.Equal("before, after", await ReadAsync(ec2, later, "snapshots"));
    }

    [Fact]
    public async Task A_volume_of_a_snapshot_begins_with_what_that_holds_and_goes_its_own_way()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await WriteAsync(ec2, HttpMethod.Put, Source, "data");
        var snapshot = await SnapshotAsync(ec2);
        ec2.Pass(2);
        await WriteAsync(ec2, HttpMethod.Put, Source, "too late");
        var copy = await ec2.CreateAsync(new CreateVolumeRequest { AvailabilityZone = KopsCluster.ZoneC, SnapshotId = snapshot });
        Assert.Equal("data", await ReadAsync(ec2, copy.VolumeId));
        await WriteAsync(ec2, HttpMethod.Post, copy.VolumeId, "!");
        Assert.Equal(("data!", "data"), (await ReadAsync(ec2, copy.VolumeId), await ReadAsync(ec2, snapshot, "snapshots")));
        Assert.Equal("", await ReadAsync(ec2, (await ec2.CreateAsync()).VolumeId));
    }

    [Fact]
    public async Task No_answer_of_EC2_shows_it()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await WriteAsync(ec2, HttpMethod.Put, Source, "secret");
        await SnapshotAsync(ec2);
        foreach (var action in (string[])["DescribeVolumes", "DescribeSnapshots"])
        {
            var (_, body) = await ec2.SendAsync(new Dictionary<string, string> { ["Action"] = action, ["Version"] = "2016-11-15" });
            Assert.DoesNotContain("secret", body.ToString());
            Assert.DoesNotContain(Convert.ToBase64String("secret"u8), body.ToString());
            Assert.DoesNotContain("content", body.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("PUT", "volumes/vol-00000000000000001/content", 400)]
    [InlineData("GET", "volumes/vol-00000000000000001/content", 400)]
    [InlineData("GET", "snapshots/snap-00000000000000001/content", 400)]
    [InlineData("PUT", "snapshots/snap-00000000000000001/content", 405)]
    public async Task What_is_not_there_holds_nothing(string method, string path, int status)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), ec2.AdminUrl($"ec2/{path}"));
        using var answer = await ec2.Http.SendAsync(request, Ec2Harness.Stop);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_volume_that_is_gone_can_be_neither_read_nor_written()
    {
        await using var ec2 = await Ec2Harness.StartAsync(new Ec2Settings { DeleteTime = TimeSpan.Zero });
        await ec2.Client.DeleteVolumeAsync(new DeleteVolumeRequest(KopsCluster.ForeignVolume), Ec2Harness.Stop);
        Assert.Equal(HttpStatusCode.BadRequest, await TryAsync(HttpMethod.Get));
        Assert.Equal(HttpStatusCode.BadRequest, await TryAsync(HttpMethod.Put));

        async Task<HttpStatusCode> TryAsync(HttpMethod method)
        {
            using var request = new HttpRequestMessage(method, ec2.AdminUrl($"ec2/volumes/{KopsCluster.ForeignVolume}/content"));
            using var answer = await ec2.Http.SendAsync(request, Ec2Harness.Stop);
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("Dlm", "aws:dlm:lifecycle-policy-id", "Created for policy")]
    [InlineData("Backup", "aws:backup:source-resource", "AWS Backup")]
    [InlineData("Csi", "CSIVolumeSnapshotName", "EBS CSI driver")]
    [InlineData("Csi", "ebs.csi.aws.com/cluster", "EBS CSI driver")]
    [InlineData("Velero", "velero.io/backup", "")]
    public async Task A_snapshot_of_the_past_is_seeded_as_its_maker_leaves_it(string maker, string key, string description)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await WriteAsync(ec2, HttpMethod.Put, Source, "today");
        await SeedAsync(ec2, $$$"""
            {"snapshotId":"snap-0aaaaaaaaaaaaaaa1","volumeId":"{{{Source}}}","madeBy":"{{{maker}}}","age":"1.06:00:00",
             "content":"{{{Convert.ToBase64String("yesterday"u8)}}}","tags":{"own":"tag"} }
            """);

        var answer = await ec2.Client.DescribeSnapshotsAsync(new DescribeSnapshotsRequest { Filters = [new Filter("volume-id", [Source])] }, Ec2Harness.Stop);
        var snapshot = Assert.Single(answer.Snapshots);
        Assert.Equal(("completed", 128, true), (snapshot.State.Value, snapshot.VolumeSize, snapshot.Encrypted));
        Assert.Equal(30, (ec2.Server.Clock.GetUtcNow() - snapshot.StartTime!.Value).TotalHours, 2);
        Assert.Contains(description, snapshot.Description);
        Assert.Contains(key, snapshot.Tags.Select(tag => tag.Key));
        Assert.Contains("own", snapshot.Tags.Select(tag => tag.Key));
        Assert.Equal("yesterday", await ReadAsync(ec2, snapshot.SnapshotId, "snapshots"));
    }

    [Fact]
    public async Task A_seed_without_content_takes_the_volume_s_and_one_without_a_volume_needs_a_size()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await WriteAsync(ec2, HttpMethod.Put, Source, "now");
        Assert.Equal(HttpStatusCode.OK, await SeedAsync(ec2, $$"""{"snapshotId":"snap-0aaaaaaaaaaaaaaa1","volumeId":"{{Source}}"}"""));
        Assert.Equal("now", await ReadAsync(ec2, "snap-0aaaaaaaaaaaaaaa1", "snapshots"));
        Assert.Equal(HttpStatusCode.BadRequest, await SeedAsync(ec2, """{"volumeId":"vol-0gone"}"""));
        Assert.Equal(HttpStatusCode.OK, await SeedAsync(ec2, """{"volumeId":"vol-0gone","volumeSize":3}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await SeedAsync(ec2, """{"volumeSize":3,"status":"done"}"""));
    }

    [Fact]
    public async Task A_volume_is_seeded_with_content()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Ec2.AddVolume(new VolumeSeed { VolumeId = "vol-0aaaaaaaaaaaaaaa1", Content = "seed"u8.ToArray() }.Volumes(default).Single());
        Assert.Equal("seed", await ReadAsync(ec2, "vol-0aaaaaaaaaaaaaaa1"));
    }

    private static Task<string> ReadAsync(Ec2Harness ec2, string id, string kind = "volumes") =>
        ec2.Http.GetStringAsync(ec2.AdminUrl($"ec2/{kind}/{id}/content"), Ec2Harness.Stop);

    private static async Task WriteAsync(Ec2Harness ec2, HttpMethod method, string volumeId, string content)
    {
        using var request = new HttpRequestMessage(method, ec2.AdminUrl($"ec2/volumes/{volumeId}/content")) { Content = new StringContent(content) };
        using var answer = await ec2.Http.SendAsync(request, Ec2Harness.Stop);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static async Task<HttpStatusCode> SeedAsync(Ec2Harness ec2, string json) => (await ec2.AdminAsync("ec2/snapshots", json)).Status;

    private static async Task<string> SnapshotAsync(Ec2Harness ec2) =>
        (await ec2.Client.CreateSnapshotAsync(new CreateSnapshotRequest { VolumeId = Source }, Ec2Harness.Stop)).Snapshot.SnapshotId;
}
