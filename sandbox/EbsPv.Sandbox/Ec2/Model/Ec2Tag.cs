namespace EbsPv.Sandbox.Ec2.Model;

public sealed record Ec2Tag(string Key, string Value)
{
    public static IReadOnlyList<Ec2Tag> From(IReadOnlyDictionary<string, string>? tags) =>
        tags is null ? [] : [.. tags.Select(tag => new Ec2Tag(tag.Key, tag.Value))];
}
