using System.Text;

namespace EbsPv.Ports;

/// <summary>A filter of a Describe call: any of the values; of several filters, all.</summary>
/// <param name="Name">EC2's name of the filter, as in <c>tag:KubernetesCluster</c>.</param>
/// <param name="Values">Up to 200 values; <c>*</c> and <c>?</c> are wildcards unless escaped.</param>
public sealed record Ec2Filter(string Name, IReadOnlyList<string> Values)
{
    /// <summary>EC2 takes this many values in one filter.</summary>
    /// <remarks>Source: "Using filtering" of the EC2 API reference.</remarks>
    public const int MaxValues = 200;

    /// <summary>A filter on values that are meant as they are written.</summary>
    public static Ec2Filter Exactly(string name, params string[] values) => new(name, [.. values.Select(Escape)]);

    private static string Escape(string value)
    {
        if (value.AsSpan().IndexOfAny('*', '?', '\\') < 0) return value;
        var escaped = new StringBuilder(value.Length + 4);
        foreach (var character in value)
        {
            if (character is '*' or '?' or '\\') escaped.Append('\\');
            escaped.Append(character);
        }

        return escaped.ToString();
    }
}
