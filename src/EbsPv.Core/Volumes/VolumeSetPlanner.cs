using System.Globalization;
using EbsPv.Errors;

namespace EbsPv.Volumes;

/// <summary>Works out which members of a set are there and which are missing. It makes no call.</summary>
public static class VolumeSetPlanner
{
    // A name with a larger number was given by hand: counting on from it would overflow.
    private const int LargestNumber = 1_000_000_000;

    /// <summary>The plan for a request, given what the set's look-up found.</summary>
    /// <exception cref="EbsPvException">VolumeSetMismatch, when a wanted member contradicts what the user typed.</exception>
    public static VolumeSetPlan Plan(VolumeSetRequest request, IEnumerable<ClusterEbsVolume> found)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(found);
        var members = found.Where(volume => IsMember(volume, request)).ToList();
        var bySlot = members.GroupBy(member => member.Tags[VolumeTags.Slot]).ToDictionary(group => group.Key, Eldest);
        var wanted = WantedSlots(request).ToList();
        var nextNumber = HighestNumber(request.SetName, members) + 1;
        var slots = new List<SlotPlan>(wanted.Count);
        foreach (var (slot, zone) in wanted)
        {
            var existing = bySlot.GetValueOrDefault(slot);
            var name = existing is null ? NumberedName(request.SetName, nextNumber++) : existing.Name ?? string.Empty;
            slots.Add(new SlotPlan(slot, zone, name, existing is null ? null : Adopt(existing, request, zone)));
        }

