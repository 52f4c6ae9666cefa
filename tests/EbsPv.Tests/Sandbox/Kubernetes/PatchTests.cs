using EbsPv.Sandbox.Kubernetes;
using Xunit;
using static EbsPv.Tests.Sandbox.Kubernetes.KubernetesHost;

namespace EbsPv.Tests.Sandbox.Kubernetes;

public class PatchTests
{
    [Fact]
    public async Task Merge_patch_merges_objects_and_replaces_lists()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv").With("metadata.labels", """{"a":"1","b":"2"}""")));
        var volume = (await host.PatchAsync($"{VolumesPath}/pv", """
            {"metadata":{"labels":{"a":null,"c":"3"}},"spec":{"accessModes":["ReadWriteMany"]}}
            """)).Body;
        Assert.Equal("""{"b":"2","c":"3"}""", volume["metadata"]!["labels"]!.ToJsonString());
        Assert.Equal(["ReadWriteMany"], volume.Texts("spec", "accessModes"));
    }

    [Fact]
    public async Task Strategic_patch_knows_the_lists_with_keys()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        var volume = (await host.PatchAsync($"{VolumesPath}/pv", """
            {"metadata":{"finalizers":["example.com/mine"]},"spec":{"accessModes":["ReadWriteMany"]}}
            """, Strategic)).Body.AsObject();
        Assert.Equal(["kubernetes.io/pv-protection", "example.com/mine"], volume.Finalizers());
        Assert.Equal(["ReadWriteMany"], volume.Texts("spec", "accessModes"));

        const string node = "/api/v1/nodes/ip-172-20-42-11.eu-west-1.compute.internal/status";
        var patched = (await host.PatchAsync(node, """{"status":{"conditions":[{"type":"Ready","status":"False"}]}}""", Strategic)).Body;
        Assert.Equal(4, patched.Objects("status", "conditions").Count);
        Assert.Equal("False", patched.Objects("status", "conditions").Single(one => one.Text("type") == "Ready").Text("status"));

        var removed = await host.PatchAsync(
            $"{VolumesPath}/pv", """{"metadata":{"$deleteFromPrimitiveList/finalizers":["example.com/mine"]}}""", Strategic);
        Assert.Equal(["kubernetes.io/pv-protection"], removed.Body.AsObject().Finalizers());
    }

    [Fact]
    public async Task Json_patch_applies_its_steps_or_none()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv").With("metadata.labels", """{"a/b":"1"}""")));
        var volume = (await host.PatchAsync($"{VolumesPath}/pv", """
            [{"op":"test","path":"/metadata/labels/a~1b","value":"1"},{"op":"move","from":"/metadata/labels/a~1b","path":"/metadata/labels/c"},
            {"op":"add","path":"/spec/accessModes/-","value":"ReadWriteMany"},{"op":"remove","path":"/spec/accessModes/0"}]
            """, JsonPatch)).Body;
        Assert.Equal("""{"c":"1"}""", volume["metadata"]!["labels"]!.ToJsonString());
        Assert.Equal(["ReadWriteMany"], volume.Texts("spec", "accessModes"));

        var failed = await host.PatchAsync($"{VolumesPath}/pv", """
            [{"op":"add","path":"/metadata/labels/d","value":"1"},{"op":"test","path":"/metadata/name","value":"other"}]
            """, JsonPatch);
        Assert.Equal((422, "the server rejected our request due to an error in our request"), (failed.Code, failed.Message));
        Assert.Null(host.Api.State.Get("persistentvolumes", "pv").At("metadata", "labels", "d"));
    }

    [Fact]
    public async Task Patch_with_an_old_version_is_a_conflict()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        var reply = await host.PatchAsync($"{VolumesPath}/pv", """{"metadata":{"resourceVersion":"1","labels":{"a":"b"}}}""");
        Assert.Equal((409, "Conflict"), (reply.Code, reply.Reason));
    }

    [Theory]
    [InlineData("application/apply-patch+yaml", "{}", 415)]
    [InlineData("application/json", "{}", 415)]
    [InlineData(Merge, "{", 400)]
    [InlineData(JsonPatch, "{}", 400)]
    [InlineData(Merge, """{"metadata":{"name":"other"}}""", 400)]
    [InlineData(Merge, """{"metadata":{"uid":"other"}}""", 422)]
    [InlineData(Merge, """{"kind":"Pod"}""", 422)]
    [InlineData(Merge, """{"spec":{"capacity":{"storage":"10GB"}}}""", 422)]
    public async Task Bad_patch_changes_nothing(string type, string patch, int code)
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        var before = host.Api.State.Get("persistentvolumes", "pv")!.ResourceVersion();
        Assert.Equal(code, (await host.PatchAsync($"{VolumesPath}/pv", patch, type)).Code);
        Assert.Equal(before, host.Api.State.Get("persistentvolumes", "pv")!.ResourceVersion());
    }

    [Fact]
    public async Task Strict_patch_refuses_unknown_fields_and_a_lax_one_warns()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        const string patch = """{"spec":{"size":"1"}}""";
        Assert.Equal(422, (await host.PatchAsync($"{VolumesPath}/pv?fieldValidation=Strict", patch)).Code);
        Assert.Single((await host.PatchAsync($"{VolumesPath}/pv", patch)).Warnings);
        Assert.Equal(404, (await host.PatchAsync($"{VolumesPath}/none", patch)).Code);
    }
}
