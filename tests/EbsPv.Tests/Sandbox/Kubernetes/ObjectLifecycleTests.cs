using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes;
using Xunit;
using static EbsPv.Tests.Sandbox.Kubernetes.KubernetesHost;

namespace EbsPv.Tests.Sandbox.Kubernetes;

public class ObjectLifecycleTests
{
    private const string Modified = "the object has been modified; please apply your changes to the latest version and try again";

    [Fact]
    public async Task Name_is_taken_once()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        var reply = await host.PostAsync(VolumesPath, Manifests.Volume("pv"));
        Assert.Equal((409, "AlreadyExists", "persistentvolumes \"pv\" already exists"), (reply.Code, reply.Reason, reply.Message));
    }

    [Fact]
    public async Task Metadata_is_the_servers()
    {
        await using var host = await StartAsync();
        var volume = Manifests.Volume("pv").With("metadata.uid", "\"mine\"").With("metadata.creationTimestamp", "\"2001-01-01T00:00:00Z\"");
        var first = (await host.PostAsync(VolumesPath, volume)).Body.AsObject();
        var second = (await host.PostAsync(VolumesPath, Manifests.Volume("other"))).Body.AsObject();
        Assert.True(Guid.TryParse(first.Uid(), out _));
        Assert.Matches(@"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$", first.Text("metadata", "creationTimestamp")!);
        Assert.False(first.Text("metadata", "creationTimestamp")!.StartsWith("2001", StringComparison.Ordinal));
        Assert.True(long.Parse(second.ResourceVersion()) > long.Parse(first.ResourceVersion()));
    }

    [Fact]
    public async Task Resource_version_on_a_new_object_is_refused()
    {
        await using var host = await StartAsync();
        var reply = await host.PostAsync(VolumesPath, Manifests.Volume("pv").With("metadata.resourceVersion", "\"5\""));
        Assert.Equal((500, "resourceVersion should not be set on objects to be created"), (reply.Code, reply.Message));
    }

    [Fact]
    public async Task Generated_name_starts_as_asked()
    {
        await using var host = await StartAsync();
        var volume = Manifests.Volume("pv").With("metadata.name", null).With("metadata.generateName", "\"pv-\"");
        Assert.Matches("^pv-[a-z0-9]{5}$", (await host.PostAsync(VolumesPath, volume)).Body.AsObject().Name());
    }

    [Fact]
    public async Task Dry_run_checks_and_keeps_nothing()
    {
        await using var host = await StartAsync();
        Assert.Equal(201, (await host.PostAsync($"{VolumesPath}?dryRun=All", Manifests.Volume("pv"))).Code);
        Assert.Equal(422, (await host.PostAsync($"{VolumesPath}?dryRun=All", Manifests.Volume("Bad_"))).Code);
        Assert.Equal(404, (await host.GetAsync($"{VolumesPath}/pv")).Code);
        Assert.Equal(422, (await host.PostAsync($"{VolumesPath}?dryRun=some", Manifests.Volume("pv"))).Code);

        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        Assert.Equal(200, (await host.DeleteAsync($"{VolumesPath}/pv?dryRun=All")).Code);
        Assert.Equal(200, (await host.PatchAsync($"{VolumesPath}/pv?dryRun=All", """{"metadata":{"labels":{"a":"b"}}}""")).Code);
        var volume = (await host.GetAsync($"{VolumesPath}/pv")).Body.AsObject();
        Assert.False(volume.IsDeleting());
        Assert.Null(volume.At("metadata", "labels"));
    }

    [Fact]
    public async Task Namespace_must_exist_and_agree()
    {
        await using var host = await StartAsync();
        var missing = await host.PostAsync("/api/v1/namespaces/nowhere/persistentvolumeclaims", Manifests.Claim("c"));
        Assert.Equal((404, "namespaces \"nowhere\" not found"), (missing.Code, missing.Message));
        var other = await host.PostAsync(Claims, Manifests.Claim("c").With("metadata.namespace", "\"kube-system\""));
        Assert.Equal((400, "the namespace of the provided object does not match the namespace sent on the request"), (other.Code, other.Message));
    }

    [Fact]
    public async Task Put_of_an_old_version_is_a_conflict()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        var read = (await host.GetAsync($"{VolumesPath}/pv")).Body;
        read["metadata"]!["labels"] = new JsonObject { ["a"] = "b" };
        Assert.Equal(200, (await host.PutAsync($"{VolumesPath}/pv", read)).Code);
        var reply = await host.PutAsync($"{VolumesPath}/pv", read);
        Assert.Equal((409, "Conflict", $"Operation cannot be fulfilled on persistentvolumes \"pv\": {Modified}"), (reply.Code, reply.Reason, reply.Message));
    }

    [Fact]
    public async Task Put_checks_name_uid_and_existence()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        var name = await host.PutAsync($"{VolumesPath}/pv", Manifests.Volume("other"));
        Assert.Equal((400, "the name of the object (other) does not match the name on the URL (pv)"), (name.Code, name.Message));
        Assert.Equal(409, (await host.PutAsync($"{VolumesPath}/pv", Manifests.Volume("pv").With("metadata.uid", "\"x\""))).Code);
        Assert.Equal(404, (await host.PutAsync($"{VolumesPath}/none", Manifests.Volume("none"))).Code);
    }

    [Fact]
    public async Task Status_is_written_through_its_own_path_only()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        var ignored = await host.PatchAsync($"{VolumesPath}/pv", """{"status":{"phase":"Failed"}}""");
        Assert.Equal("Available", ignored.Body["status"]!["phase"]!.GetValue<string>());
        var written = await host.PatchAsync($"{VolumesPath}/pv/status", """{"status":{"message":"hello"},"spec":{"capacity":{"storage":"1Gi"}}}""");
        Assert.Equal("hello", written.Body["status"]!["message"]!.GetValue<string>());
        Assert.Equal("10Gi", written.Body["spec"]!["capacity"]!["storage"]!.GetValue<string>());
    }

    [Fact]
    public async Task Update_that_changes_nothing_makes_no_version()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        var before = (await host.GetAsync($"{VolumesPath}/pv")).Body.AsObject();
        var after = (await host.PatchAsync($"{VolumesPath}/pv", """{"spec":{"capacity":{"storage":"10240Mi"}}}""")).Body.AsObject();
        Assert.Equal(before.ResourceVersion(), after.ResourceVersion());
    }

    [Theory]
    [InlineData("uid", "does not match the UID in record")]
    [InlineData("resourceVersion", "does not match the ResourceVersion in record")]
    public async Task Delete_holds_to_its_preconditions(string field, string message)
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        var volume = (await host.GetAsync($"{VolumesPath}/pv")).Body.AsObject();
        var reply = await host.DeleteAsync($"{VolumesPath}/pv", Preconditions(field, "1"));
        Assert.Equal((409, "Conflict"), (reply.Code, reply.Reason));
        Assert.Contains(message, reply.Message);

        Assert.Equal(200, (await host.DeleteAsync($"{VolumesPath}/pv", Preconditions(field, volume.Text("metadata", field)!))).Code);
        await host.SettleAsync();
        Assert.Equal(404, (await host.GetAsync($"{VolumesPath}/pv")).Code);
    }

    [Fact]
    public async Task Object_stays_until_its_finalizers_are_gone()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv").With("metadata.finalizers", """["example.com/mine"]""")));
        Assert.True((await host.DeleteAsync($"{VolumesPath}/pv")).Body.AsObject().IsDeleting());
        await host.SettleAsync();
        Assert.Equal(["example.com/mine"], host.Api.State.Get("persistentvolumes", "pv")!.Finalizers());

        var added = await host.PatchAsync($"{VolumesPath}/pv", """{"metadata":{"finalizers":["example.com/mine","example.com/more"]}}""");
        Assert.Equal(["metadata.finalizers: FieldValueForbidden"], added.Causes);
        var undeleted = await host.PatchAsync($"{VolumesPath}/pv", """{"metadata":{"deletionTimestamp":null}}""");
        Assert.True(undeleted.Body.AsObject().IsDeleting());

        Assert.Equal(200, (await host.PatchAsync($"{VolumesPath}/pv", """{"metadata":{"finalizers":null}}""")).Code);
        Assert.Equal(404, (await host.GetAsync($"{VolumesPath}/pv")).Code);
    }

    [Fact]
    public async Task Delete_answers_with_the_object_or_with_success()
    {
        await using var host = await StartAsync();
        await host.CreateAsync((Classes, Manifests.Class("c")));
        Assert.Equal("StorageClass", (await host.DeleteAsync($"{Classes}/c")).Body["kind"]!.GetValue<string>());
        var node = await host.DeleteAsync("/api/v1/nodes/ip-172-20-15-7.eu-west-1.compute.internal");
        Assert.Equal("Success", node.Body["status"]!.GetValue<string>());
        Assert.Equal("nodes", node.Body["details"]!["kind"]!.GetValue<string>());
        Assert.Equal(403, (await host.DeleteAsync("/api/v1/namespaces/default")).Code);
    }

    [Theory]
    [InlineData("GET", "/api/v1/disks", 404)]
    [InlineData("GET", "/apis/example.com/v1/disks", 404)]
    [InlineData("GET", "/api/v1/persistentvolumes/none", 404)]
    [InlineData("GET", "/api/v1/persistentvolumes/none/scale", 404)]
    [InlineData("DELETE", "/api/v1/persistentvolumes", 405)]
    [InlineData("POST", "/api/v1/persistentvolumes/pv", 405)]
    [InlineData("PUT", "/api/v1/persistentvolumes", 405)]
    [InlineData("POST", "/api/v1/persistentvolumeclaims", 405)]
    public async Task What_is_not_there_is_404_or_405(string method, string path, int code)
    {
        await using var host = await StartAsync();
        var body = method is "POST" or "PUT" ? new JsonObject() : null;
        Assert.Equal(code, (await host.SendAsync(new HttpMethod(method), path, body)).Code);
    }

    [Fact]
    public async Task Mutating_admission_changes_what_is_stored()
    {
        await using var host = await StartAsync(options => options.MutateOnCreate = owner => owner.With("metadata.labels", """{"mutated":"yes"}"""));
        await host.CreateAsync((VolumesPath, Manifests.Volume("pv")));
        Assert.Equal("yes", host.Api.State.Get("persistentvolumes", "pv").Text("metadata", "labels", "mutated"));
    }

    private static JsonObject Preconditions(string field, string value) =>
        new() { ["preconditions"] = new JsonObject { [field] = value } };
}
