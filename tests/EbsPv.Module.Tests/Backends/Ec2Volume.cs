using System.Globalization;
using System.Xml.Linq;

namespace EbsPv.Module.Tests.Backends;

/// <summary>A volume as EC2 answers it.</summary>
public sealed record Ec2Volume(string Id, string Zone, int Size, string Type, string State, IReadOnlyDictionary<string, string> Tags)
{
    public string? Name => Tags.GetValueOrDefault("Name");

    public static Ec2Volume From(XElement item) => new(
        item.Element("volumeId")!.Value,
        item.Element("availabilityZone")!.Value,
        int.Parse(item.Element("size")!.Value, CultureInfo.InvariantCulture),
        item.Element("volumeType")!.Value,
        item.Element("status")!.Value,
        (item.Element("tagSet")?.Elements("item") ?? []).ToDictionary(tag => tag.Element("key")!.Value, tag => tag.Element("value")!.Value));
}
