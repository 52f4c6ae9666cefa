using System.Xml;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2;

/// <summary>What EC2 takes as tags.</summary>
public static class TagRules
{
    public const int MostTags = 50;
    private const int LongestKey = 127;
    private const int LongestValue = 256;

    /// <summary>The tags of TagSpecification.n for one type of resource; another type is refused.</summary>
    public static IReadOnlyList<Ec2Tag> ParseSpecification(QueryNode parameters, string resourceType)
    {
        var specifications = parameters.Items("TagSpecification");
        foreach (var specification in specifications)
        {
            var type = specification.Text("ResourceType")
                ?? throw Ec2Errors.InvalidValue("Tag specification resource type must have a value");
            if (type != resourceType)
                throw Ec2Errors.InvalidValue($"'{type}' is not a valid taggable resource type for this operation.");
        }
        if (specifications.Count > 1)
            throw Ec2Errors.InvalidValue($"Duplicate resource type '{resourceType}' in tag specifications.");
        return specifications.Count == 0 ? [] : Check(specifications[0].Items("Tag"));
    }

    public static IReadOnlyList<Ec2Tag> Check(IReadOnlyList<QueryNode> sent)
    {
        var tags = sent.Select(tag => new Ec2Tag(tag.Text("Key") ?? "", tag.Text("Value") ?? "")).ToArray();
        foreach (var tag in tags) Check(tag);
        if (tags.GroupBy(tag => tag.Key).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Ec2Errors.InvalidValue($"Duplicate tag key '{twice.Key}' specified.");
        CheckCount(tags);
        return tags;
    }

    /// <summary>Tags that start with aws: are Amazon's own and do not count.</summary>
    public static void CheckCount(IReadOnlyList<Ec2Tag> tags)
    {
        if (tags.Count(tag => !IsReserved(tag.Key)) > MostTags)
            throw new Ec2Exception("TagLimitExceeded", $"More than {MostTags} tags specified");
    }

    public static void CheckNotReserved(string key)
    {
        if (IsReserved(key)) throw Ec2Errors.InvalidValue("Tag keys starting with 'aws:' are reserved for internal use");
    }

    private static void Check(Ec2Tag tag)
    {
        if (tag.Key.Length == 0) throw Ec2Errors.InvalidValue("Tag key cannot be empty");
        if (tag.Key.Length > LongestKey) throw Ec2Errors.InvalidValue($"Tag key exceeds the maximum length of {LongestKey} characters");
        if (tag.Value.Length > LongestValue)
            throw Ec2Errors.InvalidValue($"Tag value exceeds the maximum length of {LongestValue} characters");
        if (!IsWritable(tag.Key) || !IsWritable(tag.Value))
            throw Ec2Errors.InvalidValue("Tag keys and values cannot contain control characters");
        CheckNotReserved(tag.Key);
    }

    private static bool IsReserved(string key) => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase);

    /// <summary>What no answer in XML could ever show is not taken in.</summary>
    private static bool IsWritable(string text)
    {
        try
        {
            XmlConvert.VerifyXmlChars(text);
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
