using System.Globalization;

namespace EbsPv.PowerShell.Binding;

/// <summary>What -Name means: the name, when one volume comes; what the names begin with, when several do. The first volume is held back
/// until it is known which.</summary>
internal sealed class NamePrefix
{
    private readonly string? _prefix;
    private PipedVolume? _held;
    private int _count;

    private NamePrefix(string? prefix) => _prefix = prefix;

    /// <summary>No -Name: every volume keeps its own.</summary>
    public static NamePrefix None => new(null);

    public static NamePrefix Of(string prefix) => new(prefix);

    /// <summary>The volumes whose names are known now.</summary>
    public IReadOnlyList<PipedVolume> Name(PipedVolume volume)
    {
        if (_prefix is null) return [volume];
        _count++;
        if (_count == 1)
        {
            _held = volume;
            return [];
        }

        if (_held is not { } first) return [Named(volume, Numbered(_count))];
        _held = null;
        return [Named(first, Numbered(1)), Named(volume, Numbered(2))];
    }

    /// <summary>The volume that stayed alone.</summary>
    public IReadOnlyList<PipedVolume> Rest() => _held is { } only ? [Named(only, _prefix!)] : [];

    private string Numbered(int number) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}-{number:d2}");

    private static PipedVolume Named(PipedVolume volume, string name) => volume with { Volume = volume.Volume with { Name = name } };
}
