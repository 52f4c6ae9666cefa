using EbsPv.Sandbox.Kubernetes;
using Xunit;
using static EbsPv.Tests.Sandbox.Kubernetes.KubernetesHost;

namespace EbsPv.Tests.Sandbox.Kubernetes;

public class ClaimAndClassTests
{
    [Theory]
    [InlineData("spec.accessModes", "[]", "spec.accessModes: FieldValueRequired")]
    [InlineData("spec.resources", null, "spec.resources[storage]: FieldValueRequired")]
    [InlineData("spec.resources.requests.storage", "\"0\"", "spec.resources[storage]: FieldValueInvalid")]
    [InlineData("spec.storageClassName", "\"A_\"", "spec.storageClassName: FieldValueInvalid")]
    [InlineData("spec.volumeMode", "\"x\"", "spec.volumeMode: FieldValueNotSupported")]
    public async Task Invalid_claim_is_a_422(string path, string? json, string cause)
    {
        await using var host = await StartAsync();
        Assert.Equal([cause], (await host.PostAsync(Claims, Manifests.Claim("c").With(path, json))).Causes);
    }

    [Theory]
    [InlineData("""{"spec":{"volumeName":"other"}}""", "spec: FieldValueForbidden")]
    [InlineData("""{"spec":{"storageClassName":"other"}}""", "spec: FieldValueForbidden")]
    [InlineData("""{"spec":{"resources":{"requests":{"storage":"1Gi"}}}}""", "spec.resources.requests.storage: FieldValueForbidden")]
    public async Task Bound_claim_is_immutable_but_for_a_larger_size(string patch, string cause)
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")), (Claims, Manifests.Claim("c")));
        Assert.Equal([cause], (await host.PatchAsync($"{Claims}/c", patch)).Causes);
    }

    [Theory]
    [InlineData("", 403)]
    [InlineData("\"allowVolumeExpansion\": true", 200)]
    public async Task Claim_grows_only_where_its_class_allows_it(string more, int code)
    {
        await using var host = await StartAsync();
        await host.CreateAsync((Classes, Manifests.Class("manual-ebs", more)), (VolumesPath, Manifests.Volume("pv")), (Claims, Manifests.Claim("c")));
        var reply = await host.PatchAsync($"{Claims}/c", """{"spec":{"resources":{"requests":{"storage":"8Gi"}}}}""");
        Assert.Equal(code, reply.Code);
        if (code == 403)
            Assert.Equal("persistentvolumeclaims \"c\" is forbidden: only dynamically provisioned pvc can be resized and the storageclass "
                + "that provisions the pvc must support resize", reply.Message);
    }

    [Fact]
    public async Task Class_without_an_object_does_not_grow()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")), (Claims, Manifests.Claim("c")));
        Assert.Equal(403, (await host.PatchAsync($"{Claims}/c", """{"spec":{"resources":{"requests":{"storage":"8Gi"}}}}""")).Code);
    }

    [Fact]
    public async Task Unbound_claim_may_be_given_its_volume_once()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((Claims, Manifests.Claim("c")));
        Assert.Equal(200, (await host.PatchAsync($"{Claims}/c", """{"spec":{"volumeName":"pv"}}""")).Code);
        Assert.Equal(422, (await host.PatchAsync($"{Claims}/c", """{"spec":{"volumeName":"other"}}""")).Code);
    }

    [Fact]
    public async Task Claim_without_a_class_gets_the_default_one()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((Claims, Manifests.Claim("before").With("spec.storageClassName", null)));
        var gp3 = Manifests.Class("gp3").With("metadata.annotations", """{"storageclass.kubernetes.io/is-default-class":"true"}""");
        await host.CreateAsync((Classes, gp3), (Claims, Manifests.Claim("after").With("spec.storageClassName", null)),
            (Claims, Manifests.Claim("none").With("spec.storageClassName", "\"\"")));
        Assert.Equal([null, "gp3", ""], ((string[])["before", "after", "none"]).Select(name =>
            host.Api.State.Get("persistentvolumeclaims", name, "default").Text("spec", "storageClassName")));
    }

    [Fact]
    public async Task Storage_class_needs_a_provisioner_and_keeps_it()
    {
        await using var host = await StartAsync();
        Assert.Equal(["provisioner: FieldValueRequired"], (await host.PostAsync(Classes, Manifests.Class("c").With("provisioner", null))).Causes);
        await host.CreateAsync((Classes, Manifests.Class("c")));
        var reply = await host.PutAsync($"{Classes}/c", Manifests.Class("c", """
            "parameters":{"type":"gp3"},"reclaimPolicy":"Retain","volumeBindingMode":"WaitForFirstConsumer"
            """).With("provisioner", "\"ebs.csi.aws.com\""));
        Assert.Equal(
            ["parameters: FieldValueForbidden", "provisioner: FieldValueForbidden", "reclaimPolicy: FieldValueForbidden", "volumeBindingMode: FieldValueInvalid"],
            reply.Causes);
        Assert.Equal(200, (await host.PatchAsync($"{Classes}/c", """{"allowVolumeExpansion":true}""")).Code);
    }
}
