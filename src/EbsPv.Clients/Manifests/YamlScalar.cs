using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace EbsPv.Clients.Manifests;

/// <summary>What a scalar means to kubectl, which reads YAML 1.1 as Go's yaml.v2 does: <c>yes</c> is a boolean, a date is a text.</summary>
internal readonly partial record struct YamlScalar(JsonValueKind Kind, string Text)
{
    private const string TagPrefix = "tag:yaml.org,2002:";
    private static readonly string[] Nulls = ["", "~", "null", "Null", "NULL"];
    private static readonly string[] Trues = ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"];
    private static readonly string[] Falses = ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"];

    public static YamlScalar Resolve(Scalar scalar)
    {
        if (scalar.Tag is { IsEmpty: false } tag) return Tagged(scalar, tag.IsNonSpecific ? "str" : tag.Value[TagPrefix.Length..]);
        return scalar.Style == ScalarStyle.Plain ? Resolve(scalar.Value) : new YamlScalar(JsonValueKind.String, scalar.Value);
    }

    /// <summary>What a text means where it stands without quotes.</summary>
    public static YamlScalar Resolve(string plain)
    {
        if (Array.IndexOf(Nulls, plain) >= 0) return new YamlScalar(JsonValueKind.Null, "null");
        if (Array.IndexOf(Trues, plain) >= 0) return new YamlScalar(JsonValueKind.True, "true");
        if (Array.IndexOf(Falses, plain) >= 0) return new YamlScalar(JsonValueKind.False, "false");
        if (!LooksLikeNumber().IsMatch(plain)) return new YamlScalar(JsonValueKind.String, plain);
        var digits = plain.Replace("_", "", StringComparison.Ordinal);
        return Whole(digits) ?? Fraction(digits) ?? new YamlScalar(JsonValueKind.String, plain);
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        if (Kind == JsonValueKind.String) json.WriteStringValue(Text);
        else json.WriteRawValue(Text);
    }

    private static YamlScalar Tagged(Scalar scalar, string tag)
    {
        if (tag == "str") return new YamlScalar(JsonValueKind.String, scalar.Value);
        var value = Resolve(scalar.Value);
        var fits = (tag, value.Kind) is ("int" or "float", JsonValueKind.Number) or ("bool", JsonValueKind.True or JsonValueKind.False) or ("null", JsonValueKind.Null);
        return fits ? value : throw new YamlException(scalar.Start, scalar.End, "A value that its tag does not fit.");
    }

    private static YamlScalar? Whole(string digits)
    {
        var negative = digits[0] == '-';
        var amount = digits.TrimStart('+', '-');
        var (numberBase, body) = amount switch
        {
            ['0', 'x' or 'X', .. var rest] => (16, rest),
            ['0', 'o' or 'O', .. var rest] => (8, rest),
            ['0', 'b' or 'B', .. var rest] => (2, rest),
            ['0', _, ..] => (8, amount[1..]),
            _ => (10, amount),
        };
        if (Amount(body, numberBase) is not { } value) return null;
        if (negative && value > 1UL << 63) return null;
        return new YamlScalar(JsonValueKind.Number, (negative && value > 0 ? "-" : "") + value.ToString(CultureInfo.InvariantCulture));
    }

    private static ulong? Amount(string digits, int numberBase)
    {
        if (digits.Length == 0) return null;
        UInt128 value = 0;
        foreach (var letter in digits)
        {
            var digit = char.IsAsciiHexDigit(letter) ? Convert.ToInt32(letter.ToString(), 16) : int.MaxValue;
            if (digit >= numberBase) return null;
            value = (value * (uint)numberBase) + (uint)digit;
            if (value > ulong.MaxValue) return null;
        }

        return (ulong)value;
    }

    private static YamlScalar? Fraction(string digits)
    {
        if (!IsFraction().IsMatch(digits)) return null;
        var value = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? new YamlScalar(JsonValueKind.Number, value.ToString("R", CultureInfo.InvariantCulture)) : null;
    }

    [GeneratedRegex(@"^[-+.0-9][-+.0-9a-fA-FxXoO_]*\z")]
    private static partial Regex LooksLikeNumber();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex IsFraction();
}
