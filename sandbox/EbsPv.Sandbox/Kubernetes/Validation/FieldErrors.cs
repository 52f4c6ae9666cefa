using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Validation;

/// <summary>What is wrong with an object, collected and then told all at once, field by field.</summary>
public sealed class FieldErrors
{
    private readonly List<(string Field, string Reason, string Message)> _errors = [];

    public bool Any => _errors.Count > 0;

    public void Required(string field, string detail = "") => Add(field, "FieldValueRequired", With("Required value", detail));

    public void Forbidden(string field, string detail) => Add(field, "FieldValueForbidden", With("Forbidden", detail));

    public void Invalid(string field, string? value, string detail) =>
        Add(field, "FieldValueInvalid", With($"Invalid value: \"{value}\"", detail));

    public void InvalidNode(string field, JsonNode? value, string detail) => Add(
        field, "FieldValueInvalid", With($"Invalid value: {value?.ToJsonString() ?? "\"null\""}", detail));

    public void TooLong(string field, int most) =>
        Add(field, "FieldValueTooLong", $"Too long: may not be more than {most} bytes");

    public void NotSupported(string field, string? value, params IEnumerable<string> supported) => Add(
        field, "FieldValueNotSupported",
        $"Unsupported value: \"{value}\": supported values: {string.Join(", ", supported.Select(one => $"\"{one}\""))}");

    public void NotSupportedNode(string field, JsonNode? value, string supported) => Add(
        field, "FieldValueNotSupported", $"Unsupported value: {value?.ToJsonString() ?? "null"}: supported values: \"{supported}\"");

    /// <exception cref="ApiStatusException">There was something wrong.</exception>
    public void ThrowIfAny(string group, string kind, string name)
    {
        if (!Any) return;
        var causes = new JsonArray();
        foreach (var (field, reason, message) in _errors)
            causes.Add((JsonNode)new JsonObject { ["reason"] = reason, ["message"] = message, ["field"] = field });
        var all = _errors.Select(error => $"{error.Field}: {error.Message}").Distinct().ToArray();
        var summary = all.Length == 1 ? all[0] : $"[{string.Join(", ", all)}]";
        throw new ApiStatusException(ApiStatus.Invalid(group, kind, name, summary, causes));
    }

    private void Add(string field, string reason, string message) => _errors.Add((field, reason, message));

    private static string With(string what, string detail) => detail.Length == 0 ? what : $"{what}: {detail}";
}
