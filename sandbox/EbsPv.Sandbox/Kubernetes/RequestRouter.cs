using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes.Tables;
using EbsPv.Sandbox.Server;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>Sends a request to what answers it.</summary>
public sealed class RequestRouter
{
    private readonly KubernetesState _state;
    private readonly ServedTypes _served;
    private readonly SandboxClock _clock;
    private readonly ServerVersion _version;
    private readonly Authorizer _authorizer;
    private readonly ListReader _lists;
    private readonly ObjectCreator _creator;
    private readonly ObjectUpdater _updater;
    private readonly ObjectDeleter _deleter;

    public RequestRouter(KubernetesState state, KubernetesOptions options, ServedTypes served, SandboxClock clock)
    {
        _state = state;
        _served = served;
        _clock = clock;
        _version = ServerVersion.Parse(options.ServerVersion);
        _authorizer = new Authorizer(options);
        _lists = new ListReader(state, options, clock);
        var admission = new ObjectAdmission(state, options);
        _creator = new ObjectCreator(state, admission, _version);
        _updater = new ObjectUpdater(state, admission, _version);
        _deleter = new ObjectDeleter(state);
    }

    public ApiStatus? Refuse(string authorization, ApiRequest request) => _authorizer.Check(authorization, request);

    /// <summary>Every answer but a watch's.</summary>
    public ApiResponse Answer(ApiRequest request)
    {
        try
        {
            if (request.Type is not { } type) return OutsideResources(request);
            var answer = OnResource(request);
            return request.Version == type.Version ? answer : UnderVersion(request, answer);
        }
        catch (ApiStatusException failure)
        {
            return ApiResponse.Failure(failure.Status);
        }
    }

    private ApiResponse OnResource(ApiRequest request) => request.Verb switch
    {
        _ when !request.AcceptsJson => ApiResponse.Failure(ApiStatus.NotAcceptable),
        _ when !IsKnown(request) => ApiResponse.Failure(ApiStatus.UnknownPath),
        "get" => Get(request),
        "list" => _lists.List(request),
        "create" when Addressed(request) => _creator.Create(request),
        "update" => _updater.Update(request),
        "patch" => _updater.Patch(request),
        "delete" => _deleter.Delete(request),
        _ => ApiResponse.Failure(ApiStatus.MethodNotAllowed),
    };

    // The fields of the versions that are served here are read alike; only what the object says of itself differs.
    private static ApiResponse UnderVersion(ApiRequest request, ApiResponse answer)
    {
        if (JsonNode.Parse(answer.Body) is not JsonObject body || body.Text("apiVersion") != request.Type!.ApiVersion) return answer;
        body["apiVersion"] = request.ApiVersion;
        return answer with { Body = ApiResponse.Bytes(body) };
    }

    private static bool IsKnown(ApiRequest request) =>
        request.Subresource.Length == 0 || (request.Subresource == "status" && request.Type!.HasStatus);

    private static bool Addressed(ApiRequest request) => !request.Type!.Namespaced || request.Namespace.Length > 0;

    private ApiResponse Get(ApiRequest request)
    {
        var type = request.Type!;
        if (_state.Find(type, request.Namespace, request.Name) is not { } owner)
            return ApiResponse.Failure(ApiStatus.NotFound(type, request.Name));
        if (!request.WantsTable) return ApiResponse.Json(200, owner);
        var metadata = new JsonObject { ["resourceVersion"] = owner.ResourceVersion() };
        return ApiResponse.Json(200, ObjectTable.Render(type, [owner], metadata, _clock.GetUtcNow()));
    }

    private ApiResponse OutsideResources(ApiRequest request)
    {
        if (request.Method != "GET") return ApiResponse.Failure(ApiStatus.UnknownPath);
        if (request.Path is "/healthz" or "/livez" or "/readyz") return ApiResponse.Text(200, "ok");
        if (request.Path == "/version") return ApiResponse.Json(200, _version.ToJson());
        if (Discovery.Find(request.Path, _served) is { } document) return ApiResponse.Json(200, document);
        return request.Path.StartsWith("/api/v1/", StringComparison.Ordinal)
            ? ApiResponse.Failure(ApiStatus.UnknownPath)
            : ApiResponse.Text(404, "404 page not found\n") with { Reason = "NotFound" };
    }
}
