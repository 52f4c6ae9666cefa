using System.Text.Json;
using EbsPv.Clients.Kubernetes;
using Xunit;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>What is there so that the first call of a session is quick must not change what it does.</summary>
public sealed class FirstCallTests
{
    [Fact]
    public async Task Nothing_fails_in_what_is_made_ready_beside_the_first_call() => await ModelWarmUp.BeginAsync();

    [Fact]
    public void Everything_that_a_kubeconfig_says_tells_clients_apart()
    {
        var user = new KubeconfigUser("admin")
        {
            Token = "secret",
            ClientCertificate = [1, 2],
            ClientKey = [5],
            ClientKeyFile = "key",
            Exec = new ExecPlugin("aws", ["eks", "get-token", "--cluster-name", "demo"], [new("AWS_PROFILE", "dev")], "client.authentication.k8s.io/v1", true) { InstallHint = "install it" },
            Impersonation = [new(KubeconfigUser.ImpersonateUser, "jane"), new("Impersonate-Group", "dev")],
        };
        var cluster = new KubeconfigCluster("demo", "https://demo.example:443") { CertificateAuthority = [3, 4], TlsServerName = "other", ExecConfig = """{"a":1}""" };
        var identity = new ClientIdentity("context", cluster, user, ["http://proxy", null]);

        // Reflection sees every property, also those that are yet to come.
        Assert.Equal(JsonSerializer.Serialize(identity), JsonSerializer.Serialize(identity, ClientIdentityJson.Default.ClientIdentity));
    }
}
