namespace EbsPv.Sandbox.Kubernetes;

/// <summary>The fields of a kind: enough to find unknown ones, wrong types and quantities.</summary>
/// <remarks>
/// Written as words: <c>name</c> (text), <c>name:b</c> (true or false), <c>name:i</c> (whole number), <c>name:m</c> (texts by
/// key), <c>name:q</c> (quantities by key), <c>name:x</c> (anything), <c>name{ … }</c> (an object); <c>[]</c> after the name: a list.
/// </remarks>
public sealed class FieldSchema
{
    private FieldSchema(char type, bool isList, IReadOnlyDictionary<string, FieldSchema> fields)
    {
        Type = type;
        IsList = isList;
        Fields = fields;
    }

    /// <summary>s, b, i, m, q, x as in the text, or o for an object.</summary>
    public char Type { get; }

    public bool IsList { get; }

    public IReadOnlyDictionary<string, FieldSchema> Fields { get; }

    public FieldSchema Item => new(Type, isList: false, Fields);

    public static FieldSchema Parse(string text)
    {
        var words = new Queue<string>(text.Replace("{", " { ", StringComparison.Ordinal).Replace("}", " } ", StringComparison.Ordinal)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new FieldSchema('o', isList: false, ParseFields(words));
    }

    private static Dictionary<string, FieldSchema> ParseFields(Queue<string> words)
    {
        var fields = new Dictionary<string, FieldSchema>(StringComparer.Ordinal);
        while (words.TryDequeue(out var word) && word != "}")
        {
            var type = word.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? word[colon + 1] : 's';
            var name = word.Split(':')[0];
            var isList = name.EndsWith("[]", StringComparison.Ordinal);
            if (isList) name = name[..^2];
            var isObject = words.TryPeek(out var next) && next == "{";
            if (isObject) words.Dequeue();
            fields[name] = isObject ? new FieldSchema('o', isList, ParseFields(words)) : new FieldSchema(type, isList, s_none);
        }

        return fields;
    }

    private static readonly Dictionary<string, FieldSchema> s_none = [];
}
