using System.Net;
using EbsPv.Defaults;
using EbsPv.Errors;
using k8s.Autorest;

namespace EbsPv.Clients.Kubernetes;

/// <summary>From what the library throws to what the user reads. Its exception holds the request with the bearer token: it is left behind.</summary>
internal static class KubeErrors
{
    public static EbsPvException From(Exception exception, KubeCall call) => exception switch
    {
        EbsPvException own => own,
        HttpOperationException { Response.StatusCode: >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest } => NotKubernetes("it leads to another address, which no API server does.", call),
        HttpOperationException refusal => FromStatus(refusal.Response.StatusCode, refusal.Response.Content, call),
        HttpRequestException or IOException or TaskCanceledException or TimeoutException => Unreachable(exception, call),
        _ => NotKubernetes(Root(exception).Message, call),
    };

    /// <summary>What answered is not an API server, or is ill.</summary>
    public static EbsPvException NotKubernetes(string what, KubeCall call) => new(
        ErrorKind.Service,
        ErrorIds.KubeServiceFailed,
        $"The answer to {call} at the kube context '{call.Context}' ({call.Server}) is not one of Kubernetes': {Sentence(Escaped.Text(Scrubbed.Text(what)))}")
    {
        Target = call.Name.Length > 0 ? call.Name : call.Resource,
        RecommendedAction = $"kubectl --context {call.Context} get nodes must work first; see what stands between: a proxy, a login page.",
    };

    private static EbsPvException FromStatus(HttpStatusCode status, string? body, KubeCall call)
    {
        var answer = KubeStatus.Read(body);
        var (kind, id, action) = Classify(status, answer, call);
        return new EbsPvException(kind, id, $"The kube context '{call.Context}' refused to {call}: {Sentence(answer.Message ?? status.ToString())}")
        {
            Target = call.Name.Length > 0 ? call.Name : call.Resource,
            ServiceCode = answer.Reason ?? status.ToString(),
            RecommendedAction = action,
        };
    }

    private static (ErrorKind Kind, string Id, string Action) Classify(HttpStatusCode status, KubeStatus answer, KubeCall call) => status switch
    {
        HttpStatusCode.Unauthorized => (ErrorKind.Authentication, ErrorIds.KubeAuthenticationFailed, $"Log in to the cluster again; kubectl --context {call.Context} get nodes must work first."),
        HttpStatusCode.Forbidden => (ErrorKind.PermissionDenied, ErrorIds.KubePermissionDenied, answer.IsPage ? Blocked(call) : answer.IsByAdmission ? Refused(call) : Missing(call)),
        HttpStatusCode.NotFound when answer.Kind == KubeCall.Namespaces => (ErrorKind.NotFound, ErrorIds.NamespaceNotFound, "Check the namespace and -Context."),
        HttpStatusCode.NotFound => (ErrorKind.NotFound, call.NotFoundId, "Check the name and -Context."),
        HttpStatusCode.Conflict => (ErrorKind.Conflict, call.ConflictId, "Run the line again, which looks at what is there."),
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => (ErrorKind.InvalidInput, call.InvalidId, "Change what the server names; the EBS volume is kept, and the line can be run again."),
        HttpStatusCode.Gone => (ErrorKind.Service, ErrorIds.KubeServiceFailed, "The cluster changes faster than it can be listed: run the same line again, it goes on where it stopped."),
        HttpStatusCode.TooManyRequests => (ErrorKind.Throttled, ErrorIds.KubeThrottled, "The API server is overloaded: run the same line later, it goes on where it stopped."),
        _ => (ErrorKind.Service, ErrorIds.KubeServiceFailed, "The API server failed, not you: run the same line again, it goes on where it stopped."),
    };

    private static string Missing(KubeCall call) =>
        $"Allow {call.Permission}. Run by an administrator, this allows all that the cmdlet needs: kubectl apply -f docs/rbac/{call.Role}.yaml "
        + $"&& kubectl create clusterrolebinding ebspv-{call.Role}-NAME --clusterrole=ebspv-{call.Role} --user=NAME (who else can be named: docs/guides/rbac.md). "
        + $"kubectl --context {call.Context} {call.CanI} tells whether it is allowed.";

    private static string Blocked(KubeCall call) =>
        $"The answer is not in Kubernetes' words: a proxy, a firewall or a login page between here and {call.Server} may have refused. kubectl --context {call.Context} {call.CanI} tells whether the API server is reached and allows it.";

    // A quota, a webhook or a policy refuses with the same status what RBAC allows: a role would not help.
    private static string Refused(KubeCall call) =>
        "This is not how RBAC refuses: an admission policy, a webhook or a quota may, or whatever else authorizes there. Do as the server's words ask, or ask whoever runs it. "
        + $"kubectl --context {call.Context} {call.CanI} tells whether RBAC allows it; what is lacking then is in docs/rbac/{call.Role}.yaml.";

    // What is said next begins a sentence of its own.
    private static string Sentence(string text) => text is [.., '.' or '!' or '?'] ? text : $"{text}.";

    private static EbsPvException Unreachable(Exception exception, KubeCall call) => new(
        ErrorKind.Connection,
        ErrorIds.KubeUnreachable,
        $"The API server of the kube context '{call.Context}' ({call.Server}) did not answer: {Sentence(Root(exception).Message)}")
    {
        Target = call.Name.Length > 0 ? call.Name : call.Context,
        RecommendedAction = $"kubectl --context {call.Context} get nodes must work first; then run the same line again, it goes on where it stopped.",
    };

    private static Exception Root(Exception exception)
    {
        while (exception.InnerException is { } inner) exception = inner;
        return exception;
    }
}
