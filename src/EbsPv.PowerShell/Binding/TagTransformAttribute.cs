using System.Collections;
using System.Management.Automation;

namespace EbsPv.PowerShell.Binding;

/// <summary>Takes tags in the forms in which they come: a hashtable, a dictionary, or objects with Key and Value as AWS.Tools has them.</summary>
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
            _ => inputData,
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
            var pair = PSObject.AsPSObject(item);
            if (pair.Properties["Key"]?.Value is { } key) table[Text(key)] = Text(pair.Properties["Value"]?.Value);
        }

        return table;
    }

    private static Hashtable ToHashtable(IReadOnlyDictionary<string, string> map)
    {
        var table = new Hashtable(StringComparer.Ordinal);
        foreach (var (key, value) in map) table[key] = value;
        return table;
    }

    private static string Text(object? value) => value is null ? string.Empty : LanguagePrimitives.ConvertTo<string>(value);
}
