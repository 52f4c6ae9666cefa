using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Operations;

public sealed class DeleteTags(Ec2State state) : IEc2Operation
{
    public string Action => "DeleteTags";

    public IReadOnlySet<string> Parameters { get; } = new HashSet<string>(StringComparer.Ordinal) { "ResourceId", "Tag", "DryRun" };

    public string Target(QueryNode parameters) => DescribeTarget.Of(parameters, "ResourceId");

    public void Run(Ec2Request request, AnswerWriter answer)
    {
        // A key without a value takes the tag away whatever its value; with one, only when it is that value.
        var wanted = request.Parameters.Items("Tag").Select(tag => (Key: tag.Text("Key") ?? "", Value: tag.Text("Value"))).ToArray();
        foreach (var (key, _) in wanted) TagRules.CheckNotReserved(key);
        var ids = CreateTags.ResourceIds(request.Parameters);
        request.StopIfDryRun();

        state.ChangeTags(request.Region, ids, request.Now, current => [.. current.Where(tag => !IsWanted(tag))]);
        answer.Done();

        bool IsWanted(Ec2Tag tag) => wanted.Length == 0
            ? !tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)
            : wanted.Any(item => item.Key == tag.Key && (item.Value is null || item.Value == tag.Value));
    }
}
