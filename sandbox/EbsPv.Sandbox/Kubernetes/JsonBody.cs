using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>Reads a body as the real decoder does: the last of two equal fields counts, and that there were two is remembered.</summary>
public sealed class JsonBody
{
    private readonly List<string> _duplicates = [];

    private JsonBody()
    {
    }

    public JsonNode? Root { get; private set; }

    /// <summary>Paths of the fields that were there twice.</summary>
    public IReadOnlyList<string> Duplicates => _duplicates;

    public static JsonBody Parse(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 128 });
        var body = new JsonBody();
        if (!reader.Read()) throw new JsonException("unexpected end of JSON input");
        body.Root = body.Value(ref reader, "");
        if (reader.Read()) throw new JsonException("invalid character after top-level value");
        return body;
    }

    /// <summary>A JSON object, or the 400 that the real server has for anything else.</summary>
    public static JsonBody ParseObject(byte[] bytes, string kind)
    {
        try
        {
            var body = Parse(bytes);
            if (body.Root is JsonObject) return body;
            throw Unrecognized(kind, "json: cannot unmarshal array into Go value", bytes);
        }
        catch (JsonException)
        {
            throw Unrecognized(kind, "unexpected end of JSON input", bytes);
        }
    }

    private static ApiStatusException Unrecognized(string kind, string because, byte[] bytes)
    {
        var start = bytes.Length == 0 ? "<empty>" : Encoding.UTF8.GetString(bytes, 0, Math.Min(bytes.Length, 64));
        return new ApiStatusException(ApiStatus.BadRequest(
            $"the object provided is unrecognized (must be of type {kind}): couldn't get version/kind; json parse error: {because} ({start})"));
    }

    private JsonNode? Value(ref Utf8JsonReader reader, string path) => reader.TokenType switch
    {
        JsonTokenType.StartObject => Object(ref reader, path),
        JsonTokenType.StartArray => Array(ref reader, path),
        JsonTokenType.String => JsonValue.Create(reader.GetString()),
        JsonTokenType.True => JsonValue.Create(true),
        JsonTokenType.False => JsonValue.Create(false),
        JsonTokenType.Number => JsonValue.Create(JsonElement.ParseValue(ref reader)),
        _ => null,
    };

    private JsonObject Object(ref Utf8JsonReader reader, string path)
    {
        var owner = new JsonObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            var below = path.Length == 0 ? name : $"{path}.{name}";
            if (owner.ContainsKey(name)) _duplicates.Add(below);
            reader.Read();
            owner[name] = Value(ref reader, below);
        }

        return owner;
    }

    private JsonArray Array(ref Utf8JsonReader reader, string path)
    {
        var array = new JsonArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) array.Add(Value(ref reader, $"{path}[{array.Count}]"));
        return array;
    }
}
