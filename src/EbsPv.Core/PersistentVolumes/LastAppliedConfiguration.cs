using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EbsPv.PersistentVolumes;

/// <summary>
/// What <c>kubectl apply</c> finds in the annotation <c>kubectl.kubernetes.io/last-applied-configuration</c> when it made the object itself.
/// Every byte counts: text that differs is a change.
/// </summary>
/// <remarks>Source: what kubectl 1.32 writes: Go's encoding of JSON, keys sorted, annotations always there, a newline at the end.</remarks>
public static class LastAppliedConfiguration
{
    /// <summary>The annotation's text for a document.</summary>
    public static string Of(JsonObject document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var copy = document.DeepClone().AsObject();
        var metadata = copy["metadata"]!.AsObject();
        if (metadata["annotations"] is not JsonObject annotations) metadata["annotations"] = annotations = [];
        annotations.Remove(AnnotationRules.LastApplied);
        var text = new StringBuilder();
        Write(copy, text);
        return text.Append('\n').ToString();
    }

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject map:
                WriteMap(map, text);
                break;
            case JsonArray list:
                WriteList(list, text);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                WriteText(value.GetValue<string>(), text);
                break;
            default:
                text.Append(node is null ? "null" : node.ToJsonString());
                break;
        }
    }

    private static void WriteMap(JsonObject map, StringBuilder text)
    {
        text.Append('{');
        var first = true;
        foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!first) text.Append(',');
            first = false;
            WriteText(key, text);
            text.Append(':');
            Write(value, text);
        }

        text.Append('}');
    }

    private static void WriteList(JsonArray list, StringBuilder text)
    {
        text.Append('[');
        for (var index = 0; index < list.Count; index++)
        {
            if (index > 0) text.Append(',');
            Write(list[index], text);
        }

        text.Append(']');
    }

    // Go escapes what could end a script element, and the two line ends that JavaScript knows beside the usual ones.
    private static void WriteText(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var letter in value)
        {
            switch (letter)
            {
                case '"' or '\\':
                    text.Append('\\').Append(letter);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case '\b':
                    text.Append("\\b");
                    break;
                case '\f':
                    text.Append("\\f");
                    break;
                case < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029':
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
                    break;
                default:
                    text.Append(letter);
                    break;
            }
        }

        text.Append('"');
    }
}
