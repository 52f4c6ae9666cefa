using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace EbsPv.Clients.Kubernetes;

/// <summary>A YAML parser that gives up on what no honest file has: great depth, great length, and aliases, which multiply.</summary>
internal sealed class BoundedParser(IParser inner, int maxDepth, int maxEvents = 100_000) : IParser
{
    private int _depth;
    private int _events;

    public ParsingEvent? Current => inner.Current;

    public bool MoveNext()
    {
        if (!inner.MoveNext()) return false;
        var current = inner.Current!;
        _depth += current.NestingIncrease;
        if (++_events > maxEvents) throw new YamlException(current.Start, current.End, "Too many parts.");
        if (_depth > maxDepth) throw new YamlException(current.Start, current.End, "Too deep.");
        if (current is AnchorAlias) throw new YamlException(current.Start, current.End, "Aliases are not accepted.");
        return true;
    }
}
