using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace EbsPv.Clients.Kubernetes;

/// <summary>A YAML parser that gives up on what no honest file has: great depth, great length, aliases, which multiply, and tags, which name
/// types of programs.</summary>
internal sealed class BoundedParser(IParser inner, int maxDepth, int maxEvents = 100_000) : IParser
{
    private static readonly string[] CoreTags = [.. new[] { "str", "int", "float", "bool", "null", "map", "seq", "binary", "timestamp" }.Select(name => $"tag:yaml.org,2002:{name}")];

    private int _depth;
    private int _events;

    /// <summary>Events since the beginning, or since the last time that it was begun anew.</summary>
    public int Events => _events;

    public ParsingEvent? Current => inner.Current;

    /// <summary>The next document may be as long again.</summary>
    public void BeginAnew() => _events = 0;

    public bool MoveNext()
    {
        if (!Advance()) return false;
        var current = inner.Current!;
        _depth += current.NestingIncrease;
        if (++_events > maxEvents) throw new YamlException(current.Start, current.End, "Too many parts.");
        if (_depth > maxDepth) throw new YamlException(current.Start, current.End, "Too deep.");
        if (current is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } tag } && !CoreTags.Contains(tag.Value))
            throw new YamlException(current.Start, current.End, "Tags of other kinds are not accepted.");
        if (current is AnchorAlias) throw new YamlException(current.Start, current.End, "Aliases are not accepted.");
        return true;
    }

    // Some malformed files bring the parser into states of which it says no more than that they are impossible.
    private bool Advance()
    {
        var before = inner.Current?.End ?? Mark.Empty;
        try
        {
            return inner.MoveNext();
        }
        catch (Exception lost) when (lost is InvalidOperationException or (ArgumentException and not DecoderFallbackException) or FormatException or OverflowException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new YamlException(before, before, "What follows cannot be understood.", lost);
        }
    }
}
