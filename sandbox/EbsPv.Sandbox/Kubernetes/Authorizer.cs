namespace EbsPv.Sandbox.Kubernetes;

/// <summary>Who asks, by bearer token, and whether they may.</summary>
public sealed class Authorizer(KubernetesOptions options)
{
    private const string Scheme = "Bearer ";

    /// <summary>Null when the request may go on.</summary>
    public ApiStatus? Check(string authorization, ApiRequest request)
    {
        if (request.Type is null && request.Path is "/healthz" or "/livez" or "/readyz" && authorization.Length == 0) return null;
        if (User(authorization) is not { } user) return ApiStatus.Unauthorized;
        // Everybody may discover; a path outside the API has no verb that a role would name.
        if (request.Type is not { } type || user.May(request)) return null;
        var scope = request.Namespace.Length > 0 ? $"in the namespace \"{request.Namespace}\"" : "at the cluster scope";
        return ApiStatus.Forbidden(type, request.Name,
            $"User \"{user.Name}\" cannot {request.Verb} resource \"{request.Resource}\" in API group \"{type.Group}\" {scope}");
    }

    private SandboxUser? User(string authorization) => authorization.Length == 0 ? options.Anonymous
        : authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && options.Tokens.TryGetValue(authorization[Scheme.Length..].Trim(), out var user)
            ? user
            : null;
}
