using Xunit;
using static EbsPv.Tests.Sandbox.Kubernetes.KubernetesHost;

namespace EbsPv.Tests.Sandbox.Kubernetes;

public class DecodingTests
{
    private const string CannotBeHandled = "PersistentVolume in version \"v1\" cannot be handled as a PersistentVolume: ";

    [Theory]
    [InlineData("spec.capacity.storage", "\"10GB\"", "quantities must match the regular expression")]
    [InlineData("spec.csi.readOnly", "\"true\"", "json: cannot unmarshal string into Go struct field PersistentVolume.spec.csi.readOnly of type bool")]
    [InlineData("spec.accessModes", "\"ReadWriteOnce\"", "json: cannot unmarshal string into Go struct field PersistentVolume.spec.accessModes of type []string")]
    [InlineData("metadata.labels.a", "1", "json: cannot unmarshal number into Go struct field PersistentVolume.metadata.labels.a of type string")]
    public async Task Wrong_type_is_a_400(string path, string json, string message)
    {
        await using var host = await StartAsync();
        var reply = await host.PostAsync(VolumesPath, Manifests.Volume("pv").With(path, json));
        Assert.Equal(400, reply.Code);
        Assert.Equal("BadRequest", reply.Reason);
        Assert.StartsWith(CannotBeHandled + message, reply.Message);
    }

    [Theory]
    [InlineData("apiVersion", "\"v2\"", "no kind \"PersistentVolume\" is registered for version \"v2\"")]
    [InlineData("kind", "\"Pod\"", "converting (v1.Pod) to (core.PersistentVolume): unknown conversion")]
    [InlineData("kind", "\"Disk\"", "no kind \"Disk\" is registered for version \"v1\"")]
    public async Task Wrong_kind_is_a_400(string path, string json, string message)
    {
        await using var host = await StartAsync();
        var reply = await host.PostAsync(VolumesPath, Manifests.Volume("pv").With(path, json));
        Assert.Equal(400, reply.Code);
        Assert.Contains(message, reply.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    public async Task What_is_no_object_is_a_400(string body)
    {
        await using var host = await StartAsync();
        var reply = await host.SendTextAsync(HttpMethod.Post, VolumesPath, body);
        Assert.Equal(400, reply.Code);
        Assert.StartsWith("the object provided is unrecognized (must be of type PersistentVolume)", reply.Message);
    }

    [Fact]
    public async Task Other_media_types_are_a_415()
    {
        await using var host = await StartAsync();
        var reply = await host.SendTextAsync(HttpMethod.Post, VolumesPath, "{}", "text/plain");
        Assert.Equal((415, "UnsupportedMediaType"), (reply.Code, reply.Reason));
    }

    [Fact]
    public async Task Strict_refuses_unknown_and_duplicate_fields()
    {
        await using var host = await StartAsync();
        var unknown = await host.PostAsync($"{VolumesPath}?fieldValidation=Strict", Manifests.Volume("pv").With("spec.csi.fsTyp", "\"ext4\""));
        Assert.Equal((400, $"{CannotBeHandled}strict decoding error: unknown field \"spec.csi.fsTyp\""), (unknown.Code, unknown.Message));

        var text = Manifests.Volume("pv").ToJsonString().Replace("\"driver\"", "\"fsType\":\"xfs\",\"driver\"");
        var duplicate = await host.SendTextAsync(HttpMethod.Post, $"{VolumesPath}?fieldValidation=Strict", text);
        Assert.Equal((400, $"{CannotBeHandled}strict decoding error: duplicate field \"spec.csi.fsType\""), (duplicate.Code, duplicate.Message));
        Assert.Empty(host.Api.State.List("persistentvolumes"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?fieldValidation=Warn")]
    public async Task Otherwise_unknown_fields_are_dropped_with_a_warning(string query)
    {
        await using var host = await StartAsync();
        var reply = await host.PostAsync(VolumesPath + query, Manifests.Volume("pv").With("spec.size", "\"1\""));
        Assert.Equal(201, reply.Code);
        Assert.Equal("299 - \"unknown field \\\"spec.size\\\"\"", Assert.Single(reply.Warnings));
        Assert.Null(reply.Body["spec"]!["size"]);
    }

    [Fact]
    public async Task Ignore_says_nothing()
    {
        await using var host = await StartAsync();
        var reply = await host.PostAsync($"{VolumesPath}?fieldValidation=Ignore", Manifests.Volume("pv").With("spec.size", "\"1\""));
        Assert.Equal(201, reply.Code);
        Assert.Empty(reply.Warnings);
    }

    [Fact]
    public async Task Old_server_knows_no_field_validation_no_once_pod_and_no_attributes_class()
    {
        await using var host = await StartAsync(options => options.ServerVersion = "v1.20.2");
        var strict = await host.PostAsync($"{VolumesPath}?fieldValidation=Strict", Manifests.Volume("pv").With("spec.size", "\"1\""));
        Assert.Equal(201, strict.Code);
        Assert.Empty(strict.Warnings);

        var pod = await host.PostAsync(VolumesPath, Manifests.Volume("pod").With("spec.accessModes", """["ReadWriteOncePod"]"""));
        Assert.Equal(["spec.accessModes: FieldValueNotSupported"], pod.Causes);

        var gold = await host.PostAsync(VolumesPath, Manifests.Volume("gold").With("spec.volumeAttributesClassName", "\"gold\""));
        Assert.Equal(201, gold.Code);
        Assert.Null(gold.Body["spec"]!["volumeAttributesClassName"]);
        Assert.Equal("20", (await host.GetAsync("/version")).Body["minor"]!.GetValue<string>());
    }
}
