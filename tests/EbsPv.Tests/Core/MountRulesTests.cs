using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Core;

public class MountRulesTests
{
    private static readonly PersistentVolumeSettings Nothing = new();
    private static readonly PersistentVolumeSettings Device = new() { VolumeMode = "Block" };

    [Theory]
    [InlineData("ext4", "ext4")]
    [InlineData("XFS", "xfs")]
    [InlineData("ext3", "ext3")]
    [InlineData("NTFS", "ntfs")]
    [InlineData(null, null)]
    public void File_systems_of_the_driver_are_taken_in_any_case(string? given, string? fileSystem) =>
        Assert.Equal(fileSystem, MountRules.CheckedFileSystem(given));

    [Theory]
    [InlineData("zfs")]
    [InlineData("")]
    public void Other_file_systems_are_not(string given) => Refusal.Of(ErrorIds.FsTypeUnsupported, () => MountRules.CheckedFileSystem(given));

    [Theory]
    [InlineData("block", "Block")]
    [InlineData("FILESYSTEM", "Filesystem")]
    [InlineData(null, null)]
    public void Volume_modes_are_taken_in_any_case(string? given, string? mode) => Assert.Equal(mode, MountRules.CheckedVolumeMode(given));

    [Theory]
    [InlineData("Raw")]
    [InlineData("")]
    public void Other_volume_modes_are_not(string given) => Refusal.Of(ErrorIds.VolumeModeUnsupported, () => MountRules.CheckedVolumeMode(given));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("15", 15)]
    [InlineData(null, null)]
    public void A_partition_is_a_number(string? given, int? number) => Assert.Equal(number, MountRules.CheckedPartition(given));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("p1")]
    [InlineData("99999999999")]
    public void Anything_else_is_no_partition(string given) => Refusal.Of(ErrorIds.PartitionInvalid, () => MountRules.CheckedPartition(given));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("no\natime")]
    [InlineData("noatime nodiratime")]
    [InlineData("noatime,\tnodiratime")]
    [InlineData(" noatime")]
    public void A_mount_option_is_one_word(string option) => Refusal.Of(ErrorIds.MountOptionInvalid, () => MountRules.CheckedMountOptions([option]));

    [Fact]
    public void A_partition_among_the_attributes_is_the_partition()
    {
        var attributes = new Dictionary<string, string> { ["Partition"] = "2", ["example.com/Own"] = "4096" };
        var settings = MountRules.WithPartition(Nothing with { VolumeAttributes = attributes });
        Assert.Equal(2, settings.Partition);
        Assert.Equal(["example.com/Own"], settings.VolumeAttributes.Keys);
        Assert.Equal(2, MountRules.WithPartition(Nothing with { Partition = 2, VolumeAttributes = attributes }).Partition);
        Refusal.Of(ErrorIds.PartitionInvalid, () => MountRules.WithPartition(Nothing with { Partition = 1, VolumeAttributes = attributes }));
    }

    [Fact]
    public void Attributes_are_spelled_as_the_driver_looks_them_up()
    {
        var attributes = new Dictionary<string, string> { ["blockSize"] = "4096", ["Ext4BigAlloc"] = "true", ["blockAttachUntilInitialized"] = "true", ["inodesize"] = "512" };
        var spelled = MountRules.WithPartition(Nothing with { VolumeAttributes = attributes }).VolumeAttributes;
        Assert.Equal(["blocksize=4096", "ext4bigalloc=true", "blockattachuntilinitialized=true", "inodesize=512"], spelled.Select(pair => $"{pair.Key}={pair.Value}"));
        Refusal.Of(ErrorIds.VolumeAttributeInvalid, () => MountRules.WithPartition(Nothing with { VolumeAttributes = new Dictionary<string, string> { ["blockSize"] = "1", ["blocksize"] = "2" } }));
    }

    [Fact]
    public void A_device_has_no_file_system_no_mount_and_no_partition()
    {
        MountRules.CheckTogether(Device with { Partition = 0 }, VolumeSource.Csi);
        Refusal.Of(ErrorIds.FsTypeWithBlock, () => MountRules.CheckTogether(Device with { FileSystemType = "xfs" }, VolumeSource.Csi));
        Refusal.Of(ErrorIds.MountOptionInvalid, () => MountRules.CheckTogether(Device with { MountOptions = ["noatime"] }, VolumeSource.Csi));
        Refusal.Of(ErrorIds.PartitionInvalid, () => MountRules.CheckTogether(Device with { Partition = 1 }, VolumeSource.InTree));
    }

    [Fact]
    public void The_in_tree_source_has_neither_attributes_nor_a_class_of_them()
    {
        var attributes = Nothing with { VolumeAttributes = new Dictionary<string, string> { ["blockSize"] = "4096" } };
        var named = Nothing with { VolumeAttributesClassName = "gold" };
        MountRules.CheckTogether(attributes, VolumeSource.EksAutoMode);
        MountRules.CheckTogether(named, VolumeSource.Csi);
        Refusal.Of(ErrorIds.VolumeAttributeInvalid, () => MountRules.CheckTogether(attributes, VolumeSource.InTree));
        Refusal.Of(ErrorIds.VolumeAttributeInvalid, () => MountRules.CheckTogether(named, VolumeSource.InTree));
    }

    [Fact]
    public void An_attribute_that_the_driver_is_not_known_to_read_is_warned_of()
    {
        Assert.Null(MountRules.UnknownAttributes(new Dictionary<string, string> { ["blocksize"] = "4096" }));
        var warning = MountRules.UnknownAttributes(new Dictionary<string, string> { ["iops"] = "9" });
        Assert.StartsWith("VolumeAttributeUnknown: the EBS CSI driver is not known to read iops;", warning, StringComparison.Ordinal);
    }
}
