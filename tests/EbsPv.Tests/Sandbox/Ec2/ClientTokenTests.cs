using Amazon.EC2.Model;
using EbsPv.Sandbox.Ec2;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

public class ClientTokenTests
{
    private const string Mismatch = "IdempotentParameterMismatch";
    private const string Deleted = "associated with a resource that is already deleted";

    [Fact]
    public async Task The_same_request_answers_the_same_volume_in_its_current_state()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var first = await ec2.CreateAsync(Tagged("token"));
        ec2.Pass(1);
        var second = await ec2.CreateAsync(Tagged("token"));
        Assert.Equal(first.VolumeId, second.VolumeId);
        Assert.Equal(("creating", "available"), (first.State.Value, second.State.Value));
        Assert.Equal(5, ec2.Server.Ec2.Volumes.Count);
    }

    [Fact]
    public async Task Without_a_token_every_request_makes_a_volume()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.NotEqual((await ec2.CreateAsync(Ec2Harness.Gp3(""))).VolumeId, (await ec2.CreateAsync(Ec2Harness.Gp3(""))).VolumeId);
    }

    [Fact]
    public async Task Another_size_is_a_mismatch_and_makes_nothing()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await ec2.CreateAsync(Ec2Harness.Gp3("token"));
        var error = await Ec2Harness.RefusedAsync(() => ec2.CreateAsync(Ec2Harness.Gp3("token", size: 11)), Mismatch);
        Assert.Contains("inconsistent", error.Message);
        Assert.Equal(5, ec2.Server.Ec2.Volumes.Count);
    }

    [Fact]
    public async Task Tags_are_parameters_in_their_order()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await ec2.CreateAsync(Tagged("token"));
        var turned = Tagged("token");
        turned.TagSpecifications[0].Tags.Reverse();
        await Ec2Harness.RefusedAsync(() => ec2.CreateAsync(turned), Mismatch);
    }

    [Fact]
    public async Task The_zone_is_not_compared()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var first = await ec2.CreateAsync(Ec2Harness.Gp3("token"));
        var second = await ec2.CreateAsync(Ec2Harness.Gp3("token", KopsCluster.ZoneC));
        Assert.Equal((first.VolumeId, KopsCluster.ZoneB), (second.VolumeId, second.AvailabilityZone));
    }

    [Fact]
    public async Task A_region_has_tokens_of_its_own()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var first = await ec2.CreateAsync(Ec2Harness.Gp3("token"));
        var elsewhere = ec2.NewClient("us-east-1");
        var second = (await elsewhere.CreateVolumeAsync(Ec2Harness.Gp3("token", "us-east-1a"), Ec2Harness.Stop)).Volume;
        Assert.NotEqual(first.VolumeId, second.VolumeId);
    }

    [Fact]
    public async Task Tokens_are_case_sensitive()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.NotEqual((await ec2.CreateAsync(Ec2Harness.Gp3("token"))).VolumeId, (await ec2.CreateAsync(Ec2Harness.Gp3("TOKEN"))).VolumeId);
    }

    [Fact]
    public async Task The_token_of_a_deleted_volume_is_burnt_also_while_it_is_deleting()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var volume = await ec2.CreateAsync(Ec2Harness.Gp3("token"));
        ec2.Pass(1);
        await ec2.Client.DeleteVolumeAsync(new DeleteVolumeRequest(volume.VolumeId), Ec2Harness.Stop);
        Assert.Contains(Deleted, (await Ec2Harness.RefusedAsync(() => ec2.CreateAsync(Ec2Harness.Gp3("token")), Mismatch)).Message);
        ec2.Pass(3600);
        Assert.Contains(Deleted, (await Ec2Harness.RefusedAsync(() => ec2.CreateAsync(Ec2Harness.Gp3("token")), Mismatch)).Message);
    }

    [Fact]
    public async Task A_key_that_fails_later_burns_the_token()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var volume = await ec2.CreateAsync(BadKey());
        Assert.Equal("creating", volume.State.Value);
        Assert.Equal(volume.VolumeId, (await ec2.CreateAsync(BadKey())).VolumeId);

        ec2.Pass(1);
        Assert.Equal("error", await ec2.StateAsync(volume.VolumeId));
        Assert.Contains(Deleted, (await Ec2Harness.RefusedAsync(() => ec2.CreateAsync(BadKey()), Mismatch)).Message);

        ec2.Pass(60);
        await Ec2Harness.RefusedAsync(() => ec2.StateAsync(volume.VolumeId), "InvalidVolume.NotFound");
        Assert.Contains(Deleted, (await Ec2Harness.RefusedAsync(() => ec2.CreateAsync(BadKey()), Mismatch)).Message);

        static CreateVolumeRequest BadKey() =>
            new() { AvailabilityZone = KopsCluster.ZoneB, Size = 1, Encrypted = true, KmsKeyId = "alias/bad", ClientToken = "token" };
    }

    [Fact]
    public async Task A_token_is_forgotten_after_its_time()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var first = await ec2.CreateAsync(Ec2Harness.Gp3("token"));
        ec2.Pass(24 * 3600);
        Assert.NotEqual(first.VolumeId, (await ec2.CreateAsync(Ec2Harness.Gp3("token"))).VolumeId);
    }

    [Fact]
    public async Task At_the_quota_even_a_repeated_request_is_refused()
    {
        await using var ec2 = await Ec2Harness.StartAsync(new Ec2Settings { VolumeQuota = 5 });
        await ec2.CreateAsync(Ec2Harness.Gp3("token"));
        await Ec2Harness.RefusedAsync(() => ec2.CreateAsync(Ec2Harness.Gp3("token")), "VolumeLimitExceeded");
    }

    [Fact]
    public async Task A_refused_request_leaves_its_token_unused()
    {
        await using var ec2 = await Ec2Harness.StartAsync(new Ec2Settings { ZonesWithoutCapacity = [KopsCluster.ZoneB] });
        await Ec2Harness.RefusedAsync(() => ec2.CreateAsync(Ec2Harness.Gp3("token")), "InsufficientVolumeCapacity");
        var other = await ec2.CreateAsync(Ec2Harness.Gp3("token", KopsCluster.ZoneC, size: 20));
        Assert.Equal(20, other.Size);
    }

    [Theory]
    [InlineData(64, 'a', "")]
    [InlineData(65, 'a', "InvalidParameterValue")]
    [InlineData(3, 'ñ', "InvalidParameterValue")]
    public async Task A_token_is_at_most_64_ASCII_characters(int length, char character, string code)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var refusal = await ec2.CodeAsync("CreateVolume", "AvailabilityZone=eu-west-1b", "Size=1", $"ClientToken={new string(character, length)}");
        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public async Task Requests_at_the_same_moment_make_one_volume()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var volumes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => ec2.CreateAsync(Ec2Harness.Gp3("token"))));
        Assert.Single(volumes.Select(volume => volume.VolumeId).Distinct());
        Assert.Equal(5, ec2.Server.Ec2.Volumes.Count);
        Assert.Equal(40, ec2.Server.Ledger.Count("CreateVolume"));
    }

    private static CreateVolumeRequest Tagged(string token)
    {
        var request = Ec2Harness.Gp3(token);
        request.TagSpecifications = [new TagSpecification { ResourceType = "volume", Tags = [new Tag("a", "1"), new Tag("b", "2")] }];
        return request;
    }
}
