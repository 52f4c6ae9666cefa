using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Safety.Tests.Swaps;

/// <summary>That a PersistentVolume has its new disk with the old one's data, and that nothing else is left.</summary>
internal sealed class SwapProof(SandboxBackend backend, SwapWorld before, SwapWorld world)
{
    private IEnumerable<Ec2Snapshot> NewSnapshots => world.Snapshots.Where(snapshot => before.Snapshots.All(old => old.Id != snapshot.Id));

    public static async Task<SwapProof> ReadAsync(SandboxBackend backend, SwapWorld before) => new(backend, before, await SwapWorld.ReadAsync(backend));

    /// <summary>That there is no disk but the old ones and one copy of each, and nothing new that its swap is not known of.</summary>
    public void AssertNothingElse(int copies)
    {
        Assert.Equal(before.Volumes.Count + copies, world.Volumes.Count);
        Assert.All(world.Volumes.Where(volume => before.Volumes.All(old => old.Id != volume.Id)), volume => Assert.Contains("ebspv/operation", volume.Tags.Keys));
        Assert.All(NewSnapshots, snapshot => Assert.Contains("ebspv/operation", snapshot.Tags.Keys));
        Assert.Equal(before.PersistentVolumes.Select(SwapWorld.Name).Order(), world.PersistentVolumes.Select(SwapWorld.Name).Order());
    }

    /// <summary>That it was moved to zone b, by one snapshot.</summary>
    public async Task AssertMovedAsync(SwapCell cell, Holding holding)
    {
        Assert.Single(world.Copies(cell.VolumeId));
        var copy = await AssertSwappedAsync(cell, holding, IBackend.ZoneB, "move", cell.Content);
        var snapshot = Assert.Single(NewSnapshots, snapshot => snapshot.VolumeId == cell.VolumeId);
        Assert.Equal((snapshot.Id, snapshot.Tags["ebspv/operation"]), (copy.SnapshotId, copy.Tags["ebspv/operation"]));
    }

    /// <summary>That it was restored in its zone, and that no snapshot was made for it.</summary>
    public async Task AssertRestoredAsync(SwapCell cell, Holding holding, string content)
    {
        Assert.Single(world.Copies(cell.VolumeId));
        var copy = await AssertSwappedAsync(cell, holding, IBackend.ZoneC, "restore", content);
        Assert.Contains(before.Snapshots, snapshot => snapshot.Id == copy.SnapshotId && snapshot.VolumeId == cell.VolumeId);
        Assert.DoesNotContain(NewSnapshots, snapshot => snapshot.VolumeId == cell.VolumeId);
    }

    /// <summary>That it is as it was before, with its old disk, and that what was made meanwhile is marked as given up.</summary>
    public async Task AssertGivenBackAsync(SwapCell cell, Holding holding, string content)
    {
        AssertPersistentVolume(cell, holding, cell.VolumeId, IBackend.ZoneC);
        if (holding == Holding.Bound) AssertClaim(cell);
        Assert.Equal(before.Volume(cell.VolumeId).Tags, world.Volume(cell.VolumeId).Tags);
        Assert.All(world.Copies(cell.VolumeId), AssertGivenUp);
        Assert.Equal(content, await backend.Admin.ReadAsync(cell.VolumeId));
    }

    /// <summary>That it has another disk, made in a zone with some content, and the old one is kept with its own. Other copies were given up.</summary>
    public async Task<Ec2Volume> AssertSwappedAsync(SwapCell cell, Holding holding, string zone, string by, string content)
    {
        var copy = Assert.Single(world.Copies(cell.VolumeId), copy => copy.Id == SwapWorld.Disk(world.PersistentVolume(cell.Name)!));
        Assert.All(world.Copies(cell.VolumeId).Where(other => other != copy), AssertGivenUp);
        var old = world.Volume(cell.VolumeId);
        AssertPersistentVolume(cell, holding, copy.Id, zone);
        if (holding == Holding.Bound) AssertClaim(cell);
        AssertSame(old, copy, zone);
        AssertTags(old, copy, by);
        Assert.Equal(content, await backend.Admin.ReadAsync(copy.Id));
        Assert.Equal(cell.Content, await backend.Admin.ReadAsync(old.Id));
        return copy;
    }

    private static void AssertGivenUp(Ec2Volume copy)
    {
        Assert.Equal($"given up {copy.Tags["ebspv/operation"]}", copy.Tags["ebspv/retired-by"]);
        Assert.DoesNotContain(copy.Tags.Keys, key => key is "ebspv/set" or "ebspv/slot");
    }

    private void AssertPersistentVolume(SwapCell cell, Holding holding, string disk, string zone)
    {
        var volume = world.PersistentVolume(cell.Name) ?? throw new InvalidOperationException($"{cell.Name} is gone.");
        Assert.Equal((disk, holding.ToString()), (SwapWorld.Disk(volume), SwapWorld.Phase(volume)));
        Assert.Equal(holding == Holding.Bound ? "Delete" : "Retain", volume["spec"]!["persistentVolumeReclaimPolicy"]!.GetValue<string>());
        Assert.Equal(cell.ClaimUid, volume["spec"]!["claimRef"]?["uid"]?.GetValue<string>());
        Assert.Contains($"\"{zone}\"", volume["spec"]!["nodeAffinity"]!.ToJsonString());
        var notes = (volume["metadata"]!["annotations"] as JsonObject ?? []).Where(note => note.Key.StartsWith("ebspv/", StringComparison.Ordinal)).ToDictionary(note => note.Key, note => note.Value!.GetValue<string>());
        // It names the disk that it had: nothing else is left of a swap.
        Assert.Equal(disk != cell.VolumeId, notes.Remove("ebspv/replaces", out var replaced) && replaced.Split(' ').Contains(cell.VolumeId));
        Assert.Empty(notes);
        Assert.Equal(holding == Holding.Released ? [] : [$"{cell.Name} for {disk}"], world.UsableFor(cell));
    }

    private void AssertClaim(SwapCell cell)
    {
        var claim = world.Claim(cell.Claim!) ?? throw new InvalidOperationException($"{cell.Claim} is gone.");
        Assert.Equal((cell.ClaimUid, "Bound", cell.Name), (SwapWorld.Uid(claim), SwapWorld.Phase(claim), claim["spec"]!["volumeName"]!.GetValue<string>()));
        Assert.DoesNotContain("ebspv/", claim["metadata"]!.ToJsonString());
    }

    private static void AssertSame(Ec2Volume old, Ec2Volume copy, string zone)
    {
        Assert.Equal((old.Size, old.Type, old.Iops, old.Throughput, old.Encrypted, old.KmsKeyId), (copy.Size, copy.Type, copy.Iops, copy.Throughput, copy.Encrypted, copy.KmsKeyId));
        Assert.Equal((4000, 200, "web", zone), (copy.Iops, copy.Throughput, copy.Tags["team"], copy.Zone));
    }

    private static void AssertTags(Ec2Volume old, Ec2Volume copy, string by)
    {
        Assert.Equal($"{by} {copy.Tags["ebspv/operation"]}", old.Tags["ebspv/retired-by"]);
        Assert.Equal((old.Tags["ebspv/retired-set"], old.Tags["ebspv/retired-slot"]), (copy.Tags["ebspv/set"], copy.Tags["ebspv/slot"]));
        Assert.DoesNotContain(old.Tags.Keys, key => key is "ebspv/set" or "ebspv/slot");
        Assert.DoesNotContain(copy.Tags.Keys, key => key.StartsWith("ebspv/retired", StringComparison.Ordinal));
    }
}
