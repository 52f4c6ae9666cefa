using EbsPv.Volumes;
using Xunit;
using static EbsPv.Tests.Core.Sets;

namespace EbsPv.Tests.Core;

/// <summary>What holds whatever was asked for before: many histories of a set, from seeds, so that a failure can be repeated.</summary>
public class VolumeSetPlannerInvariantTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Planning_again_after_making_it_asks_for_nothing(int seed)
    {
        foreach (var (request, found) in History(seed))
        {
            var plan = VolumeSetPlanner.Plan(request, found);
            List<ClusterEbsVolume> after = [.. found, .. Make(plan)];
            var again = VolumeSetPlanner.Plan(request, after);
            Assert.All(again.Slots, slot => Assert.NotNull(slot.Existing));
            Assert.Equal(plan.Slots.Select(slot => (slot.Slot, slot.Name)), again.Slots.Select(slot => (slot.Slot, slot.Name)));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Slots_and_names_are_never_given_twice(int seed)
    {
        var random = new Random(seed);
        foreach (var (request, found) in History(seed))
        {
            var plan = VolumeSetPlanner.Plan(request, found.OrderBy(_ => random.Next()));
            AssertDistinct(plan.Slots.Select(slot => slot.Slot));
            AssertDistinct(found.Concat(Make(plan)).Select(volume => volume.Name!));
            AssertDistinct(found.Concat(Make(plan)).Select(volume => volume.Tags[VolumeTags.Slot]));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void As_many_are_planned_as_are_asked_for_each_in_a_piped_zone(int seed)
    {
        foreach (var (request, found) in History(seed))
        {
            var slots = VolumeSetPlanner.Plan(request, found).Slots;
            Assert.Equal(request.Count ?? request.CountPerZone * request.Zones.Count, slots.Count);
            Assert.All(slots, slot => Assert.Contains(slot.Zone, request.Zones));
            Assert.All(slots, slot => Assert.StartsWith($"{slot.Zone.AvailabilityZone}/", slot.Slot));
            Assert.All(slots, slot => Assert.True(slot.Existing is null || slot.Existing.Tags[VolumeTags.Slot] == slot.Slot));
        }
    }

    /// <summary>Runs of one set one after the other: zones come and go, counts rise and fall, volumes are deleted in between.</summary>
    private static IEnumerable<(VolumeSetRequest Request, IReadOnlyList<ClusterEbsVolume> Found)> History(int seed)
    {
        var random = new Random(seed);
        List<ClusterEbsVolume> there = [];
        for (var run = 0; run < 12; run++)
        {
            var request = RandomRequest(random);
            yield return (request, [.. there]);
            there.AddRange(Make(VolumeSetPlanner.Plan(request, there)));
            there.RemoveAll(_ => random.Next(5) == 0);
        }
    }

    private static VolumeSetRequest RandomRequest(Random random)
    {
        string[] zones = [ZoneA, ZoneB, ZoneC, "eu-west-1d"];
        random.Shuffle(zones);
        var request = Request(zones[..random.Next(1, 5)]);
        return random.Next(2) == 0 ? request with { Count = random.Next(1, 30) } : request with { CountPerZone = random.Next(1, 8) };
    }

    private static void AssertDistinct(IEnumerable<string> texts) =>
        Assert.Empty(texts.GroupBy(text => text).Where(group => group.Count() > 1).Select(group => group.Key));
}
