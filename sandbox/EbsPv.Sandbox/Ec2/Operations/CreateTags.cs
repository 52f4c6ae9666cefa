using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Operations;

public sealed class CreateTags(Ec2State state) : IEc2Operation
{
    private const int MostResources = 1_000;

    public string Action => "CreateTags";

    public IReadOnlySet<string> Parameters { get; } = new HashSet<string>(StringComparer.Ordinal) { "ResourceId", "Tag", "DryRun" };

    public string Target(QueryNode parameters) => DescribeTarget.Of(parameters, "ResourceId");

    public void Run(Ec2Request request, AnswerWriter answer)
    {
        var tags = TagRules.Check(request.Parameters.Items("Tag"));
        var ids = ResourceIds(request.Parameters);
        if (tags.Count == 0) throw Ec2Errors.Missing("Tag");
        request.StopIfDryRun();
        state.ChangeTags(request.Region, ids, request.Now, current => Merge(current, tags));
        answer.Done();
    }

    public static IReadOnlyList<string> ResourceIds(QueryNode parameters)
    {
        var ids = parameters.Texts("ResourceId").Distinct(StringComparer.Ordinal).ToArray();
        if (ids.Length == 0) throw Ec2Errors.Missing("ResourceId");
        if (ids.Length > MostResources)
            throw Ec2Errors.InvalidValue($"The maximum number of resources on a single call is {MostResources}");
        return ids;
    }

    private static IReadOnlyList<Ec2Tag> Merge(IReadOnlyList<Ec2Tag> current, IReadOnlyList<Ec2Tag> tags)
    {
        var keys = tags.Select(tag => tag.Key).ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<Ec2Tag> merged = [.. current.Where(tag => !keys.Contains(tag.Key)), .. tags];
        TagRules.CheckCount(merged);
        return merged;
    }
}
