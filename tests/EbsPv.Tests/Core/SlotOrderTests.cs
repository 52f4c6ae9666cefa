using EbsPv.PersistentVolumes;
using Xunit;

namespace EbsPv.Tests.Core;

public class SlotOrderTests
{
    [Theory]
    [InlineData("c/1=03 b/1=01 b/2=02", "b/1 b/2 c/1")]
    [InlineData("b/2=02 c/1=03 b/1=01", "b/1 b/2 c/1")]
    [InlineData("b/1=03 c/2=02 c/1=01", "c/1 c/2 b/1")]
    [InlineData("b/10=10 b/9=09 b/1=01", "b/1 b/9 b/10")]
    [InlineData("c/1=datos b/1=otros", "b/1 c/1")]
    [InlineData("a/1=03 b/1=01 c/1=02", "b/1 c/1 a/1")]
    public void What_EC2_lists_comes_as_the_set_was_made(string listed, string ordered) =>
        Assert.Equal(ordered, Slots(SlotOrder.Of(listed.Split(' ').Select(Member).ToList(), volume => volume)));

    [Fact]
    public void What_was_made_for_workers_comes_in_order_and_keeps_it()
    {
        var made = "c/1=02 b/1=01".Split(' ').Select(one => Member(one) with { InstanceId = ["i-1"] }).ToList();
        Assert.Equal("c/1 b/1", Slots(SlotOrder.Of(made, volume => volume)));
    }

    [Fact]
    public void Only_members_of_one_set_change_places()
    {
        var stranger = new VolumeToRegister { VolumeId = "vol-0", Name = "x", AvailabilityZone = Sets.ZoneB, Size = 1 };
        var other = Member("b/1=01");
        other = other with { Tags = new Dictionary<string, string>(other.Tags!) { ["ebspv/set"] = "otro" } };
        VolumeToRegister[] came = [Member("c/1=02"), stranger, other, stranger with { Tags = new Dictionary<string, string> { ["ebspv/set"] = "datos", ["ebspv/slot"] = "b" } }, Member("b/1=01")];
        Assert.Equal([came[4], came[1], came[2], came[3], came[0]], SlotOrder.Of(came, volume => volume));
    }

    private static VolumeToRegister Member(string slotAndNumber)
    {
        var (slot, number) = (slotAndNumber.Split('=')[0], slotAndNumber.Split('=')[1]);
        return new VolumeToRegister
        {
            VolumeId = $"vol-{slot}",
            Name = $"datos-{number}",
            AvailabilityZone = $"eu-west-1{slot[0]}",
            Size = 10,
            ClusterName = Sets.Cluster,
            Tags = new Dictionary<string, string> { ["ebspv/set"] = "datos", ["ebspv/slot"] = $"eu-west-1{slot}", ["Name"] = $"datos-{number}" },
        };
    }

    private static string Slots(IEnumerable<VolumeToRegister> volumes) => string.Join(' ', volumes.Select(volume => volume.VolumeId!["vol-".Length..]));
}
