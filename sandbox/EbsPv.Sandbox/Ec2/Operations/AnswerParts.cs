using EbsPv.Sandbox.Ec2.Filtering;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Operations;

/// <summary>The parts that several answers share.</summary>
public static class AnswerParts
{
    public static void Tags(this AnswerWriter answer, IReadOnlyList<Ec2Tag> tags)
    {
        if (tags.Count == 0) return;
        answer.Set("tagSet", tags, tag =>
        {
            answer.Text("key", tag.Key);
            answer.Text("value", tag.Value);
        });
    }

    public static void Volume(this AnswerWriter answer, EbsVolume volume, string state)
    {
        answer.Text("volumeId", volume.VolumeId);
        answer.Number("size", volume.Size);
        answer.Text("snapshotId", volume.SnapshotId ?? "");
        answer.Text("availabilityZone", volume.AvailabilityZone);
        answer.Text("availabilityZoneId", Filters.ZoneId(volume.AvailabilityZone));
        answer.Text("status", state);
        answer.Time("createTime", volume.CreateTime);
        answer.Text("volumeType", volume.VolumeType);
        answer.Number("iops", volume.Iops);
        answer.Number("throughput", volume.Throughput);
        answer.Flag("encrypted", volume.Encrypted);
        answer.Text("kmsKeyId", volume.KmsKeyId);
        answer.Flag("multiAttachEnabled", volume.MultiAttachEnabled);
        answer.Number("volumeInitializationRate", volume.VolumeInitializationRate);
        answer.Tags(volume.Tags);
    }

    public static void Modification(this AnswerWriter answer, string volumeId, VolumeModification modification, DateTimeOffset now)
    {
        answer.Text("volumeId", volumeId);
        answer.Text("modificationState", modification.StateAt(now));
        if (modification.StateAt(now) == VolumeModification.Failed) answer.Text("statusMessage", "The modification could not be carried out.");
        Shape(answer, "original", modification.Original);
        Shape(answer, "target", modification.Target);
        answer.Number("progress", modification.ProgressAt(now));
        answer.Time("startTime", modification.StartTime);
        if (modification.EndAt(now) is { } end) answer.Time("endTime", end);
    }

    public static void Snapshot(this AnswerWriter answer, EbsSnapshot snapshot, string state, string progress)
    {
        answer.Text("snapshotId", snapshot.SnapshotId);
        answer.Text("volumeId", snapshot.VolumeId);
        answer.Text("status", state);
        answer.Time("startTime", snapshot.StartTime);
        answer.Text("progress", progress);
        answer.Text("ownerId", snapshot.OwnerId);
        answer.Number("volumeSize", snapshot.VolumeSize);
        answer.Text("description", snapshot.Description);
        answer.Flag("encrypted", snapshot.Encrypted);
        answer.Text("kmsKeyId", snapshot.KmsKeyId);
        answer.Tags(snapshot.TagList());
    }

    public static void Groups(this AnswerWriter answer, IReadOnlyList<SecurityGroup> groups) =>
        answer.Set("groupSet", groups, group =>
        {
            answer.Text("groupId", group.GroupId);
            answer.Text("groupName", group.GroupName);
        });

    public static void Done(this AnswerWriter answer) => answer.Text("return", "true");

    private static void Shape(AnswerWriter answer, string prefix, VolumeShape shape)
    {
        answer.Number($"{prefix}Size", shape.Size);
        answer.Text($"{prefix}VolumeType", shape.VolumeType);
        answer.Number($"{prefix}Iops", shape.Iops);
        answer.Number($"{prefix}Throughput", shape.Throughput);
        answer.Flag($"{prefix}MultiAttachEnabled", shape.MultiAttachEnabled);
    }
}
