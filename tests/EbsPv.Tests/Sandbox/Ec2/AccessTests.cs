using System.Net;
using System.Text.RegularExpressions;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Tests.Help;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

/// <summary>What an access key with a policy may do, over the wire.</summary>
public class AccessTests
{
    private const string Key = "LIMITED";
    private const string Own = "vol-0aaaaaaaaaaaaaaa1";
    private const string OwnSnapshot = "snap-0aaaaaaaaaaaaaaa1";
    private const string AnySnapshot = "snap-0aaaaaaaaaaaaaaa2";
    private const string Volumes = "arn:aws:ec2:*:*:volume/*", Snapshots = "arn:aws:ec2:*:*:snapshot/*";

    [Fact]
    public async Task A_key_without_policies_may_do_everything_and_one_with_an_empty_list_nothing()
    {
        await using var ec2 = await StartAsync();
        await ec2.CreateAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await ec2.AdminAsync($"ec2/policies/{Key}", "[]")).Status);
        var refused = await RefusedAsync(() => Client(ec2).DescribeVolumesAsync(new DescribeVolumesRequest(), Ec2Harness.Stop), "ec2:DescribeVolumes", "");
        Assert.Equal(403, (int)refused.StatusCode);
        Assert.Matches(
            @"^You are not authorized to perform this operation\. User: arn:aws:iam::123456789012:user/sandbox is not authorized to perform: ec2:DescribeVolumes "
            + @"because no identity-based policy allows the ec2:DescribeVolumes action\. Encoded authorization failure message: [A-Za-z0-9+/=]{20,}$", refused.Message);
        Assert.Equal(6, (await ec2.VolumeIdsAsync()).Count);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ec2:CreateTags"}}""")]
    public async Task A_policy_that_is_not_understood_is_a_mistake_and_changes_nothing(string policy)
    {
        await using var ec2 = await StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await ec2.AdminAsync($"ec2/policies/{Key}", policy)).Status);
        await Client(ec2).DescribeVolumesAsync(new DescribeVolumesRequest(), Ec2Harness.Stop);
    }

    [Fact]
    public async Task A_volume_needs_its_tag_in_the_request_and_the_right_to_tag_as_it_is_made()
    {
        await using var ec2 = await StartAsync();
        const string create = """{"Effect":"Allow","Action":"ec2:CreateVolume","Resource":"arn:aws:ec2:*:*:volume/*","Condition":{"StringEquals":{"aws:RequestTag/cluster":"a"}}}""";
        await AllowAsync(ec2, create);
        await RefusedAsync(() => CreateAsync(ec2), "ec2:CreateVolume", "volume/*");
        await RefusedAsync(() => CreateAsync(ec2, ("cluster", "b")), "ec2:CreateVolume", "volume/*");
        await RefusedAsync(() => CreateAsync(ec2, ("cluster", "a")), "ec2:CreateTags", "volume/*");
        await AllowAsync(ec2, create + """,{"Effect":"Allow","Action":"ec2:CreateTags","Resource":"*","Condition":{"StringEquals":{"ec2:CreateAction":"CreateVolume"}}}""");
        var made = await CreateAsync(ec2, ("cluster", "a"));
        await RefusedAsync(() => TagAsync(ec2, made, "cluster", "b"), "ec2:CreateTags", made);
    }

    [Fact]
    public async Task A_volume_out_of_a_snapshot_needs_the_snapshot_too()
    {
        await using var ec2 = await StartAsync();
        const string create = """{"Effect":"Allow","Action":"ec2:CreateVolume","Resource":"arn:aws:ec2:*:*:volume/*"}""";
        await AllowAsync(ec2, create);
        await CreateAsync(ec2);
        await RefusedAsync(() => RestoreAsync(ec2, AnySnapshot), "ec2:CreateVolume", $"arn:aws:ec2:eu-west-1::snapshot/{AnySnapshot}");
        await AllowAsync(ec2, create + """,{"Effect":"Allow","Action":"ec2:CreateVolume","Resource":"arn:aws:ec2:*:*:snapshot/*","Condition":{"StringEquals":{"ec2:ResourceTag/cluster":"a"}}}""");
        await RefusedAsync(() => RestoreAsync(ec2, AnySnapshot), "ec2:CreateVolume", AnySnapshot);
        await RestoreAsync(ec2, OwnSnapshot);
    }

    [Theory]
    [InlineData("ec2:ResourceTag/cluster")]
    [InlineData("aws:ResourceTag/cluster")]
    public async Task Changing_and_deleting_looks_at_the_tags_that_are_there(string key)
    {
        await using var ec2 = await StartAsync();
        await AllowAsync(ec2, On(Volumes, key, "ec2:ModifyVolume", "ec2:DeleteVolume"), On(Snapshots, key, "ec2:DeleteSnapshot"));
        var client = Client(ec2);
        var foreign = KopsCluster.ForeignVolume;
        await RefusedAsync(() => client.ModifyVolumeAsync(new ModifyVolumeRequest { VolumeId = foreign, Size = 200 }, Ec2Harness.Stop), "ec2:ModifyVolume", foreign);
        await RefusedAsync(() => client.DeleteVolumeAsync(new DeleteVolumeRequest(foreign), Ec2Harness.Stop), "ec2:DeleteVolume", foreign);
        await RefusedAsync(() => client.DeleteVolumeAsync(new DeleteVolumeRequest(Ec2Harness.Nowhere), Ec2Harness.Stop), "ec2:DeleteVolume", Ec2Harness.Nowhere);
        await RefusedAsync(() => client.DeleteSnapshotAsync(new DeleteSnapshotRequest(AnySnapshot), Ec2Harness.Stop), "ec2:DeleteSnapshot", AnySnapshot);
        await client.ModifyVolumeAsync(new ModifyVolumeRequest { VolumeId = Own, Size = 20 }, Ec2Harness.Stop);
        await client.DeleteVolumeAsync(new DeleteVolumeRequest(Own), Ec2Harness.Stop);
        await client.DeleteSnapshotAsync(new DeleteSnapshotRequest(OwnSnapshot), Ec2Harness.Stop);
    }

    [Fact]
    public async Task A_snapshot_needs_the_volume_s_tag_its_own_in_the_request_and_the_right_to_tag()
    {
        await using var ec2 = await StartAsync();
        var ofVolume = On(Volumes, "ec2:ResourceTag/cluster", "ec2:CreateSnapshot");
        var made = On(Snapshots, "aws:RequestTag/cluster", "ec2:CreateSnapshot");
        await AllowAsync(ec2, made);
        await RefusedAsync(() => SnapshotAsync(ec2, Own, ("cluster", "a")), "ec2:CreateSnapshot", $"volume/{Own}");
        await AllowAsync(ec2, ofVolume, made);
        await RefusedAsync(() => SnapshotAsync(ec2, Own), "ec2:CreateSnapshot", "snapshot/*");
        await RefusedAsync(() => SnapshotAsync(ec2, KopsCluster.ForeignVolume, ("cluster", "a")), "ec2:CreateSnapshot", KopsCluster.ForeignVolume);
        await RefusedAsync(() => SnapshotAsync(ec2, Own, ("cluster", "a")), "ec2:CreateTags", "snapshot/*");
        await AllowAsync(ec2, ofVolume, made, """{"Effect":"Allow","Action":"ec2:CreateTags","Resource":"*","Condition":{"StringEquals":{"ec2:CreateAction":"CreateSnapshot"}}}""");
        await SnapshotAsync(ec2, Own, ("cluster", "a"));
    }

    [Fact]
    public async Task Tags_are_changed_by_the_resource_s_tags_and_the_request_s_keys()
    {
        await using var ec2 = await StartAsync();
        await AllowAsync(ec2, """
            {"Effect":"Allow","Action":["ec2:CreateTags","ec2:DeleteTags"],"Resource":"arn:aws:ec2:*:*:volume/*",
             "Condition":{"StringEquals":{"ec2:ResourceTag/cluster":"a"},"Null":{"aws:TagKeys":"false"},"ForAllValues:StringLike":{"aws:TagKeys":"ebspv/*"}}}
            """);
        await TagAsync(ec2, Own, "ebspv/retired-by", "move");
        await RefusedAsync(() => TagAsync(ec2, Own, "cluster", "b"), "ec2:CreateTags", Own);
        await RefusedAsync(() => TagAsync(ec2, KopsCluster.ForeignVolume, "ebspv/x", "y"), "ec2:CreateTags", KopsCluster.ForeignVolume);
        await RefusedAsync(() => TagAsync(ec2, OwnSnapshot, "ebspv/x", "y"), "ec2:CreateTags", OwnSnapshot);
        await UntagAsync(ec2, "ebspv/retired-by");
        await RefusedAsync(() => UntagAsync(ec2, "cluster"), "ec2:DeleteTags", Own);
        await RefusedAsync(() => UntagAsync(ec2), "ec2:DeleteTags", Own);
    }

    [Fact]
    public async Task An_explicit_denial_says_so()
    {
        await using var ec2 = await StartAsync();
        await AllowAsync(ec2, """{"Effect":"Allow","Action":"ec2:*","Resource":"*"}""", """{"Effect":"Deny","Action":"ec2:DeleteVolume","Resource":"*"}""");
        var refused = await RefusedAsync(() => Client(ec2).DeleteVolumeAsync(new DeleteVolumeRequest(Own), Ec2Harness.Stop), "ec2:DeleteVolume", Own);
        Assert.Contains("with an explicit deny in an identity-based policy", refused.Message);
    }

    [Fact]
    public async Task A_reset_takes_policies_away()
    {
        await using var ec2 = await StartAsync();
        await ec2.AdminAsync($"ec2/policies/{Key}", "[]");
        await ec2.AdminAsync("reset", "{}");
        await Client(ec2).DescribeVolumesAsync(new DescribeVolumesRequest(), Ec2Harness.Stop);
    }

    [Theory]
    [InlineData("change", "ModifyVolume")]
    [InlineData("remove", "DeleteVolume")]
    public async Task The_policies_of_docs_iam_leave_etcd_and_other_clusters_alone(string policy, string action)
    {
        await using var ec2 = await StartAsync();
        await AllowFileAsync(ec2, policy);
        foreach (var volume in (string[])[KopsCluster.EtcdVolume, KopsCluster.ForeignVolume])
            await RefusedAsync(() => ActAsync(ec2, action, volume), $"ec2:{action}", volume);
    }

    [Theory]
    [InlineData("KubernetesCluster", KopsCluster.Name)]
    [InlineData("kubernetes.io/cluster/" + KopsCluster.Name, "owned")]
    [InlineData("kubernetes.io/cluster/" + KopsCluster.Name, "shared")]
    [InlineData("ebs.csi.aws.com/cluster-name", KopsCluster.Name)]
    [InlineData("eks:eks-cluster-name", KopsCluster.Name)]
    public async Task The_policies_of_docs_iam_know_a_volume_by_any_tag_of_its_cluster(string key, string value)
    {
        await using var ec2 = await StartAsync();
        await AllowFileAsync(ec2, "change", "remove");
        ec2.Server.Ec2.Change(Own, volume => volume with { Tags = [new Ec2Tag(key, value), new Ec2Tag("ebspv/retired-by", "x")] });
        await ActAsync(ec2, "ModifyVolume", Own);
        ec2.Server.Ec2.Change(Own, volume => volume with { Tags = [new Ec2Tag(key, value)] });
        await RefusedAsync(() => ActAsync(ec2, "DeleteVolume", Own), "ec2:DeleteVolume", Own);
        ec2.Server.Ec2.Change(Own, volume => volume with { Tags = [new Ec2Tag(key, value), new Ec2Tag("ebspv/set", "x")] });
        await ActAsync(ec2, "DeleteVolume", Own);
    }

    private static async Task<Ec2Harness> StartAsync()
    {
        var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Ec2.AddVolume(new VolumeSeed { VolumeId = Own, Tags = new() { ["cluster"] = "a" } }.Volumes(default).Single());
        ec2.Server.Ec2.AddSnapshot(new EbsSnapshot { SnapshotId = OwnSnapshot, VolumeSize = 1, Tags = new() { ["cluster"] = "a" } });
        ec2.Server.Ec2.AddSnapshot(new EbsSnapshot { SnapshotId = AnySnapshot, VolumeSize = 1 });
        ec2.Server.Ec2.Force(KopsCluster.ForeignVolume, "available");
        return ec2;
    }

    private static IAmazonEC2 Client(Ec2Harness ec2) => ec2.NewClient(credentials: new BasicAWSCredentials(Key, "x"));

    private static string On(string resource, string key, params string[] actions) => $$$"""
        {"Effect":"Allow","Action":[{{{string.Join(',', actions.Select(action => $"\"{action}\""))}}}],"Resource":"{{{resource}}}","Condition":{"StringEquals":{"{{{key}}}":"a"} } }
        """;

    private static async Task AllowAsync(Ec2Harness ec2, params string[] statements)
    {
        var policy = $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements)}}]}""";
        Assert.Equal(HttpStatusCode.NoContent, (await ec2.AdminAsync($"ec2/policies/{Key}", policy)).Status);
    }

    private static async Task AllowFileAsync(Ec2Harness ec2, params string[] policies)
    {
        var texts = policies.Select(policy => File.ReadAllText(Repository.PathOf($"docs/iam/{policy}.json")).Replace("CLUSTER-NAME", KopsCluster.Name, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NoContent, (await ec2.AdminAsync($"ec2/policies/{Key}", $"[{string.Join(',', texts)}]")).Status);
    }

    private static async Task<AmazonEC2Exception> RefusedAsync(Func<Task> call, string action, string resource)
    {
        var refused = await Ec2Harness.RefusedAsync(call, "UnauthorizedOperation");
        Assert.Matches($"is not authorized to perform: {action} .*{Regex.Escape(resource)}", refused.Message);
        return refused;
    }

    private static Task ActAsync(Ec2Harness ec2, string action, string volumeId) => action == "DeleteVolume"
        ? Client(ec2).DeleteVolumeAsync(new DeleteVolumeRequest(volumeId), Ec2Harness.Stop)
        : Client(ec2).ModifyVolumeAsync(new ModifyVolumeRequest { VolumeId = volumeId, Size = 200 }, Ec2Harness.Stop);

    private static async Task<string> CreateAsync(Ec2Harness ec2, params (string Key, string Value)[] tags)
    {
        var request = Ec2Harness.Gp3();
        if (tags.Length > 0) request.TagSpecifications = [Specification("volume", tags)];
        return (await Client(ec2).CreateVolumeAsync(request, Ec2Harness.Stop)).Volume.VolumeId;
    }

    private static Task RestoreAsync(Ec2Harness ec2, string snapshotId) =>
        Client(ec2).CreateVolumeAsync(new CreateVolumeRequest { AvailabilityZone = KopsCluster.ZoneB, SnapshotId = snapshotId }, Ec2Harness.Stop);

    private static Task SnapshotAsync(Ec2Harness ec2, string volumeId, params (string Key, string Value)[] tags) => Client(ec2).CreateSnapshotAsync(
        new CreateSnapshotRequest { VolumeId = volumeId, TagSpecifications = tags.Length == 0 ? null : [Specification("snapshot", tags)] }, Ec2Harness.Stop);

    private static Task TagAsync(Ec2Harness ec2, string id, string key, string value) =>
        Client(ec2).CreateTagsAsync(new CreateTagsRequest([id], [new Tag(key, value)]), Ec2Harness.Stop);

    private static Task UntagAsync(Ec2Harness ec2, params string[] keys) => Client(ec2).DeleteTagsAsync(
        new DeleteTagsRequest { Resources = [Own], Tags = keys.Length == 0 ? null : [.. keys.Select(key => new Tag(key))] }, Ec2Harness.Stop);

    private static TagSpecification Specification(string type, (string Key, string Value)[] tags) =>
        new() { ResourceType = type, Tags = [.. tags.Select(tag => new Tag(tag.Key, tag.Value))] };
}
