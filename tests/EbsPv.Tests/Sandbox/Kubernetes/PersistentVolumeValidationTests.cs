using Xunit;
using static EbsPv.Tests.Sandbox.Kubernetes.KubernetesHost;

namespace EbsPv.Tests.Sandbox.Kubernetes;

public class PersistentVolumeValidationTests
{
    [Theory]
    [InlineData("metadata.name", "\"Bad_Name\"", "metadata.name: FieldValueInvalid")]
    [InlineData("metadata.name", null, "metadata.name: FieldValueRequired")]
    [InlineData("metadata.labels", """{"a b":"c"}""", "metadata.labels: FieldValueInvalid")]
    [InlineData("metadata.labels", """{"a":"c d"}""", "metadata.labels: FieldValueInvalid")]
    [InlineData("metadata.annotations", """{"x y":"1"}""", "metadata.annotations: FieldValueInvalid")]
    [InlineData("metadata.finalizers", """["foo"]""", "metadata.finalizers[0]: FieldValueInvalid")]
    [InlineData("spec.capacity", """{"storage":"0"}""", "spec.capacity[storage]: FieldValueInvalid")]
    [InlineData("spec.capacity", """{"cpu":"1"}""", "spec.capacity: FieldValueNotSupported")]
    [InlineData("spec.capacity", """{"storage":"1Gi","cpu":"1"}""", "spec.capacity: FieldValueNotSupported")]
    [InlineData("spec.capacity", null, "spec.capacity: FieldValueRequired", "spec.capacity: FieldValueNotSupported")]
    [InlineData("spec.accessModes", "[]", "spec.accessModes: FieldValueRequired")]
    [InlineData("spec.accessModes", """["RWO"]""", "spec.accessModes: FieldValueNotSupported")]
    [InlineData("spec.accessModes", """["ReadWriteOnce","ReadWriteOncePod"]""", "spec.accessModes: FieldValueForbidden")]
    [InlineData("spec.csi", null, "spec: FieldValueRequired")]
    [InlineData("spec.awsElasticBlockStore", """{"volumeID":"vol-1"}""", "spec.csi: FieldValueForbidden")]
    [InlineData("spec.csi", """{"volumeHandle":"vol-1"}""", "spec.csi.driver: FieldValueRequired", "spec.csi.driver: FieldValueInvalid")]
    [InlineData("spec.csi", """{"driver":"ebs.csi.aws.com"}""", "spec.csi.volumeHandle: FieldValueRequired")]
    [InlineData("spec.persistentVolumeReclaimPolicy", "\"Keep\"", "spec.persistentVolumeReclaimPolicy: FieldValueNotSupported")]
    [InlineData("spec.volumeMode", "\"File\"", "spec.volumeMode: FieldValueNotSupported")]
    [InlineData("spec.storageClassName", "\"Manual_EBS\"", "spec.storageClassName: FieldValueInvalid")]
    [InlineData("spec.volumeAttributesClassName", "\"\"", "spec.volumeAttributesClassName: FieldValueRequired")]
    [InlineData("spec.nodeAffinity", "{}", "spec.nodeAffinity.required: FieldValueRequired")]
    [InlineData("spec.nodeAffinity.required", """{"nodeSelectorTerms":[]}""",
        "spec.nodeAffinity.required.nodeSelectorTerms: FieldValueRequired")]
    [InlineData("spec.nodeAffinity.required.nodeSelectorTerms", """[{"matchExpressions":[{"key":"a","operator":"In","values":[]}]}]""",
        "spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values: FieldValueRequired")]
    [InlineData("spec.nodeAffinity.required.nodeSelectorTerms", """[{"matchExpressions":[{"key":"a","operator":"Is","values":["x"]}]}]""",
        "spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].operator: FieldValueInvalid")]
    [InlineData("spec.nodeAffinity.required.nodeSelectorTerms", """[{"matchExpressions":[{"key":"a","operator":"Exists","values":["x"]}]}]""",
        "spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values: FieldValueForbidden")]
    public async Task Invalid_field_is_a_422_that_names_it(string path, string? json, params string[] causes)
    {
        await using var host = await StartAsync();
        var reply = await host.PostAsync(VolumesPath, Manifests.Volume("pv").With(path, json));

        Assert.Equal(422, reply.Code);
        Assert.Equal("Invalid", reply.Reason);
        Assert.Equal(causes, reply.Causes);
        Assert.Empty(host.Api.State.List("persistentvolumes"));
    }

    [Fact]
    public async Task Name_may_have_253_characters_and_no_more()
    {
        await using var host = await StartAsync();
        Assert.Equal(201, (await host.PostAsync(VolumesPath, Manifests.Volume(new string('a', 253)))).Code);
        var reply = await host.PostAsync(VolumesPath, Manifests.Volume(new string('a', 254)));
        Assert.Equal(422, reply.Code);
        Assert.Contains("must be no more than 253 characters", reply.Message);
    }

    [Fact]
    public async Task Message_is_the_real_servers()
    {
        await using var host = await StartAsync();
        var reply = await host.PostAsync(VolumesPath, Manifests.Volume("pv").With("spec.capacity.storage", "\"0\""));
        Assert.Equal("PersistentVolume \"pv\" is invalid: spec.capacity[storage]: Invalid value: \"0\": must be greater than zero", reply.Message);
        Assert.Equal("PersistentVolume", reply.Body["details"]!["kind"]!.GetValue<string>());
    }

