using System.Globalization;

namespace EbsPv.PowerShell.Binding;

/// <summary>What several things are called that were given one name.</summary>
internal static class NumberedName
{
    public static string Of(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}-{number:d2}");
}
