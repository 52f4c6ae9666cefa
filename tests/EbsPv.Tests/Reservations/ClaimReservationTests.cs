using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Reservations;
using EbsPv.Tests.Core;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Reservations;

public class ClaimReservationTests
{
    private static readonly EbsPersistentVolumeClaim Claim = new()
    {
        Namespace = "tienda", Name = "data", Status = "Pending", Request = "10Gi", AccessModes = ["ReadWriteOnce"], VolumeMode = "Filesystem", StorageClassName = "otra",
    };

    private static readonly PersistentVolumeSpec Volume = new()
    {
        Name = "datos", VolumeId = "vol-0123456789abcdef0", Capacity = "10Gi", Source = VolumeSource.Csi, StorageClassName = "manual-ebs", FileSystemType = "ext4",
        AvailabilityZone = "eu-west-1b", Labels = [], NodeAffinity = [],
    };

    [Fact]
    public void A_claim_that_waits_may_have_it_whatever_its_class()
    {
        ClaimReservation.Check(Claim, Volume);
        ClaimReservation.Check(Claim with { VolumeName = "datos" }, Volume);
        ClaimReservation.Check(Claim with { VolumeName = "datos", Status = "Bound" }, Volume);
        ClaimReservation.Check(Claim with { Request = null, VolumeMode = null }, Volume);
    }

    [Theory]
    [InlineData("Bound", "otros", "is there already (Bound) and has otros")]
    [InlineData("Pending", "otros", "is there already (Pending) and has otros")]
    [InlineData("Lost", "otros", "is there already (Lost) and has otros")]
    [InlineData("Terminating", null, "is being deleted")]
    public void One_that_has_a_volume_or_goes_may_not(string status, string? volume, string reason) =>
        Assert.Contains($"tienda/data {reason}", Refusal.Of(ErrorIds.ClaimConflict, () => ClaimReservation.Check(Claim with { Status = status, VolumeName = volume }, Volume)).Message, StringComparison.Ordinal);

    [Fact]
    public void One_that_asks_for_more_or_for_something_else_would_pass_it_by()
    {
        Assert.Contains("has 10Gi, and the claim tienda/data asks for 11Gi", Refusal.Of(ErrorIds.VolumeTooSmall, () => ClaimReservation.Check(Claim with { Request = "11Gi" }, Volume)).Message, StringComparison.Ordinal);
        Assert.Contains("volume mode Block", Refusal.Of(ErrorIds.ClaimMismatch, () => ClaimReservation.Check(Claim with { VolumeMode = "Block" }, Volume)).Message, StringComparison.Ordinal);
        Assert.Contains("asks for ReadWriteMany", Refusal.Of(ErrorIds.ClaimMismatch, () => ClaimReservation.Check(Claim with { AccessModes = ["ReadWriteOnce", "ReadWriteMany"] }, Volume)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void For_one_claim_one_volume_is_kept()
    {
        var wanted = Volume with { Claim = new ClaimReference("tienda", "data") };
        var there = new EbsPersistentVolume { Name = "antes", VolumeId = "vol-1", Status = "Available", Claim = "tienda/data" };
        Assert.Contains("antes (vol-1) is kept for it already", Refusal.Of(ErrorIds.ClaimConflict, () => ClaimReservation.CheckOnce([wanted], With(there))).Message, StringComparison.Ordinal);
        Assert.Contains("is to be kept for it, too", Refusal.Of(ErrorIds.ClaimConflict, () => ClaimReservation.CheckOnce([wanted, wanted with { Name = "b", VolumeId = "vol-2" }], With())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Available", "tienda/otra", null, "vol-1")]
    [InlineData("Released", "tienda/data", "uid", "vol-1")]
    [InlineData("Terminating", "tienda/data", null, "vol-1")]
    [InlineData("Available", null, null, "vol-1")]
    [InlineData("Available", "tienda/data", null, "vol-0123456789abcdef0")]
    public void What_the_claim_cannot_take_is_in_nobody_s_way(string status, string? claim, string? uid, string volumeId) => ClaimReservation.CheckOnce(
        [Volume with { Claim = new ClaimReference("tienda", "data") }, Volume with { Claim = new ClaimReference("tienda", "logs") }, Volume, Volume],
        With(new EbsPersistentVolume { Name = "antes", VolumeId = volumeId, Status = status, Claim = claim, ClaimUid = uid }));

    [Fact]
    public void What_holds_it_is_shown_without_control_characters() =>
        Assert.DoesNotContain('\e', Refusal.Of(ErrorIds.ClaimConflict, () => ClaimReservation.Check(Claim with { VolumeName = "\e[2J" }, Volume)).Message);

    private static ClusterFacts With(params EbsPersistentVolume[] volumes) => Facts.Empty with { ByVolumeId = Facts.Volumes(volumes) };
}
