using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>A Status body, worded as kube-apiserver words it.</summary>
public sealed record ApiStatus(int Code, string Reason, string Message)
{
    public JsonObject? Details { get; init; }

    /// <summary>The token that goes on after an expired one.</summary>
    public string? Continue { get; init; }

    /// <summary>Seconds for the Retry-After header.</summary>
    public int? RetryAfter { get; init; }

    public static ApiStatus Unauthorized { get; } = new(401, "Unauthorized", "Unauthorized");

    public static ApiStatus UnknownPath { get; } =
        new(404, "NotFound", "the server could not find the requested resource") { Details = [] };

    public static ApiStatus MethodNotAllowed { get; } =
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource") { Details = [] };

    public static ApiStatus NotAcceptable { get; } =
        new(406, "NotAcceptable", "only the following media types are accepted: application/json") { Details = [] };

    public static ApiStatus BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiStatus Forbidden(ResourceType type, string name, string because) => new(
        403, "Forbidden", name.Length == 0
            ? $"{type.QualifiedPlural} is forbidden: {because}"
            : $"{type.QualifiedPlural} \"{name}\" is forbidden: {because}")
    {
        Details = About(name, type.Group, type.Plural),
    };

    public static ApiStatus NotFound(ResourceType type, string name) =>
        new(404, "NotFound", $"{type.QualifiedPlural} \"{name}\" not found") { Details = About(name, type.Group, type.Plural) };

    public static ApiStatus AlreadyExists(ResourceType type, string name) =>
        new(409, "AlreadyExists", $"{type.QualifiedPlural} \"{name}\" already exists")
        {
            Details = About(name, type.Group, type.Plural),
        };

    public static ApiStatus Conflict(ResourceType type, string name, string because) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {type.QualifiedPlural} \"{name}\": {because}")
        {
            Details = About(name, type.Group, type.Plural),
        };

    public static ApiStatus Precondition(ResourceType type, string name, string because) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {type.QualifiedKind} \"{name}\": {because}")
        {
            Details = About(name, type.Group, type.Kind),
        };

    public static ApiStatus Invalid(string group, string kind, string name, string summary, JsonArray causes)
    {
        var details = About(name, group, kind);
        details["causes"] = causes;
        var qualified = group.Length == 0 ? kind : $"{kind}.{group}";
        return new ApiStatus(422, "Invalid", $"{qualified} \"{name}\" is invalid: {summary}") { Details = details };
    }

    public static ApiStatus TooOld(long asked, long oldest) => new(410, "Expired", $"too old resource version: {asked} ({oldest})");

    public static ApiStatus UnsupportedMediaType(string accepted) => new(
        415, "UnsupportedMediaType",
        $"the body of the request was in an unknown format - accepted media types include: {accepted}");

    public JsonObject ToJson()
    {
        var metadata = new JsonObject();
        if (Continue is not null) metadata["continue"] = Continue;
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = metadata,
            ["status"] = "Failure",
            ["message"] = Message,
        };
        if (Reason.Length > 0) status["reason"] = Reason;
        if (DetailsJson() is { } details) status["details"] = details;
        status["code"] = Code;
        return status;
    }

    private JsonNode? DetailsJson()
    {
        if (RetryAfter is null) return Details?.DeepClone();
        var details = Details?.Copy() ?? [];
        details["retryAfterSeconds"] = RetryAfter;
        return details;
    }

    private static JsonObject About(string name, string group, string kind)
    {
        var details = new JsonObject();
        if (name.Length > 0) details["name"] = name;
        if (group.Length > 0) details["group"] = group;
        details["kind"] = kind;
        return details;
    }
}
