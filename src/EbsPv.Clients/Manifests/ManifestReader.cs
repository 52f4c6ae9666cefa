using System.Text;
using System.Text.Json;
using EbsPv.Clients.Kubernetes;
using EbsPv.Ports;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace EbsPv.Clients.Manifests;

/// <summary>Turns the documents of a YAML stream into JSON, one after the other, by its events alone and with bounds on all of them.</summary>
internal sealed class ManifestReader : IDisposable
{
    private const int MaxDocuments = 10_000;
    private const int MaxDepth = 64;
    private const int MaxKey = 1024;

    private readonly BoundedText _text;
    private readonly BoundedParser _parser;
    private readonly string _path;

    public ManifestReader(Stream stream, string path)
    {
        _text = new BoundedText(stream);
        _parser = new BoundedParser(new Parser(_text), MaxDepth);
        _path = path;
    }

    /// <summary>Characters that were read.</summary>
    public long Characters => _text.Count;

    /// <summary>Events that were taken in the document at hand.</summary>
    public int Events => _parser.Events;

    public void Dispose() => _text.Dispose();

    public IEnumerable<ManifestDocument> Documents()
    {
        _parser.Consume<StreamStart>();
        var (number, all) = (0, 0);
        while (!_parser.TryConsume<StreamEnd>(out _))
        {
            var start = _parser.Consume<DocumentStart>();
            if (++all > MaxDocuments) throw new YamlException(start.Start, start.End, $"More than {MaxDocuments:N0} documents.");
            var first = _parser.Current!;
            var json = IsEmpty(first) ? null : Json();
            if (json is null) _parser.MoveNext();
            else yield return new ManifestDocument(_path, ++number, (int)first.Start.Line, json);
            _parser.Consume<DocumentEnd>();
            _parser.BeginAnew();
            _text.BeginAnew();
        }
    }

    private static bool IsEmpty(ParsingEvent first) => first is Scalar { Style: ScalarStyle.Plain } scalar && YamlScalar.Resolve(scalar).Kind == JsonValueKind.Null;

    private string Json()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = MaxDepth + 1 })) Write(json);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    // It calls itself no deeper than the parser lets documents be.
    private void Write(Utf8JsonWriter json)
    {
        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            YamlScalar.Resolve(scalar).WriteTo(json);
            return;
        }

        if (_parser.TryConsume<SequenceStart>(out _))
        {
            json.WriteStartArray();
            while (!_parser.TryConsume<SequenceEnd>(out _)) Write(json);
            json.WriteEndArray();
            return;
        }

        _parser.Consume<MappingStart>();
        json.WriteStartObject();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            json.WritePropertyName(Key(keys));
            Write(json);
        }

        json.WriteEndObject();
    }

    private string Key(HashSet<string> keys)
    {
        if (!_parser.TryConsume<Scalar>(out var scalar)) throw Wrong(_parser.Current!, "A key that is no text.");
        if (scalar is { Style: ScalarStyle.Plain, Value: "<<" }) throw Wrong(scalar, "Merge keys are not accepted.");
        var key = YamlScalar.Resolve(scalar).Text;
        if (key.Length > MaxKey) throw Wrong(scalar, "A key is too long.");
        return keys.Add(key) ? key : throw Wrong(scalar, $"The key '{key}' stands there twice.");
    }

    private static YamlException Wrong(ParsingEvent at, string what) => new(at.Start, at.End, what);
}
