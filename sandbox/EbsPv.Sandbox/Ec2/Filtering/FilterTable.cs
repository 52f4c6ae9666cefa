using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Filtering;

/// <summary>The filter names that a describe knows, and where each finds its texts.</summary>
public sealed class FilterTable<T>
{
    private const string TagPrefix = "tag:";

    private readonly Dictionary<string, Func<T, DateTimeOffset, IEnumerable<string>>> _texts = new(StringComparer.Ordinal);
    private Func<T, IReadOnlyList<Ec2Tag>>? _tags;

    public FilterTable<T> Add(string name, Func<T, string?> text) => AddMany(name, (item, _) => text(item) is { } found ? [found] : []);

    public FilterTable<T> AddMany(string name, Func<T, DateTimeOffset, IEnumerable<string>> texts)
    {
        _texts.Add(name, texts);
        return this;
    }

    /// <summary>tag:&lt;key&gt; and tag-key.</summary>
    public FilterTable<T> AddTags(Func<T, IReadOnlyList<Ec2Tag>> tags)
    {
        _tags = tags;
        return AddMany("tag-key", (item, _) => tags(item).Select(tag => tag.Key));
    }

    /// <summary>One test for all filters: each must be met. A name that EC2 does not know is refused here.</summary>
    public Func<T, bool> Compile(IReadOnlyList<Ec2Filter> filters, DateTimeOffset now)
    {
        var tests = filters.Select(filter => (Filter: filter, Texts: TextsOf(filter.Name))).ToArray();
        return item => tests.All(test => test.Filter.Matches(test.Texts(item, now)));
    }

    private Func<T, DateTimeOffset, IEnumerable<string>> TextsOf(string name)
    {
        if (_texts.TryGetValue(name, out var texts)) return texts;
        if (_tags is null || !name.StartsWith(TagPrefix, StringComparison.Ordinal) || name.Length == TagPrefix.Length)
            throw Ec2Errors.InvalidValue($"The filter '{name}' is invalid");

        var key = name[TagPrefix.Length..];
        return (item, _) => _tags(item).Where(tag => tag.Key == key).Select(tag => tag.Value);
    }
}
