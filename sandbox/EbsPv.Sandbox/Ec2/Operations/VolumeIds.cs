using System.Text.RegularExpressions;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Operations;

/// <summary>Ids as EC2 takes them.</summary>
public static partial class VolumeIds
{
    public static void Check(string volumeId)
    {
        if (!Volume().IsMatch(volumeId))
            throw new Ec2Exception("InvalidVolumeID.Malformed", $"Invalid id: \"{volumeId}\" (expecting \"vol-...\")");
    }

    public static void CheckInstance(string instanceId)
    {
        if (!Instance().IsMatch(instanceId))
            throw new Ec2Exception("InvalidInstanceID.Malformed", $"Invalid id: \"{instanceId}\"");
    }

    public static void CheckSnapshot(string snapshotId)
    {
        if (!Snapshot().IsMatch(snapshotId))
            throw new Ec2Exception("InvalidSnapshotID.Malformed", $"Invalid id: \"{snapshotId}\" (expecting \"snap-...\")");
    }

    [GeneratedRegex(@"\Avol-([0-9a-f]{8}|[0-9a-f]{17})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Volume();

    [GeneratedRegex(@"\Asnap-([0-9a-f]{8}|[0-9a-f]{17})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Snapshot();

    [GeneratedRegex(@"\Ai-([0-9a-f]{8}|[0-9a-f]{17})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Instance();
}
