using Amazon.EC2.Model;
using EbsPv.Ports;
using EbsPv.Volumes;

namespace EbsPv.Clients.Aws;

/// <summary>From the SDK's types to ours: its lists are null when absent, its numbers nullable.</summary>
internal static partial class Ec2Mapping
{
    public static List<Filter> Filters(IReadOnlyList<Ec2Filter> filters) =>
        [.. filters.Select(filter => new Filter(filter.Name, [.. filter.Values]))];

    public static ClusterEbsVolume Volume(Volume volume, string region) =>
        Volume(volume, region, Tags(volume.Tags));

    public static WorkerInstance Instance(Instance instance) => new(
        instance.InstanceId,
        instance.InstanceType?.Value ?? string.Empty,
        instance.Placement?.AvailabilityZone ?? string.Empty,
        [.. (instance.SecurityGroups ?? []).Select(group => group.GroupName)],
        Tags(instance.Tags));

    public static CreateVolumeRequest Request(NewVolume volume) => new()
    {
        AvailabilityZone = volume.AvailabilityZone,
        Size = volume.Spec.Size,
        VolumeType = volume.Spec.VolumeType,
        Iops = volume.Spec.Iops,
        Throughput = volume.Spec.Throughput,
        // A key without Encrypted is refused by EC2.
        Encrypted = volume.Spec.KmsKeyId is null ? volume.Spec.Encrypted : true,
        KmsKeyId = volume.Spec.KmsKeyId,
        SnapshotId = volume.Spec.SnapshotId,
        VolumeInitializationRate = volume.Spec.VolumeInitializationRate,
        MultiAttachEnabled = volume.Spec.MultiAttachEnabled ? true : null,
        ClientToken = volume.ClientToken,
        TagSpecifications =
        [
            new TagSpecification { ResourceType = "volume", Tags = [.. volume.Tags.Select(tag => new Tag(tag.Key, tag.Value))] },
        ],
    };

    public static ClusterEbsVolume Created(CreateVolumeResponse response, string region) => Volume(response.Volume, region);

    public static ModifyVolumeRequest Request(VolumeChange change) => new()
    {
        VolumeId = change.VolumeId,
        VolumeType = change.VolumeType,
        Size = change.Size,
        Iops = change.Iops,
        Throughput = change.Throughput,
    };

    public static Ports.VolumeModification Modification(Amazon.EC2.Model.VolumeModification modification) => new(
        modification.VolumeId,
        modification.ModificationState?.Value ?? "unknown",
        modification.TargetVolumeType?.Value ?? string.Empty,
        modification.TargetSize ?? 0)
    {
        Iops = modification.TargetIops,
        Throughput = modification.TargetThroughput,
        Progress = modification.Progress,
        StatusMessage = NullIfEmpty(modification.StatusMessage),
        StartTime = modification.StartTime?.ToUniversalTime(),
    };

    private static ClusterEbsVolume Volume(Volume volume, string region, Dictionary<string, string> tags) => new()
    {
        VolumeId = volume.VolumeId,
        Name = tags.GetValueOrDefault(VolumeTags.Name),
        SetName = tags.GetValueOrDefault(VolumeTags.Set),
        AvailabilityZone = volume.AvailabilityZone,
        Region = region,
        Size = volume.Size ?? 0,
        VolumeType = volume.VolumeType?.Value,
        Iops = volume.Iops,
        Throughput = volume.Throughput,
        Encrypted = volume.Encrypted ?? false,
        KmsKeyId = NullIfEmpty(volume.KmsKeyId),
        MultiAttachEnabled = volume.MultiAttachEnabled ?? false,
        SnapshotId = NullIfEmpty(volume.SnapshotId),
        State = volume.State?.Value ?? "unknown",
        Attachments = [.. (volume.Attachments ?? []).Select(Attachment)],
        Tags = tags,
        CreateTime = volume.CreateTime?.ToUniversalTime(),
    };

    private static ClusterVolumeAttachment Attachment(VolumeAttachment attachment) => new()
    {
        InstanceId = attachment.InstanceId,
        Device = attachment.Device,
        State = attachment.State?.Value,
        DeleteOnTermination = attachment.DeleteOnTermination ?? false,
    };

    private static Dictionary<string, string> Tags(List<Tag>? tags)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags ?? []) map[tag.Key] = tag.Value ?? string.Empty;
        return map;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
