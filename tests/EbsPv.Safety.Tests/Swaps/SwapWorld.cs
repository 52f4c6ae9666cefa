using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;

namespace EbsPv.Safety.Tests.Swaps;

/// <summary>Both sides at one moment, asked by plain HTTP.</summary>
internal sealed record SwapWorld(IReadOnlyList<JsonNode> PersistentVolumes, IReadOnlyList<JsonNode> Claims, IReadOnlyList<Ec2Volume> Volumes, IReadOnlyList<Ec2Snapshot> Snapshots)
{
    public static async Task<SwapWorld> ReadAsync(IBackend backend) => new(
        await backend.Kube.PersistentVolumesAsync(),
        await backend.Kube.ListAsync(KubeHttp.Claims),
        await backend.Ec2.AllVolumesAsync(),
        await backend.Ec2.AllSnapshotsAsync());

    public JsonNode? PersistentVolume(string name) => PersistentVolumes.SingleOrDefault(one => Name(one) == name);

    public JsonNode? Claim(string name) => Claims.SingleOrDefault(one => Name(one) == name);

    public Ec2Volume Volume(string id) => Volumes.Single(volume => volume.Id == id);

    /// <summary>The disks that were made to take another's place.</summary>
    public IReadOnlyList<Ec2Volume> Copies(string volumeId) => [.. Volumes.Where(volume => volume.Tags.GetValueOrDefault("ebspv/replaces") == volumeId)];

    /// <summary>The PersistentVolumes by which a pod could come to the data of a PersistentVolume, old disk or new.</summary>
    public IReadOnlyList<string> UsableFor(SwapCell cell)
    {
        string[] disks = [cell.VolumeId, .. Copies(cell.VolumeId).Select(copy => copy.Id)];
        return [.. PersistentVolumes.Where(volume => disks.Contains(Disk(volume)) && IsUsable(volume)).Select(volume => $"{Name(volume)} for {Disk(volume)}")];
    }

    public static string? Disk(JsonNode volume) =>
        volume["spec"]!["csi"]?["volumeHandle"]?.GetValue<string>() ?? volume["spec"]!["awsElasticBlockStore"]?["volumeID"]?.GetValue<string>().Split('/')[^1];

    public static string Name(JsonNode item) => item["metadata"]!["name"]!.GetValue<string>();

    public static string Uid(JsonNode item) => item["metadata"]!["uid"]!.GetValue<string>();

    public static string Phase(JsonNode item) => item["status"]!["phase"]!.GetValue<string>();

    // Any claim may have one that is kept for none, or for a name alone; one with a claim's uid is that claim's.
    private bool IsUsable(JsonNode volume)
    {
        if (volume["metadata"]!["deletionTimestamp"] is not null) return false;
        if (volume["spec"]!["claimRef"]?["uid"]?.GetValue<string>() is not { } uid) return true;
        return Claims.Any(claim => Uid(claim) == uid && claim["spec"]!["volumeName"]?.GetValue<string>() == Name(volume));
    }
}
