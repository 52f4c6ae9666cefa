using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Core;

public class PersistentVolumeLookupTests
{
    private const string One = "vol-00000000000000001", Two = "vol-00000000000000002", None = "vol-00000000000000009";

    private static readonly IReadOnlyList<EbsPersistentVolume> All =
    [
        new() { Name = "a", VolumeId = One, Uid = "ua", Status = "Available" },
        new() { Name = "b", VolumeId = Two, Uid = "ub", Status = "Available" },
        new() { Name = "c", VolumeId = Two, Uid = "uc", Status = "Available" },
    ];

    [Theory]
    [InlineData("a", null, null, "a")]
    [InlineData(null, One, null, "a")]
    [InlineData("a", One, "ua", "a")]
    [InlineData("c", Two, null, "c")]
    [InlineData(null, None, null, null)]
    [InlineData("gone", None, null, null)]
    public void It_is_found_by_name_by_volume_or_by_both(string? name, string? volumeId, string? uid, string? found) =>
        Assert.Equal(found, Find(name, volumeId, uid)?.Name);

    [Theory]
    [InlineData("nobody", null, null, ErrorIds.PersistentVolumeNotFound, "'nobody'")]
    [InlineData("a", Two, null, ErrorIds.PersistentVolumeConflict, "stands for vol-00000000000000001")]
    [InlineData("gone", One, null, ErrorIds.PersistentVolumeConflict, "is registered as a")]
    [InlineData(null, Two, null, ErrorIds.PersistentVolumeConflict, "b and c")]
    [InlineData("a", null, "old", ErrorIds.PersistentVolumeConflict, "made anew")]
    public void What_is_not_clear_is_refused(string? name, string? volumeId, string? uid, string errorId, string told) =>
        Assert.Contains(told, Refusal.Of(errorId, () => Find(name, volumeId, uid)).Message, StringComparison.Ordinal);

    private static EbsPersistentVolume? Find(string? name, string? volumeId, string? uid) =>
        PersistentVolumeLookup.Find(new WantedPersistentVolume { Name = name, VolumeId = volumeId, Uid = uid }, All, "ctx");
}
