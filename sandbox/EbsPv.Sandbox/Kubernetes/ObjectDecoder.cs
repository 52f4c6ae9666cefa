using System.Text.Json;
using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>
/// Turns a body into a stored object: wrong types are refused, unknown fields dropped and reported, nulls dropped,
/// quantities written canonically.
/// </summary>
public sealed class ObjectDecoder
{
    private readonly List<string> _unknown = [];
    private readonly string _kind;

    private ObjectDecoder(string kind) => _kind = kind;

    /// <summary>Decodes in place.</summary>
    /// <returns>The unknown fields that were dropped.</returns>
    /// <exception cref="FormatException">A field has the wrong type.</exception>
    public static IReadOnlyList<string> Decode(ResourceType type, JsonObject owner, ServerVersion version)
    {
        var decoder = new ObjectDecoder(type.Kind);
        decoder.Object(owner, FieldSchemas.Of(type), "");
        if (!version.HasVolumeAttributesClass && owner.Object("spec") is { } spec && spec.Remove("volumeAttributesClassName"))
            decoder._unknown.Add("spec.volumeAttributesClassName");
        if (!version.HasClaimRetention && type == ResourceTypes.StatefulSets)
            foreach (var field in (string[])["persistentVolumeClaimRetentionPolicy", "ordinals"])
                if (owner.Object("spec")?.Remove(field) == true) decoder._unknown.Add($"spec.{field}");
        return decoder._unknown;
    }

    private void Object(JsonObject owner, FieldSchema schema, string path)
    {
        foreach (var (name, value) in owner.ToArray())
        {
            var below = path.Length == 0 ? name : $"{path}.{name}";
            if (!schema.Fields.TryGetValue(name, out var field)) _unknown.Add(below);
            if (field is null || value is null) owner.Remove(name);
            else Field(owner, name, value, field, below);
        }
    }

    private void Field(JsonObject owner, string name, JsonNode value, FieldSchema field, string path)
    {
        if (field.IsList)
        {
            var items = value as JsonArray ?? throw WrongType(value, path, $"[]{GoType(field.Item)}");
            for (var index = 0; index < items.Count; index++) Single(items[index], field.Item, $"{path}[{index}]");
            if (items.Count == 0) owner.Remove(name);
            return;
        }

        if (field.Type == 'q') Quantities(value as JsonObject ?? throw WrongType(value, path, "v1.ResourceList"), path);
        else Single(value, field, path);
        if (value is JsonObject { Count: 0 } && field.Type is 'm' or 'q') owner.Remove(name);
    }

    private void Single(JsonNode? value, FieldSchema field, string path)
    {
        switch (field.Type)
        {
            case 'o':
                Object(value as JsonObject ?? throw WrongType(value, path, GoType(field)), field, path);
                break;
            case 'm':
                foreach (var (key, text) in value as JsonObject ?? throw WrongType(value, path, GoType(field)))
                    Expect(text, JsonValueKind.String, $"{path}.{key}", "string");
                break;
            case 's':
                Expect(value, JsonValueKind.String, path, "string");
                break;
            case 'i':
                Expect(value, JsonValueKind.Number, path, "int32");
                break;
            case 'b' when value?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False):
                throw WrongType(value, path, "bool");
        }
    }

    private void Quantities(JsonObject owner, string path)
    {
        foreach (var (key, value) in owner.ToArray())
        {
            var kind = value?.GetValueKind();
            if (kind is not (JsonValueKind.String or JsonValueKind.Number)) throw WrongType(value, $"{path}.{key}", "resource.Quantity");
            var text = kind == JsonValueKind.String ? value.Text()! : value!.ToJsonString();
            if (Quantity.TryParse(text.Trim(), out var quantity) is { } problem) throw new FormatException(problem);
            owner[key] = quantity.Text;
        }
    }

    private void Expect(JsonNode? value, JsonValueKind kind, string path, string goType)
    {
        if (value is null) return;
        if (value.GetValueKind() != kind) throw WrongType(value, path, goType);
    }

    private FormatException WrongType(JsonNode? value, string path, string goType)
    {
        var found = value?.GetValueKind() switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.Number => "number",
            JsonValueKind.Array => "array",
            JsonValueKind.Object => "object",
            JsonValueKind.True or JsonValueKind.False => "bool",
            _ => "null",
        };
        return new FormatException($"json: cannot unmarshal {found} into Go struct field {_kind}.{path} of type {goType}");
    }

    private static string GoType(FieldSchema field) => field.Type switch
    {
        's' => "string",
        'b' => "bool",
        'i' => "int32",
        'm' => "map[string]string",
        _ => "struct",
    };
}
