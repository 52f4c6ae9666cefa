using System.Globalization;

namespace EbsPv.Sandbox.Ec2.Protocol;

/// <summary>The flat parameters of a Query request (Filter.1.Value.2=x) as the tree they stand for.</summary>
public sealed class QueryNode
{
    private readonly Dictionary<string, QueryNode> _children = new(StringComparer.Ordinal);

    public string? Value { get; private set; }

    public IReadOnlyDictionary<string, QueryNode> Children => _children;

    public static QueryNode Parse(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var root = new QueryNode();
        foreach (var (name, value) in parameters) root.Reach(name).Value = value;
        return root;
    }

    /// <summary>The text of a parameter; null when it was not sent. An empty text counts as sent.</summary>
    public string? Text(string name) => _children.GetValueOrDefault(name)?.Value;

    public int? Number(string name)
    {
        var text = Text(name);
        if (text is null) return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Ec2Errors.InvalidValue($"Invalid integer value {text} for parameter {name}");
    }

    public bool Flag(string name) => Text(name) switch
    {
        null => false,
        "true" or "True" or "1" => true,
        "false" or "False" or "0" => false,
        var text => throw Ec2Errors.InvalidValue($"Invalid boolean value '{text}' for parameter {name}"),
    };

    /// <summary>The texts of a numbered list, in the order of their numbers.</summary>
    public IReadOnlyList<string> Texts(string name) => [.. Items(name).Select(item => item.Value ?? "")];

    /// <summary>The entries of a numbered list, in the order of their numbers.</summary>
    public IReadOnlyList<QueryNode> Items(string name)
    {
        if (!_children.TryGetValue(name, out var list)) return [];
        return [.. list._children.OrderBy(entry => Index(name, entry.Key)).Select(entry => entry.Value)];
    }

    private static int Index(string list, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : throw Ec2Errors.UnknownParameter($"{list}.{text}");

    private QueryNode Reach(string name)
    {
        var node = this;
        foreach (var part in name.Split('.'))
        {
            if (!node._children.TryGetValue(part, out var child)) node._children[part] = child = new QueryNode();
            node = child;
        }
        return node;
    }
}
