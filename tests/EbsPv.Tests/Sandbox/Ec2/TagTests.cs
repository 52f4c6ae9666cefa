using Amazon.EC2.Model;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

public class TagTests
{
    [Theory]
    [InlineData(127, 256, "")]
    [InlineData(128, 256, "InvalidParameterValue")]
    [InlineData(127, 257, "InvalidParameterValue")]
    [InlineData(0, 1, "InvalidParameterValue")]
    public async Task Keys_and_values_have_a_length(int key, int value, string code)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var texts = (Key: new string('k', key), Value: new string('v', value));
        Assert.Equal(code, (await CreateAsync(ec2, texts)).Code);
        Assert.Equal(code, (await TagAsync(ec2, texts)).Code);
    }

    [Theory]
    [InlineData("aws:x")]
    [InlineData("AWS:x")]
    public async Task The_prefix_of_Amazon_is_refused(string key)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.Contains("reserved", (await CreateAsync(ec2, (key, "1"))).Message);
        Assert.Contains("reserved", (await TagAsync(ec2, (key, "1"))).Message);
        Assert.Contains("reserved", (await ec2.CodeAsync("DeleteTags", $"ResourceId.1={KopsCluster.ForeignVolume}", $"Tag.1.Key={key}")).Message);
    }

    [Fact]
    public async Task A_key_comes_once()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.Equal("InvalidParameterValue", (await CreateAsync(ec2, ("a", "1"), ("a", "2"))).Code);
        Assert.Equal("", (await CreateAsync(ec2, ("a", "1"), ("A", "2"))).Code);
    }

    [Fact]
    public async Task Fifty_tags_fit_and_one_more_does_not()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var fifty = Enumerable.Range(0, 50).Select(i => ($"k{i}", "v")).ToArray();
        Assert.Equal("", (await CreateAsync(ec2, fifty)).Code);
        Assert.Equal("TagLimitExceeded", (await CreateAsync(ec2, [.. fifty, ("more", "v")])).Code);

        // The foreign volume has three of its own.
        Assert.Equal("TagLimitExceeded", (await TagAsync(ec2, fifty[..48])).Code);
        Assert.Equal("", (await TagAsync(ec2, fifty[..47])).Code);
    }

    [Fact]
    public async Task Only_volumes_are_tagged_on_creation()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var refusal = await ec2.CodeAsync("CreateVolume", "AvailabilityZone=eu-west-1b", "Size=1", "TagSpecification.1.ResourceType=snapshot",
            "TagSpecification.1.Tag.1.Key=a");
        Assert.Equal("InvalidParameterValue", refusal.Code);
        Assert.Contains("'snapshot'", refusal.Message);
    }

    [Fact]
    public async Task Tags_are_added_and_replaced_on_volumes_and_instances()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await ec2.Client.CreateTagsAsync(new CreateTagsRequest([KopsCluster.ForeignVolume, KopsCluster.WorkerB], [new("Name", "nuevo"), new("b", "")]), Ec2Harness.Stop);
        Assert.Contains(new Ec2Tag("Name", "nuevo"), ec2.Server.Ec2.FindVolume(KopsCluster.ForeignVolume)!.Tags);
        Assert.Equal(4, ec2.Server.Ec2.FindVolume(KopsCluster.ForeignVolume)!.Tags.Count);
        Assert.Contains(new Ec2Tag("b", ""), ec2.Server.Ec2.Instances.Single(item => item.InstanceId == KopsCluster.WorkerB).Tags);
    }

    [Fact]
    public async Task An_unknown_resource_leaves_all_of_them_untouched()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var call = () => ec2.Client.CreateTagsAsync(new CreateTagsRequest([KopsCluster.ForeignVolume, Ec2Harness.Nowhere], [new("x", "1")]), Ec2Harness.Stop);
        await Ec2Harness.RefusedAsync(call, "InvalidVolume.NotFound");
        Assert.DoesNotContain(ec2.Server.Ec2.FindVolume(KopsCluster.ForeignVolume)!.Tags, tag => tag.Key == "x");
    }

    [Fact]
    public async Task A_tag_is_taken_away_by_key_or_only_with_its_value()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await DeleteAsync("Tag.1.Key=Name", "Tag.1.Value=otro");
        Assert.Equal(3, Tags().Count);
        await DeleteAsync("Tag.1.Key=Name", "Tag.1.Value=datos");
        Assert.Equal(2, Tags().Count);
        await DeleteAsync("Tag.1.Key=KubernetesCluster");
        Assert.Equal("kubernetes.io/cluster/" + KopsCluster.ForeignCluster, Assert.Single(Tags()).Key);

        IReadOnlyList<Ec2Tag> Tags() => ec2.Server.Ec2.FindVolume(KopsCluster.ForeignVolume)!.Tags;
        async Task DeleteAsync(params string[] tag) =>
            Assert.Equal("", (await ec2.CodeAsync("DeleteTags", [$"ResourceId.1={KopsCluster.ForeignVolume}", .. tag])).Code);
    }

    [Fact]
    public async Task Text_that_XML_cannot_hold_is_refused_from_clients_and_shown_when_seeded()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        Assert.Equal("InvalidParameterValue", (await TagAsync(ec2, ("a", "\u001b[31m"))).Code);
        const string hostile = "a\r\nb\t<&\"'> $(x) ‮";
        ec2.Server.Ec2.Change(KopsCluster.ForeignVolume, volume => volume with { Tags = [new("a", hostile)] });
        var answer = await ec2.Client.DescribeVolumesAsync(new DescribeVolumesRequest { VolumeIds = [KopsCluster.ForeignVolume] }, Ec2Harness.Stop);
        Assert.Equal(hostile, answer.Volumes[0].Tags[0].Value);
    }

    private static Task<(string Code, string Message)> CreateAsync(Ec2Harness ec2, params (string Key, string Value)[] tags) =>
        ec2.CodeAsync("CreateVolume",
            [.. Flatten("TagSpecification.1.Tag", tags), "TagSpecification.1.ResourceType=volume", "AvailabilityZone=eu-west-1b", "Size=1"]);

    private static Task<(string Code, string Message)> TagAsync(Ec2Harness ec2, params (string Key, string Value)[] tags) =>
        ec2.CodeAsync("CreateTags", [.. Flatten("Tag", tags), $"ResourceId.1={KopsCluster.ForeignVolume}"]);

    private static IEnumerable<string> Flatten(string prefix, (string Key, string Value)[] tags) =>
        tags.SelectMany((tag, index) => new[] { $"{prefix}.{index + 1}.Key={tag.Key}", $"{prefix}.{index + 1}.Value={tag.Value}" });
}