        CheckMembers(request, slots);
        return new VolumeSetPlan(request, slots, Warnings(slots, members, bySlot));
    }

    /// <summary>Whether a volume is a living member of the set: ours, of this cluster, in the zone of its slot or moved from there.</summary>
    public static bool IsMember(ClusterEbsVolume volume, VolumeSetRequest request)
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(request);
        return volume.Tags.GetValueOrDefault(VolumeTags.Set) == request.SetName
            && volume.Tags.GetValueOrDefault(VolumeTags.KubernetesCluster) == request.ClusterName
            && volume.Tags.TryGetValue(VolumeTags.Slot, out var slot)
            && (slot.StartsWith($"{volume.AvailabilityZone}/", StringComparison.Ordinal) || volume.Tags.ContainsKey(VolumeTags.Replaces))
            && !VolumeTags.IsRetired(volume.Tags)
            && volume.State is not ("deleting" or "deleted" or "error");
    }

    /// <summary>What about a member contradicts the request; null when nothing does. Larger satisfies smaller; tags never contradict.</summary>
    public static string? Contradiction(ClusterEbsVolume member, VolumeSetRequest request)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(request);
        var spec = request.Spec;
        if (member.Size < spec.Size) return $"{member} has {member.Size} GiB, and {spec.Size} are asked for";
        if (request.VolumeTypeTyped && member.VolumeType != spec.VolumeType) return $"{member} is {member.VolumeType}, and {spec.VolumeType} is asked for";
        if (spec.Iops is { } iops && member.Iops != iops) return $"{member} has {member.Iops} IOPS, and {iops} are asked for";
        if (spec.Throughput is { } throughput && member.Throughput != throughput)
            return $"{member} has {member.Throughput} MiB/s, and {throughput} are asked for";
        if (spec.Encrypted is { } encrypted && member.Encrypted != encrypted)
            return $"{member} is {(member.Encrypted ? "encrypted" : "not encrypted")}, and the opposite is asked for";
        if (spec.KmsKeyId is { } key && KmsKeyRule.Differs(key, member.KmsKeyId)) return $"{member} is encrypted with another key than {key}";
        // What a move or restore put in a member's place was made from a snapshot of its own.
        if (spec.SnapshotId is { } snapshot && member.SnapshotId != snapshot && !member.Tags.ContainsKey(VolumeTags.Replaces)) return $"{member} was not made from {snapshot}";
        if (spec.MultiAttachEnabled && !member.MultiAttachEnabled) return $"{member} cannot be attached to several instances, which is asked for";
        return null;
    }

    /// <summary>A member as this run emits it.</summary>
    public static ClusterEbsVolume Adopt(ClusterEbsVolume member, VolumeSetRequest request, ZoneTarget zone)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(zone);
        return member with { ClusterName = request.ClusterName, Context = request.Context, InstanceId = zone.InstanceId, Adopted = true };
    }

    /// <summary>A member that is yet to be made, as -WhatIf shows it.</summary>
    public static ClusterEbsVolume Planned(SlotPlan slot, VolumeSetRequest request)
    {
        ArgumentNullException.ThrowIfNull(slot);
        ArgumentNullException.ThrowIfNull(request);
        return new ClusterEbsVolume
        {
            Name = slot.Name,
            SetName = request.SetName,
            AvailabilityZone = slot.Zone.AvailabilityZone,
            Region = request.Region,
            ClusterName = request.ClusterName,
            Size = request.Spec.Size,
            VolumeType = request.Spec.VolumeType,
            Iops = request.Spec.Iops,
            Throughput = request.Spec.Throughput,
            Encrypted = request.Spec.Encrypted ?? false,
            KmsKeyId = request.Spec.KmsKeyId,
            SnapshotId = request.Spec.SnapshotId,
            MultiAttachEnabled = request.Spec.MultiAttachEnabled,
            State = "planned",
            Tags = VolumeTags.ForMember(request, slot.Zone.ClusterKind, slot.Slot, slot.Name).ToDictionary(tag => tag.Key, tag => tag.Value),
            InstanceId = slot.Zone.InstanceId,
            Context = request.Context,
        };
    }

    /// <summary>The failure of a set whose members contradict the request.</summary>
    public static EbsPvException Mismatch(VolumeSetRequest request, IReadOnlyList<string> contradictions)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(contradictions);
        return new EbsPvException(
            ErrorKind.InvalidState,
            ErrorIds.VolumeSetMismatch,
            $"The set '{request.SetName}' of the cluster '{request.ClusterName}' is there already and differs: "
            + $"{string.Join("; ", contradictions.Take(3))}{(contradictions.Count > 3 ? $"; and {contradictions.Count - 3} more" : "")}. Nothing was made.")
        {
            Target = request.SetName,
            RecommendedAction = "Ask for what is there, change the volumes with Set-ClusterEbsVolume, or make another set with -SetName.",
        };
    }

    // The number of a name, not the slot: a label that people read, counted through the whole set.
    private static string NumberedName(string set, int number) => string.Create(CultureInfo.InvariantCulture, $"{set}-{number:d2}");

    private static int HighestNumber(string set, List<ClusterEbsVolume> members) => members
        .Select(member => member.Name is { } name && name.StartsWith($"{set}-", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(set.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number < LargestNumber ? number : 0)
        .DefaultIfEmpty(0)
        .Max();

    private static IEnumerable<(string Slot, ZoneTarget Zone)> WantedSlots(VolumeSetRequest request)
    {
        for (var index = 0; index < request.Zones.Count; index++)
        {
            var zone = request.Zones[index];
            var wanted = request.Count is { } total ? Share(total, request.Zones.Count, index) : request.CountPerZone;
            for (var number = 1; number <= wanted; number++)
                yield return (string.Create(CultureInfo.InvariantCulture, $"{zone.AvailabilityZone}/{number}"), zone);
        }
    }

    private static int Share(int total, int zones, int index) => (total / zones) + (index < total % zones ? 1 : 0);

    private static ClusterEbsVolume Eldest(IEnumerable<ClusterEbsVolume> members) =>
        members.OrderBy(member => member.CreateTime).ThenBy(member => member.VolumeId, StringComparer.Ordinal).First();

    private static void CheckMembers(VolumeSetRequest request, List<SlotPlan> slots)
    {
        var contradictions = slots.Where(slot => slot.Existing is not null)
            .Select(slot => Contradiction(slot.Existing!, request))
            .OfType<string>()
            .ToList();
        if (contradictions.Count > 0) throw Mismatch(request, contradictions);
    }

    private static List<string> Warnings(
        List<SlotPlan> slots, List<ClusterEbsVolume> members, Dictionary<string, ClusterEbsVolume> bySlot)
    {
        var warnings = new List<string>();
        foreach (var extra in members.Where(member => IsDouble(member, bySlot[member.Tags[VolumeTags.Slot]])))
            warnings.Add($"VolumeSlotDoubled: {extra} stands in the slot of {bySlot[extra.Tags[VolumeTags.Slot]]} ({extra.Tags[VolumeTags.Slot]}), "
                + "which is older and was taken. Look at both before you delete one.");
        if (Adopted(slots) is { } adopted) warnings.Add(adopted);
        return warnings;
    }

    // A move that is under way has two for a while: its new volume stands for the one that still is the member.
    private static bool IsDouble(ClusterEbsVolume member, ClusterEbsVolume taken) =>
        member.VolumeId != taken.VolumeId && member.Tags.GetValueOrDefault(VolumeTags.Replaces) != taken.VolumeId;

    private static string? Adopted(List<SlotPlan> slots)
    {
        var adopted = slots.Select(slot => slot.Existing).OfType<ClusterEbsVolume>().ToList();
        if (adopted.Count == 0) return null;
        var inUse = adopted.Where(volume => volume.State == "in-use").Select(volume => volume.ToString()).ToList();
        var use = inUse.Count == 0
            ? "None of them is in use"
            : $"In use: {string.Join(", ", inUse.Take(5))}{(inUse.Count > 5 ? $" and {inUse.Count - 5} more" : "")}";
        return $"VolumesAdopted: {adopted.Count} of {slots.Count} volumes were there already and were not made again. {use}.";
    }
}
