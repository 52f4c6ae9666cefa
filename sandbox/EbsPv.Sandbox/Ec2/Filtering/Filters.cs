using System.Globalization;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Filtering;

/// <summary>The filters of each describe, under EC2's names.</summary>
public static class Filters
{
    public static FilterTable<EbsVolume> Volumes { get; } = new FilterTable<EbsVolume>()
        .Add("volume-id", volume => volume.VolumeId)
        .Add("availability-zone", volume => volume.AvailabilityZone)
        .Add("availability-zone-id", volume => ZoneId(volume.AvailabilityZone))
        .Add("volume-type", volume => volume.VolumeType)
        .Add("size", volume => Number(volume.Size))
        .Add("snapshot-id", volume => volume.SnapshotId)
        .Add("encrypted", volume => Text(volume.Encrypted))
        .Add("multi-attach-enabled", volume => Text(volume.MultiAttachEnabled))
        .Add("create-time", volume => AnswerWriter.Format(volume.CreateTime))
        .AddMany("status", (volume, now) => [volume.StateAt(now)])
        .AddMany("attachment.instance-id", (volume, _) => volume.Attachments.Select(attachment => attachment.InstanceId))
        .AddMany("attachment.device", (volume, _) => volume.Attachments.Select(attachment => attachment.Device))
        .AddMany("attachment.status", (volume, _) => volume.Attachments.Select(attachment => attachment.Status))
        .AddMany("attachment.attach-time", (volume, _) => volume.Attachments.Select(item => AnswerWriter.Format(item.AttachTime)))
        .AddMany("attachment.delete-on-termination", (volume, _) => volume.Attachments.Select(item => Text(item.DeleteOnTermination)))
        .AddTags(volume => volume.Tags);

    public static FilterTable<ShownModification> Modifications { get; } = new FilterTable<ShownModification>()
        .Add("volume-id", shown => shown.Volume.VolumeId)
        .AddMany("modification-state", (shown, now) => [shown.Modification.StateAt(now)])
        .Add("original-size", shown => Number(shown.Modification.Original.Size))
        .Add("original-iops", shown => Number(shown.Modification.Original.Iops))
        .Add("original-volume-type", shown => shown.Modification.Original.VolumeType)
        .Add("target-size", shown => Number(shown.Modification.Target.Size))
        .Add("target-iops", shown => Number(shown.Modification.Target.Iops))
        .Add("target-volume-type", shown => shown.Modification.Target.VolumeType)
        .Add("start-time", shown => AnswerWriter.Format(shown.Modification.StartTime));

    public static FilterTable<EbsSnapshot> Snapshots { get; } = new FilterTable<EbsSnapshot>()
        .Add("snapshot-id", snapshot => snapshot.SnapshotId)
        .Add("volume-id", snapshot => snapshot.VolumeId)
        .Add("volume-size", snapshot => snapshot.VolumeSize.ToString(CultureInfo.InvariantCulture))
        .Add("owner-id", snapshot => snapshot.OwnerId)
        .Add("description", snapshot => snapshot.Description)
        .Add("encrypted", snapshot => Text(snapshot.Encrypted))
        .Add("start-time", snapshot => AnswerWriter.Format(snapshot.StartTime))
        .AddMany("status", (snapshot, now) => [snapshot.StatusAt(now)])
        .AddMany("progress", (snapshot, now) => [snapshot.ProgressAt(now)])
        .AddTags(snapshot => snapshot.TagList());

    public static FilterTable<Ec2Instance> Instances { get; } = new FilterTable<Ec2Instance>()
        .Add("instance-id", instance => instance.InstanceId)
        .Add("instance-type", instance => instance.InstanceType)
        .Add("instance-state-name", instance => instance.State)
        .Add("instance-state-code", instance => InstanceState.CodeOf(instance.State).ToString(CultureInfo.InvariantCulture))
        .Add("availability-zone", instance => instance.AvailabilityZone)
        .Add("availability-zone-id", instance => ZoneId(instance.AvailabilityZone))
        .Add("vpc-id", instance => instance.VpcId)
        .Add("image-id", instance => instance.ImageId)
        .Add("private-ip-address", instance => instance.PrivateIpAddress)
        .AddMany("instance.group-name", (instance, _) => instance.Groups.Select(group => group.GroupName))
        .AddMany("instance.group-id", (instance, _) => instance.Groups.Select(group => group.GroupId))
        .AddTags(instance => instance.Tags);

    public static string? ZoneId(string zoneName) => AvailabilityZone.All.FirstOrDefault(zone => zone.Name == zoneName)?.Id;

    private static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string Text(bool value) => value ? "true" : "false";
}
