using EbsPv.Sandbox.Ec2.Filtering;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Operations;

/// <summary>What a describe is about: its ids and its filters.</summary>
public static class DescribeTarget
{
    public static string Of(QueryNode parameters, string idParameter)
    {
        var ids = parameters.Children.TryGetValue(idParameter, out var list)
            ? string.Join(',', list.Children.Values.Select(id => id.Value))
            : "";
        return $"{ids} {Ec2Filter.Describe(parameters)}".Trim();
    }
}
