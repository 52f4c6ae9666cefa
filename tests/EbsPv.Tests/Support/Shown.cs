using System.Collections;
using System.Reflection;

namespace EbsPv.Tests.Support;

/// <summary>Every text that can be reached from an object, as ConvertTo-Json and debuggers reach it: properties and fields, of any depth.</summary>
internal static class Shown
{
    private const int MaxDepth = 12;

    public static IReadOnlyCollection<string> By(object? root)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        Walk(root, texts, new HashSet<object>(ReferenceEqualityComparer.Instance), 0);
        return texts;
    }

    private static void Walk(object? value, HashSet<string> texts, HashSet<object> seen, int depth)
    {
        if (value is null || depth > MaxDepth) return;
        if (value is string text)
        {
            texts.Add(text);
            return;
        }

        var type = value.GetType();
        if (type.IsPrimitive || type.IsEnum || value is Type or MemberInfo or Assembly or Delegate or Pointer || (!type.IsValueType && !seen.Add(value))) return;
        texts.Add($"{value}");
        if (value is byte[] bytes) texts.Add(System.Text.Encoding.UTF8.GetString(bytes));
        if (value is IEnumerable many && type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true)
            foreach (var item in many)
                Walk(item, texts, seen, depth + 1);
        for (var of = type; of is not null && of != typeof(object); of = of.BaseType)
            foreach (var field in of.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                if (!field.FieldType.IsPointer)
                    Walk(field.GetValue(value), texts, seen, depth + 1);
    }
}
