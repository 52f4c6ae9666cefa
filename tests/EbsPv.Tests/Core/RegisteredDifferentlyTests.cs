using EbsPv.PersistentVolumes;
using EbsPv.Templates;
using Xunit;

namespace EbsPv.Tests.Core;

public class RegisteredDifferentlyTests
{
    private static readonly EbsPersistentVolume Existing = new()
    {
        Name = "datos", VolumeId = "vol-0123456789abcdef0", Status = "Available", StorageClassName = "manual-ebs", ReclaimPolicy = "Delete", AccessModes = ["ReadWriteOnce"],
        VolumeMode = "Filesystem", FileSystemType = "ext4",
    };

    private static readonly VolumeToRegister Volume = new() { VolumeId = "vol-0123456789abcdef0", Name = "manual-ebs-01", AvailabilityZone = Sets.ZoneB, Size = 10 };

    [Fact]
    public void What_was_not_asked_for_is_not_compared() => Assert.Null(RegisteredDifferently.Warning(Existing, Volume, new RegistrationOptions()));

    [Fact]
    public void What_is_as_it_was_asked_for_is_not_told()
    {
        var asked = new PersistentVolumeSettings
        {
            StorageClassName = "manual-ebs", ReclaimPolicy = "Delete", AccessModes = ["ReadWriteOnce"], VolumeMode = "Filesystem", FileSystemType = "ext4",
        };
        Assert.Null(RegisteredDifferently.Warning(Existing, Volume with { Name = "datos" }, new RegistrationOptions { Settings = asked, IsNamed = true }));
        Assert.Null(RegisteredDifferently.Warning(Existing with { StorageClassName = null }, Volume, new RegistrationOptions { Settings = new() { StorageClassName = "" } }));
    }

    [Fact]
    public void Each_difference_is_told_with_the_PersistentVolume()
    {
        var asked = new PersistentVolumeSettings
        {
            StorageClassName = "", ReclaimPolicy = "Retain", AccessModes = ["ReadWriteOncePod"], VolumeMode = "Block", FileSystemType = "xfs", VolumeAttributesClassName = "oro",
        };
        var warning = RegisteredDifferently.Warning(Existing, Volume, new RegistrationOptions { Settings = asked, IsNamed = true })!;
        Assert.Equal("PersistentVolumesDiffer", warning.Id);
        Assert.Equal(
            "datos (class manual-ebs, not none; policy Delete, not Retain; ReadWriteOnce, not ReadWriteOncePod; volume mode Filesystem, not Block; file system ext4, not xfs; "
            + "attributes class none, not oro; not named manual-ebs-01)",
            warning.Subject);
    }

    [Fact]
    public void Labels_annotations_attributes_mount_options_partition_and_capacity_are_compared_too()
    {
        var there = Existing with
        {
            Capacity = "10Gi", Partition = 1, MountOptions = ["noatime"], VolumeAttributes = new Dictionary<string, string> { ["blocksize"] = "4096" },
            Labels = new Dictionary<string, string> { ["type"] = "ebs", ["equipo"] = "web" }, Annotations = new Dictionary<string, string> { ["nota"] = "una" },
        };
        var asked = new PersistentVolumeSettings
        {
            Partition = 2, MountOptions = ["discard"], VolumeAttributes = new Dictionary<string, string> { ["blockSize"] = "1024" }, Labels = new Dictionary<string, string> { ["type"] = "ebs", ["equipo"] = "db", ["turno"] = "a" }, Annotations = new Dictionary<string, string> { ["nota"] = "otra" },
        };
        Assert.Equal(
            "datos (mount options noatime, not discard; partition 1, not 2; volume attribute blocksize 4096, not 1024; label equipo web, not db; label turno none, not a; annotation nota una, not otra)",
            RegisteredDifferently.Warning(there, Volume, new RegistrationOptions { Settings = asked })!.Subject);
        var same = asked with { Partition = 1, MountOptions = ["noatime"], VolumeAttributes = there.VolumeAttributes, Labels = there.Labels, Annotations = there.Annotations };
        Assert.Null(RegisteredDifferently.Warning(there, Volume, new RegistrationOptions { Settings = same }));
    }

    [Theory]
    [InlineData("11Gi", "datos (capacity 10Gi, not 11Gi)")]
    [InlineData("10Gi", null)]
    [InlineData("5Gi", null)]
    public void A_capacity_is_what_it_was_asked_to_be_at_least(string capacity, string? told)
    {
        var template = new PersistentVolumeTemplate { Document = new("pv.yml", 1, 1, ""), Settings = new(), Rest = "{}", Capacity = capacity };
        Assert.Equal(told, RegisteredDifferently.Warning(Existing with { Capacity = "10Gi" }, Volume with { Template = template }, new RegistrationOptions())?.Subject);
    }

    [Fact]
    public void What_a_document_or_a_StatefulSet_asks_for_counts_too()
    {
        var template = new PersistentVolumeTemplate { Document = new("pv.yml", 1, 1, ""), Settings = new() { FileSystemType = "xfs" }, Rest = "{}", Name = "manual-ebs-01" };
        var volume = Volume with { Template = template, Settings = new PersistentVolumeSettings { StorageClassName = "lenta" } };
        Assert.Equal("datos (class manual-ebs, not lenta; file system ext4, not xfs; not named manual-ebs-01)", RegisteredDifferently.Warning(Existing, volume, new RegistrationOptions())!.Subject);
    }

    [Fact]
    public void A_thousand_of_them_make_one_warning()
    {
        var tally = new WarningTally();
        for (var number = 0; number < 1000; number++) tally.Note(new SharedWarning("One", "this is true of", $"pv-{number}", "Do something."));
        tally.Note(new SharedWarning("Two", "that is true of", "pv-0", "Do something else."));
        Assert.Equal(
            ["One: this is true of 1,000 volumes: pv-0, pv-1, pv-2, pv-3, pv-4, pv-5, pv-6, pv-7, pv-8, pv-9 and 990 more. Do something.", "Two: that is true of 1 volume: pv-0. Do something else."],
            tally.Texts());
    }
}
