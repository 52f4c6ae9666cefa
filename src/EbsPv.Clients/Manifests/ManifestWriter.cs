using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace EbsPv.Clients.Manifests;

/// <summary>Writes JSON as a YAML document that readers of YAML 1.1 and 1.2 understand alike: what could be taken for anything but a text is quoted.</summary>
internal static partial class ManifestWriter
{
    // One line for a text, however long: a fold is a place where readers differ.
    private static readonly EmitterSettings Settings = new(
        bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024, skipAnchorName: false, indentSequences: false, newLine: "\n");

    public static string ToYaml(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 66 });
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, Settings);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: false));
        Write(document.RootElement, emitter);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Write(JsonElement value, Emitter emitter)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteMapping(value, emitter);
                break;
            case JsonValueKind.Array:
                WriteSequence(value, emitter);
                break;
            case JsonValueKind.String:
                emitter.Emit(Text(value.GetString()!));
                break;
            default:
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, value.GetRawText(), ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: false));
                break;
        }
    }

    private static void WriteMapping(JsonElement value, Emitter emitter)
    {
        var members = value.EnumerateObject().ToList();
        emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, members.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
        foreach (var member in members)
        {
            emitter.Emit(Text(member.Name, isKey: true));
            Write(member.Value, emitter);
        }

        emitter.Emit(new MappingEnd());
    }

    private static void WriteSequence(JsonElement value, Emitter emitter)
    {
        emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, value.GetArrayLength() == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
        foreach (var item in value.EnumerateArray()) Write(item, emitter);
        emitter.Emit(new SequenceEnd());
    }

    private static Scalar Text(string text, bool isKey = false)
    {
        var style = IsPlain(text) ? ScalarStyle.Plain : !isKey && IsLines().IsMatch(text) ? ScalarStyle.Literal : ScalarStyle.DoubleQuoted;
        return new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: style == ScalarStyle.Plain, isQuotedImplicit: style != ScalarStyle.Plain);
    }

    private static bool IsPlain(string text) => Harmless().IsMatch(text) && YamlScalar.Resolve(text).Kind == JsonValueKind.String;

    // Words and paths, and amounts with a unit; a colon only where a path may have one.
    [GeneratedRegex(@"^(?:[A-Za-z/_][A-Za-z0-9/_.@+-]*(?:://?[A-Za-z0-9/_.@+-]+)?|[0-9]+[A-Za-z]+)\z")]
    private static partial Regex Harmless();

    // Lines of printable ASCII without space at their ends, the last one ended too: a block that every reader takes as it stands.
    [GeneratedRegex(@"^(?:[!-~](?:[ -~]*[!-~])?\n)+\z")]
    private static partial Regex IsLines();
}
