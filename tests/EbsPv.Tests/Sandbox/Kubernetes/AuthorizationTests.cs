using System.Net.Http.Headers;
using EbsPv.Sandbox.Kubernetes;
using Xunit;
using static EbsPv.Tests.Sandbox.Kubernetes.KubernetesHost;

namespace EbsPv.Tests.Sandbox.Kubernetes;

public class AuthorizationTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Unknown_or_no_token_is_a_401(string? token)
    {
        await using var host = await StartAsync();
        host.Client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        foreach (var path in (string[])[VolumesPath, "/version", "/apis"])
        {
            var reply = await host.GetAsync(path);
            Assert.Equal((401, "Unauthorized"), (reply.Code, reply.Reason));
        }
    }

    [Theory]
    [InlineData("/readyz")]
    [InlineData("/livez")]
    [InlineData("/healthz")]
    public async Task Health_needs_no_token(string path)
    {
        await using var host = await StartAsync();
        host.Client.DefaultRequestHeaders.Authorization = null;
        Assert.Equal("ok", (await host.GetAsync(path)).Body.ToString());
    }

    [Fact]
    public async Task Anonymous_may_be_let_in()
    {
        await using var host = await StartAsync(options => options.Anonymous = new SandboxUser("system:anonymous", ["list nodes"]));
        host.Client.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(200, (await host.GetAsync("/api/v1/nodes")).Code);
        Assert.Contains("User \"system:anonymous\" cannot list", (await host.GetAsync(VolumesPath)).Message);
    }

    [Theory]
    [InlineData("GET", "/api/v1/persistentvolumes",
        "persistentvolumes is forbidden: User \"viewer\" cannot list resource \"persistentvolumes\" in API group \"\" at the cluster scope")]
    [InlineData("POST", "/api/v1/persistentvolumes",
        "persistentvolumes is forbidden: User \"viewer\" cannot create resource \"persistentvolumes\" in API group \"\" at the cluster scope")]
    [InlineData("DELETE", "/api/v1/persistentvolumes/x",
        "persistentvolumes \"x\" is forbidden: User \"viewer\" cannot delete resource \"persistentvolumes\" in API group \"\" at the cluster scope")]
    [InlineData("POST", "/api/v1/namespaces/default/persistentvolumeclaims",
        "persistentvolumeclaims is forbidden: User \"viewer\" cannot create resource \"persistentvolumeclaims\" in API group \"\" in the namespace \"default\"")]
    [InlineData("GET", "/apis/storage.k8s.io/v1/storageclasses?watch=1",
        "storageclasses.storage.k8s.io is forbidden: User \"viewer\" cannot watch resource \"storageclasses\" in API group \"storage.k8s.io\" at the cluster scope")]
    public async Task What_a_user_may_not_is_a_403_in_the_real_words(string method, string path, string message)
    {
        await using var host = await StartAsync(options => options.Tokens["v"] = new SandboxUser("viewer", ["get persistentvolumes", "* nodes"]));
        host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "v");
        var reply = await host.SendAsync(new HttpMethod(method), path);
        Assert.Equal((403, "Forbidden", message), (reply.Code, reply.Reason, reply.Message));
        Assert.Equal(404, (await host.GetAsync($"{VolumesPath}/x")).Code);
        Assert.Equal(3, (await host.GetAsync("/api/v1/nodes")).Names.Count);
    }
}
