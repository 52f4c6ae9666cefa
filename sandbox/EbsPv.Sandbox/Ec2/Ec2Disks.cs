using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;
using EbsPv.Sandbox.Kubernetes;

namespace EbsPv.Sandbox.Ec2;

/// <summary>What the CSI driver makes EC2 do, by EC2's rules but without its rates.</summary>
public sealed class Ec2Disks(Ec2State state) : IDisks
{
    public string? Attach(string volumeId, string instanceId) => Try(() =>
    {
        state.Change(volumeId, volume => volume.Attachments.Any(one => one.InstanceId == instanceId) ? volume : Attached(volume, instanceId));
    });

    public void Detach(string volumeId, string instanceId) => state.Detach(volumeId, instanceId);

    public string? Delete(string volumeId) => Try(() =>
    {
        if (state.FindVolume(volumeId) is { } volume && !volume.IsGone(state.Clock.GetUtcNow())) state.DeleteVolume(volume.Region, volumeId, state.Clock.GetUtcNow());
    });

    public (bool IsDone, string? Problem) Grow(string volumeId, int size)
    {
        var isDone = false;
        var problem = Try(() => state.Change(volumeId, volume =>
        {
            var now = state.Clock.GetUtcNow();
            if (volume.IsGone(now)) throw Ec2Errors.VolumeNotFound(volumeId);
            var current = volume.At(now);
            isDone = current.Size >= size;
            var isUnderWay = volume.Modifications is [.., var latest] && latest.IsUnderWay(now) && latest.Target.Size >= size;
            if (isDone || isUnderWay) return volume;
            var modification = VolumeModificationRules.Begin(current, new VolumeModificationSpec { VolumeId = volumeId, Size = size }, state.Settings, now);
            return current with { Modifications = [.. current.Modifications, modification] };
        }));
        return (isDone, problem);
    }

    private static string? Try(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (Ec2Exception refusal)
        {
            return $"{refusal.Code}: {refusal.Message}";
        }
    }

    private EbsVolume Attached(EbsVolume volume, string instanceId)
    {
        var now = state.Clock.GetUtcNow();
        var instance = state.Instances.FirstOrDefault(one => one.InstanceId == instanceId) ?? throw Ec2Errors.InstanceNotFound([instanceId]);
        if (volume.IsGone(now)) throw Ec2Errors.VolumeNotFound(volume.VolumeId);
        if (instance.AvailabilityZone != volume.AvailabilityZone) throw Ec2Errors.ZoneMismatch(volume.VolumeId, instanceId);
        if (state.Settings.ZoneOutages.TryGetValue(volume.AvailabilityZone, out var outage)) throw outage.Refusal();
        if (volume.Attachments.Count > 0 && !volume.MultiAttachEnabled) throw Ec2Errors.VolumeInUse(volume.VolumeId, volume.Attachments[0].InstanceId);
        if (volume.StateAt(now) is var current and not (VolumeState.Available or VolumeState.InUse)) throw Ec2Errors.IncorrectState(volume.VolumeId, current);
        return volume with { Attachments = [.. volume.Attachments, new VolumeAttachment { InstanceId = instanceId, AttachTime = now }] };
    }
}
