using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Reservations;
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
    public void What_holds_it_is_shown_without_control_characters() =>
        Assert.DoesNotContain('\e', Refusal.Of(ErrorIds.ClaimConflict, () => ClaimReservation.Check(Claim with { VolumeName = "\e[2J" }, Volume)).Message);
}
