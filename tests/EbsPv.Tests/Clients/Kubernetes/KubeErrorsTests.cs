using System.Net;
using EbsPv.Clients.Kubernetes;
using EbsPv.Errors;
using k8s.Autorest;
using Xunit;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>What a refusal is called, and what it asks for, by the request that it answers.</summary>
public class KubeErrorsTests
{
    [Theory]
    [InlineData("persistentvolumes", 404, ErrorIds.PersistentVolumeNotFound)]
    [InlineData("persistentvolumes", 409, ErrorIds.PersistentVolumeConflict)]
    [InlineData("persistentvolumes", 422, ErrorIds.PersistentVolumeInvalid)]
    [InlineData("persistentvolumes", 400, ErrorIds.PersistentVolumeInvalid)]
    [InlineData("persistentvolumeclaims", 404, ErrorIds.KubeObjectNotFound)]
    [InlineData("persistentvolumeclaims", 409, ErrorIds.KubeObjectConflict)]
    [InlineData("storageclasses.storage.k8s.io", 422, ErrorIds.KubeObjectInvalid)]
    [InlineData("storageclasses.storage.k8s.io", 400, ErrorIds.KubeObjectInvalid)]
    [InlineData("namespaces", 404, ErrorIds.NamespaceNotFound)]
    public void An_id_is_that_of_the_resource(string resource, int status, string errorId) =>
        Assert.Equal(errorId, Failure(Call("get", resource, "a"), status).ErrorId);

    [Fact]
    public void A_missing_namespace_is_told_from_a_missing_claim()
    {
        var call = Call("create", "persistentvolumeclaims", "shop/data");
        var failure = Failure(call, 404, """{"message":"namespaces \"shop\" not found","reason":"NotFound","details":{"name":"shop","kind":"namespaces"}}""");
        Assert.Equal((ErrorKind.NotFound, ErrorIds.NamespaceNotFound, "NotFound"), (failure.Kind, failure.ErrorId, failure.ServiceCode));
        Assert.Equal(ErrorIds.KubeObjectNotFound, Failure(call, 404, """{"details":{"kind":"persistentvolumeclaims"}}""").ErrorId);
        Assert.Equal(ErrorIds.KubeObjectNotFound, Failure(call, 404, """{"details":[]}""").ErrorId);
    }

    [Theory]
    [InlineData("create", "persistentvolumeclaims", "shop/data", "verb create on persistentvolumeclaims of the API group \"\" in namespace \"shop\"", "auth can-i create persistentvolumeclaims -n shop")]
    [InlineData("list", "persistentvolumeclaims", "shop", "verb list on persistentvolumeclaims of the API group \"\" in namespace \"shop\"", "auth can-i list persistentvolumeclaims -n shop")]
    [InlineData("get", "statefulsets.apps", "shop/db", "verb get on statefulsets of the API group \"apps\" in namespace \"shop\"", "auth can-i get statefulsets.apps -n shop")]
    [InlineData("patch", "storageclasses.storage.k8s.io", "manual", "verb patch on storageclasses of the API group \"storage.k8s.io\" in a ClusterRole", "auth can-i patch storageclasses.storage.k8s.io tells")]
    [InlineData("delete", "persistentvolumes", "pv", "verb delete on persistentvolumes of the API group \"\" in a ClusterRole", "auth can-i delete persistentvolumes tells")]
    [InlineData("get", "version", "", "verb get on the nonResourceURL /version", "auth can-i get /version")]
    public void What_is_forbidden_is_named_as_RBAC_names_it_whatever_the_server_says(string verb, string resource, string name, string permission, string canI)
    {
        var failure = Failure(Call(verb, resource, name), 403, "");
        Assert.Equal(ErrorIds.KubePermissionDenied, failure.ErrorId);
        Assert.Contains(permission, failure.RecommendedAction);
        Assert.Contains($"kubectl --context ctx {canI}", failure.RecommendedAction);
    }

    [Fact]
    public void A_page_of_a_proxy_is_not_answered_with_a_role()
    {
        var failure = Failure(Call("create", "persistentvolumes", "a"), 403, "\n<html>Blocked</html>");
        Assert.Equal(ErrorIds.KubePermissionDenied, failure.ErrorId);
        Assert.DoesNotContain("kubectl apply", failure.RecommendedAction);
        Assert.Contains("a proxy, a firewall or a login page", failure.RecommendedAction);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    public void An_address_that_leads_to_another_is_no_API_server(int status)
    {
        var failure = Failure(Call("list", "persistentvolumes", ""), status, "<html>Log in</html>");
        Assert.Equal((ErrorKind.Service, ErrorIds.KubeServiceFailed), (failure.Kind, failure.ErrorId));
        Assert.Contains("it leads to another address", failure.Message);
        Assert.Contains("a login page", failure.RecommendedAction);
    }

    [Theory]
    [InlineData("admission webhook \\\"pv.example.com\\\" denied the request: no EBS here")]
    [InlineData("persistentvolumeclaims \\\"data\\\" is forbidden: exceeded quota: storage, requested: 1, used: 3, limited: 3")]
    [InlineData("persistentvolumes \\\"a\\\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no EBS here.")]
    public void What_an_admission_policy_refuses_is_not_answered_with_a_role(string words)
    {
        var failure = Failure(Call("create", "persistentvolumes", "a"), 403, $$"""{"message":"{{words}}","reason":"Forbidden"}""");
        Assert.Equal(ErrorIds.KubePermissionDenied, failure.ErrorId);
        Assert.EndsWith($"{words.Replace("\\\"", "\"", StringComparison.Ordinal).TrimEnd('.')}.", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kubectl apply", failure.RecommendedAction);
        Assert.Contains("an admission policy, a webhook or a quota", failure.RecommendedAction);
    }

    [Fact]
    public void What_RBAC_refuses_is_answered_with_its_role()
    {
        var failure = Failure(Call("create", "persistentvolumes", "a"), 403, """{"message":"persistentvolumes is forbidden: User \"ana\" cannot create resource \"persistentvolumes\" in API group \"\" at the cluster scope"}""");
        Assert.EndsWith("at the cluster scope.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("kubectl apply -f docs/rbac/", failure.RecommendedAction);
    }

    private static KubeCall Call(string verb, string resource, string name) => new("ctx", "https://server", verb, resource, name);

    private static EbsPvException Failure(KubeCall call, int status, string body = "{}")
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        return KubeErrors.From(new HttpOperationException { Response = new HttpResponseMessageWrapper(response, body) }, call);
    }
}
