using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>From the bytes of a request to an object of the kind that the path names, with the real server's refusals on the way.</summary>
public sealed class BodyReader(ServerVersion version)
{
    private const string Accepted = "application/json, application/yaml, application/vnd.kubernetes.protobuf";

    /// <summary>The decoded object and the texts for the Warning header.</summary>
    public (JsonObject Owner, IReadOnlyList<string> Warnings) Read(ApiRequest request)
    {
        if (request.ContentType is not ("application/json" or "")) throw new ApiStatusException(ApiStatus.UnsupportedMediaType(Accepted));
        var type = request.Type!;
        var body = JsonBody.ParseObject(request.Body, type.Kind);
        var owner = (JsonObject)body.Root!;
        if (WrongKind(owner, request) is { } problem) throw CannotBeHandled(owner, type, problem);
        try
        {
            return Decode(request, owner, body.Duplicates);
        }
        catch (FormatException failure)
        {
            throw CannotBeHandled(owner, type, failure.Message);
        }
    }

    /// <summary>The same for an object that a patch made; there it is the patch that is invalid.</summary>
    public (JsonObject Owner, IReadOnlyList<string> Warnings) ReadPatched(ApiRequest request, JsonObject patched)
    {
        try
        {
            if (WrongKind(patched, request) is { } problem) throw new FormatException(problem);
            return Decode(request, patched, []);
        }
        catch (FormatException failure)
        {
            throw InvalidPatch(patched, failure.Message);
        }
    }

    private (JsonObject Owner, IReadOnlyList<string> Warnings) Decode(
        ApiRequest request, JsonObject owner, IReadOnlyList<string> duplicates)
    {
        var type = request.Type!;
        var unknown = ObjectDecoder.Decode(type, owner, version);
        IReadOnlyList<string> problems =
            [.. unknown.Select(field => $"unknown field \"{field}\""), .. duplicates.Select(field => $"duplicate field \"{field}\"")];
        var ordered = new JsonObject { ["kind"] = type.Kind, ["apiVersion"] = type.ApiVersion };
        foreach (var (name, value) in owner)
            if (name is not ("kind" or "apiVersion")) ordered[name] = value?.DeepClone();
        if (problems.Count == 0 || !version.HasFieldValidation) return (ordered, []);
        if (request.Option("fieldValidation") == "Strict")
        {
            var text = $"strict decoding error: {string.Join(", ", problems)}";
            throw request.Verb == "patch" ? InvalidPatch(owner, text) : CannotBeHandled(ordered, type, text);
        }

        return (ordered, request.Option("fieldValidation") == "Ignore" ? [] : problems);
    }

    private static string? WrongKind(JsonObject owner, ApiRequest request)
    {
        var type = request.Type!;
        var kind = owner.Text("kind") ?? type.Kind;
        var apiVersion = owner.Text("apiVersion") ?? type.ApiVersion;
        // What is stored, and patched, is of the first version.
        if (kind == type.Kind && (apiVersion == request.ApiVersion || apiVersion == type.ApiVersion)) return null;
        var known = ResourceTypes.OfKind(kind);
        return known?.ApiVersion == apiVersion
            ? $"converting (v1.{kind}) to (core.{type.Kind}): unknown conversion"
            : $"no kind \"{kind}\" is registered for version \"{apiVersion}\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"";
    }

    private static ApiStatusException CannotBeHandled(JsonObject owner, ResourceType type, string because)
    {
        var kind = owner.Text("kind") ?? type.Kind;
        var apiVersion = owner.Text("apiVersion") ?? type.ApiVersion;
        return new ApiStatusException(ApiStatus.BadRequest(
            $"{kind} in version \"{apiVersion[(apiVersion.IndexOf('/', StringComparison.Ordinal) + 1)..]}\" cannot be handled as a {type.Kind}: {because}"));
    }

    private static ApiStatusException InvalidPatch(JsonObject patched, string because)
    {
        var message = $"Invalid value: {JsonValue.Create(patched.ToJsonString()).ToJsonString(s_relaxed)}: {because}";
        var causes = new JsonArray(new JsonObject { ["reason"] = "FieldValueInvalid", ["message"] = message, ["field"] = "patch" });
        var status = new ApiStatus(422, "Invalid", $" \"\" is invalid: patch: {message}") { Details = new JsonObject { ["causes"] = causes } };
        return new ApiStatusException(status);
    }

    private static readonly System.Text.Json.JsonSerializerOptions s_relaxed = new()
    {
        Encoder = ApiResponse.Compact.Encoder,
    };
}
