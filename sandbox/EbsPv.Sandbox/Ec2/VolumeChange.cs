using EbsPv.Sandbox.Ec2.Model;

namespace EbsPv.Sandbox.Ec2;

/// <summary>A change forced on a volume from outside the API.</summary>
public sealed record VolumeChange
{
    public string? State { get; init; }

    /// <summary>An instance to attach it to, next to what it is attached to.</summary>
    public string? AttachTo { get; init; }

    public string Device { get; init; } = "/dev/sdf";

    public bool DeleteOnTermination { get; init; }

    public bool Detach { get; init; }

    /// <summary>In place of all its tags.</summary>
    public Dictionary<string, string>? Tags { get; init; }

    public EbsVolume Apply(EbsVolume volume, DateTimeOffset now)
    {
        if (State is not null && !VolumeState.All.Contains(State))
            throw new ArgumentException($"'{State}' is no state of a volume; there are {string.Join(", ", VolumeState.All)}.");
        if (Detach) volume = volume with { Attachments = [] };
        if (AttachTo is not null) volume = volume with { Attachments = [.. volume.Attachments, Attachment(AttachTo, now)] };
        if (Tags is not null) volume = volume with { Tags = Ec2Tag.From(Tags) };
        return State is null ? volume : volume.Forced(State, now);
    }

    private VolumeAttachment Attachment(string instanceId, DateTimeOffset now) =>
        new() { InstanceId = instanceId, Device = Device, AttachTime = now, DeleteOnTermination = DeleteOnTermination };
}