    [Fact]
    public async Task In_tree_source_is_accepted_without_a_warning_and_needs_its_volume()
    {
        await using var host = await StartAsync();
        var volume = Manifests.Volume("pv").With("spec.csi", null).With("spec.awsElasticBlockStore", """{"volumeID":"REPLACE_ME_1"}""");
        var reply = await host.PostAsync(VolumesPath, volume);
        Assert.Equal(201, reply.Code);
        Assert.Empty(reply.Warnings);

        var without = await host.PostAsync(VolumesPath, Manifests.Volume("other").With("spec.csi", null).With("spec.awsElasticBlockStore", "{}"));
        Assert.Equal(["spec.awsElasticBlockStore.volumeID: FieldValueRequired"], without.Causes);
    }

    [Fact]
    public async Task Attributes_class_needs_csi()
    {
        await using var host = await StartAsync();
        var volume = Manifests.Volume("pv").With("spec.csi", null).With("spec.awsElasticBlockStore", """{"volumeID":"vol-1"}""")
            .With("spec.volumeAttributesClassName", "\"gold\"");
        Assert.Equal(["spec.csi: FieldValueRequired"], (await host.PostAsync(VolumesPath, volume)).Causes);
    }

    [Fact]
    public async Task One_volume_handle_may_have_two_volumes()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("one")), (VolumesPath, Manifests.Volume("two").With("spec.csi.volumeHandle", "\"vol-one\"")));
        Assert.Equal(2, host.Api.State.List("persistentvolumes").Count);
    }

    [Theory]
    [InlineData("spec.persistentVolumeReclaimPolicy", "\"Recycle\"", "The Recycle reclaim policy is deprecated")]
    [InlineData("spec.nodeAffinity.required.nodeSelectorTerms",
        """[{"matchExpressions":[{"key":"failure-domain.beta.kubernetes.io/zone","operator":"In","values":["a"]}]}]""",
        "failure-domain.beta.kubernetes.io/zone is deprecated")]
    public async Task Outdated_value_is_accepted_with_a_warning(string path, string json, string warning)
    {
        await using var host = await StartAsync();
        var reply = await host.PostAsync(VolumesPath, Manifests.Volume("pv").With(path, json));
        Assert.Equal(201, reply.Code);
        Assert.Contains(warning, Assert.Single(reply.Warnings));
    }

    [Fact]
    public async Task Defaults_and_finalizer_are_those_of_the_real_server()
    {
        await using var host = await StartAsync(options => options.RunBinder = false);
        var volume = (await host.PostAsync(VolumesPath, Manifests.Volume("pv").With("status", """{"phase":"Bound"}"""))).Body;
        Assert.Equal("Retain", volume["spec"]!["persistentVolumeReclaimPolicy"]!.GetValue<string>());
        Assert.Equal("Filesystem", volume["spec"]!["volumeMode"]!.GetValue<string>());
        Assert.Equal("Pending", volume["status"]!["phase"]!.GetValue<string>());
        Assert.Equal("""["kubernetes.io/pv-protection"]""", volume["metadata"]!["finalizers"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"spec":{"csi":{"volumeHandle":"vol-2"}}}""", "spec.persistentvolumesource: FieldValueForbidden")]
    [InlineData("""{"spec":{"csi":null,"awsElasticBlockStore":{"volumeID":"vol-2"}}}""", "spec.persistentvolumesource: FieldValueForbidden")]
    [InlineData("""{"spec":{"volumeMode":"Block"}}""", "volumeMode: FieldValueInvalid")]
    [InlineData("""{"spec":{"nodeAffinity":null}}""", "nodeAffinity: FieldValueInvalid")]
    public async Task What_is_immutable_cannot_be_patched(string patch, string cause)
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.InZone("pv", "eu-west-1b")));
        var reply = await host.PatchAsync($"{VolumesPath}/pv", patch);
        Assert.Equal(422, reply.Code);
        Assert.Equal([cause], reply.Causes);
    }

    [Fact]
    public async Task Node_affinity_can_be_set_once_and_the_rest_of_a_free_volume_at_any_time()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        var affinity = $$$"""{"spec":{"nodeAffinity":{{{Manifests.Zone("eu-west-1b").ToJsonString()}}} } }""";
        Assert.Equal(200, (await host.PatchAsync($"{VolumesPath}/pv", affinity)).Code);
        Assert.Equal(422, (await host.PatchAsync($"{VolumesPath}/pv", affinity.Replace("1b", "1c"))).Code);
        var reply = await host.PatchAsync($"{VolumesPath}/pv", """
            {"spec":{"capacity":{"storage":"20480Mi"},"accessModes":["ReadWriteMany"],"storageClassName":"x",
            "persistentVolumeReclaimPolicy":"Delete","mountOptions":["noatime"]}}
            """);
        Assert.Equal(200, reply.Code);
        Assert.Equal("20Gi", reply.Body["spec"]!["capacity"]!["storage"]!.GetValue<string>());
    }
}
