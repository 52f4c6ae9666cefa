using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Filtering;

/// <summary>One filter of a describe: any of its values will do.</summary>
public sealed class Ec2Filter(string name, IReadOnlyList<string> values)
{
    private const int MostFilters = 50;
    private const int MostValues = 200;
    private const int LongestValue = 255;

    private readonly WildcardPattern[] _patterns = [.. values.Select(value => new WildcardPattern(value))];

    public string Name => name;

    public static IReadOnlyList<Ec2Filter> Parse(QueryNode parameters)
    {
        var sent = parameters.Items("Filter");
        if (sent.Count > MostFilters) throw TooMany("filters", MostFilters);
        return [.. sent.Select(ParseOne)];
    }

    /// <summary>The filters as the ledger shows them; whatever was sent, also what EC2 will refuse.</summary>
    public static string Describe(QueryNode parameters) => string.Join(' ', parameters.Children
        .Where(child => child.Key == "Filter")
        .SelectMany(child => child.Value.Children.Values)
        .Select(filter => $"{filter.Text("Name")}={string.Join(',', ValuesSent(filter))}"));

    public bool Matches(IEnumerable<string> texts) => texts.Any(text => _patterns.Any(pattern => pattern.Matches(text)));

    private static Ec2Exception TooMany(string what, int most) =>
        new("FilterLimitExceeded", $"The maximum number of {what} specified on a single call is {most}");

    private static IEnumerable<string?> ValuesSent(QueryNode filter) =>
        filter.Children.TryGetValue("Value", out var values) ? values.Children.Values.Select(value => value.Value) : [];

    private static Ec2Filter ParseOne(QueryNode filter)
    {
        var name = filter.Text("Name");
        if (string.IsNullOrEmpty(name)) throw Ec2Errors.InvalidValue("The filter 'null' is invalid");

        var values = filter.Texts("Value");
        if (values.Count == 0) throw Ec2Errors.InvalidValue($"The filter '{name}' must have at least one value");
        if (values.Count > MostValues)
            throw TooMany("filter values", MostValues);
        if (values.Any(value => value.Length > LongestValue))
            throw Ec2Errors.InvalidValue($"Filter value for '{name}' exceeds the maximum length of {LongestValue} characters");
        return new Ec2Filter(name, values);
    }
}
