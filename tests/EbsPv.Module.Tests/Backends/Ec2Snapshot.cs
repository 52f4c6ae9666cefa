using System.Xml.Linq;

namespace EbsPv.Module.Tests.Backends;

/// <summary>A snapshot as EC2 answers it.</summary>
public sealed record Ec2Snapshot(string Id, string VolumeId, string State, IReadOnlyDictionary<string, string> Tags)
{
    public static Ec2Snapshot From(XElement item) =>
        new(item.Element("snapshotId")!.Value, item.Element("volumeId")!.Value, item.Element("status")!.Value, Ec2Http.TagsOf(item));
}
