using Amazon.EC2.Model;
using EbsPv.Ports;
using EbsPv.Volumes;

namespace EbsPv.Clients.Aws;

/// <summary>Snapshots.</summary>
internal static partial class Ec2Mapping
{
    public static CreateSnapshotRequest Request(NewSnapshot snapshot) => new()
    {
        VolumeId = snapshot.VolumeId,
        Description = snapshot.Description,
        TagSpecifications =
        [
            new TagSpecification { ResourceType = "snapshot", Tags = [.. snapshot.Tags.Select(tag => new Tag(tag.Key, tag.Value))] },
        ],
    };

    public static ClusterEbsSnapshot Snapshot(Snapshot snapshot, string region)
    {
        var tags = Tags(snapshot.Tags);
        return new ClusterEbsSnapshot
        {
            SnapshotId = snapshot.SnapshotId,
            Name = tags.GetValueOrDefault(VolumeTags.Name),
            VolumeId = snapshot.VolumeId,
            Region = region,
            ClusterName = tags.GetValueOrDefault(VolumeTags.KubernetesCluster),
            SetName = tags.GetValueOrDefault(VolumeTags.Set),
            Size = snapshot.VolumeSize ?? 0,
            State = snapshot.State?.Value ?? "unknown",
            Progress = NullIfEmpty(snapshot.Progress),
            Encrypted = snapshot.Encrypted ?? false,
            KmsKeyId = NullIfEmpty(snapshot.KmsKeyId),
            StartTime = snapshot.StartTime?.ToUniversalTime(),
            Description = NullIfEmpty(snapshot.Description),
            Tags = tags,
        };
    }
}
