using System.Globalization;
using System.Xml.Linq;

namespace EbsPv.Module.Tests.Backends;

/// <summary>A volume as EC2 answers it.</summary>
public sealed record Ec2Volume(string Id, string Zone, int Size, string Type, string State, IReadOnlyDictionary<string, string> Tags)
{
    public int? Iops { get; private init; }

    public int? Throughput { get; private init; }

    public bool Encrypted { get; private init; }

    public string? KmsKeyId { get; private init; }

    public string? SnapshotId { get; private init; }

    public int? InitializationRate { get; private init; }

    public bool MultiAttachEnabled { get; private init; }

    public string? Name => Tags.GetValueOrDefault("Name");

    public static Ec2Volume From(XElement item) => new(
        item.Element("volumeId")!.Value,
        item.Element("availabilityZone")!.Value,
        int.Parse(item.Element("size")!.Value, CultureInfo.InvariantCulture),
        item.Element("volumeType")!.Value,
        item.Element("status")!.Value,
        Ec2Http.TagsOf(item))
    {
        Iops = Number(item, "iops"),
        Throughput = Number(item, "throughput"),
        Encrypted = item.Element("encrypted")?.Value == "true",
        KmsKeyId = item.Element("kmsKeyId")?.Value,
        SnapshotId = item.Element("snapshotId")?.Value,
        InitializationRate = Number(item, "volumeInitializationRate"),
        MultiAttachEnabled = item.Element("multiAttachEnabled")?.Value == "true",
    };

    private static int? Number(XElement item, string name) =>
        item.Element(name)?.Value is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
