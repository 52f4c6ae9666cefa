namespace EbsPv.PowerShell.Binding;

/// <summary>What -Name means: the name, when one thing comes; what the names begin with, when several do. The first is held back until it
/// is known which.</summary>
/// <param name="prefix">The typed name; null for none, so that every thing keeps its own.</param>
/// <param name="rename">Gives a thing its name.</param>
internal sealed class NamePrefix<T>(string? prefix, Func<T, string, T> rename)
    where T : class
{
    private T? _held;
    private int _count;

    /// <summary>The things whose names are known now.</summary>
    public IReadOnlyList<T> Name(T item)
    {
        if (prefix is null) return [item];
        _count++;
        if (_count == 1)
        {
            _held = item;
            return [];
        }

        if (_held is not { } first) return [rename(item, NumberedName.Of(prefix, _count))];
        _held = null;
        return [rename(first, NumberedName.Of(prefix, 1)), rename(item, NumberedName.Of(prefix, 2))];
    }

    /// <summary>The one that stayed alone.</summary>
    public IReadOnlyList<T> Rest() => _held is { } only ? [rename(only, prefix!)] : [];
}
