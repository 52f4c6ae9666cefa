namespace EbsPv.Sandbox.Ec2.Iam;

/// <summary>One key under one operator of a Condition: any of its values will do, or with a negated operator none may.</summary>
public sealed class PolicyCondition
{
    private const string ForAll = "ForAllValues:", ForAny = "ForAnyValue:", IfExists = "IfExists";

    private static readonly string[] s_operators = ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "Null", "Bool"];
    private static readonly string[] s_keys = ["aws:TagKeys", "ec2:CreateAction", "ec2:Encrypted", "ec2:Region"];
    private static readonly string[] s_prefixes = ["aws:RequestTag/", "aws:ResourceTag/", "ec2:ResourceTag/"];

    private readonly string _operator;
    private readonly string _qualifier;
    private readonly bool _ifExists;
    private readonly string _key;
    private readonly IReadOnlyList<string> _values;

    private PolicyCondition(string qualifier, string @operator, bool ifExists, string key, IReadOnlyList<string> values) =>
        (_qualifier, _operator, _ifExists, _key, _values) = (qualifier, @operator, ifExists, key, values);

    private bool IsNegated => _operator.Contains("Not", StringComparison.Ordinal);

    /// <exception cref="FormatException">It is none that is evaluated here.</exception>
    public static PolicyCondition Parse(string @operator, string key, IReadOnlyList<string> values)
    {
        var qualifier = new[] { ForAll, ForAny }.FirstOrDefault(prefix => @operator.StartsWith(prefix, StringComparison.Ordinal)) ?? "";
        var ifExists = @operator.EndsWith(IfExists, StringComparison.Ordinal);
        var bare = @operator[qualifier.Length..^(ifExists ? IfExists.Length : 0)];
        if (!s_operators.Contains(bare) || (ifExists && bare == "Null") || (qualifier.Length > 0 && !bare.StartsWith("String", StringComparison.Ordinal)))
            throw new FormatException($"The condition operator {@operator} is not evaluated here.");
        if (!IsKnown(key)) throw new FormatException($"The condition key {key} is not evaluated here.");
        if (key == "aws:TagKeys" && bare != "Null" && qualifier.Length == 0)
            throw new FormatException($"{key} has many values: {@operator} needs {ForAll} or {ForAny} before it.");
        if (values.Count == 0) throw new FormatException($"{@operator} on {key} names no value.");
        if (bare is "Null" or "Bool" && (values.Count != 1 || values[0] is not ("true" or "false")))
            throw new FormatException($"{@operator} on {key} is true or false.");
        return new PolicyCondition(qualifier, bare, ifExists, key, values);
    }

    public bool Holds(AccessRequest request)
    {
        var isThere = request.Keys.TryGetValue(_key, out var found) && found.Count > 0;
        if (_operator == "Null") return isThere == (_values[0] == "false");
        // What is not there equals nothing, and all of nothing is fine.
        if (!isThere) return _ifExists || _qualifier == ForAll || (IsNegated && _qualifier.Length == 0);
        return _qualifier == ForAll ? found!.All(Fits) : found!.Any(Fits);
    }

    private static bool IsKnown(string key) =>
        s_keys.Contains(key) || s_prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal) && key.Length > prefix.Length);

    private bool Fits(string text) => IsNegated != _values.Any(value => Matches(value, text));

    private bool Matches(string value, string text) =>
        _operator.EndsWith("Like", StringComparison.Ordinal) ? PolicyText.Matches(value, text) : value == text;
}
