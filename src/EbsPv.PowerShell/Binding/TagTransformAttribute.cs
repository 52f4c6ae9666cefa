using System.Collections;
using System.Management.Automation;

namespace EbsPv.PowerShell.Binding;

/// <summary>Takes tags in the forms in which they come: a hashtable, a dictionary, objects with Key and Value as AWS.Tools has them, or an
/// object whose properties they are, as JSON brings them back.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TagTransformAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            null => null,
            IReadOnlyDictionary<string, string> map => ToHashtable(map),
            IDictionary dictionary => dictionary,
            IEnumerable list and not string => FromPairs(list),
            PSCustomObject => FromObject(PSObject.AsPSObject(inputData)),
            _ => throw NoPairs(value),
        };
    }

    /// <summary>Tags as the rest of EbsPv takes them.</summary>
    internal static IReadOnlyDictionary<string, string> ToTags(IDictionary? tags)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (tags is null) return map;
        foreach (DictionaryEntry tag in tags) map[Text(tag.Key)] = Text(tag.Value);
        return map;
    }

    private static Hashtable FromPairs(IEnumerable list)
    {
        var table = new Hashtable(StringComparer.Ordinal);
        foreach (var item in list)
        {
            if (item is null || PSObject.AsPSObject(item) is not { } pair || pair.Properties["Key"]?.Value is not { } key) throw NoPairs(item);
            table[Text(key)] = Text(pair.Properties["Value"]?.Value);
        }

        return table;
    }

    private static Hashtable FromObject(PSObject item)
    {
        if (item.Properties["Key"] is not null) return FromPairs(new[] { item });
        var table = new Hashtable(StringComparer.Ordinal);
        foreach (var property in item.Properties) table[property.Name] = Text(property.Value);
        return table;
    }

    private static Hashtable ToHashtable(IReadOnlyDictionary<string, string> map)
    {
        var table = new Hashtable(StringComparer.Ordinal);
        foreach (var (key, value) in map) table[key] = value;
        return table;
    }

    private static ArgumentTransformationMetadataException NoPairs(object? value) =>
        new($"'{Defaults.Escaped.Text(value?.ToString())}' is no pair of a key and a value. Give pairs as in @{{ app = 'web' }}.");

    private static string Text(object? value) => value is null ? string.Empty : LanguagePrimitives.ConvertTo<string>(value);
}
