using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Module.Tests.BadInput;

public sealed class SnapshotInputTests(SandboxBackend backend) : BadInputTests(backend)
{
    private const string Volume = "vol-0123456789abcdef0", Snapshot = "snap-0123456789abcdef0";

    // As Import-Csv, ConvertFrom-Json or AWS.Tools would bring them.
    private const string PipedVolume = $"[pscustomobject]@{{ VolumeId = '{Volume}'; SnapshotId = '{Snapshot}'; AvailabilityZone = 'eu-west-1b'; State = 'available' }}";
    private const string PipedSnapshot = $"[pscustomobject]@{{ SnapshotId = '{Snapshot}'; VolumeId = '{Volume}'; State = 'completed' }}";

    [Theory]
    [InlineData("New-ClusterEbsSnapshot", "InputNotVolume", "No volume")]
    [InlineData("New-ClusterEbsSnapshot vol-xyz", "VolumeIdInvalid", "'vol-xyz'")]
    [InlineData($"New-ClusterEbsSnapshot {Snapshot}", "WrongResourceKind", Snapshot)]
    [InlineData($"{PipedSnapshot} | New-ClusterEbsSnapshot", "WrongResourceKind", "is a snapshot")]
    [InlineData("$null | New-ClusterEbsSnapshot", "InputNull", "$null")]
    [InlineData("42 | New-ClusterEbsSnapshot", "InputNotVolume", "'42'")]
    [InlineData("[pscustomobject]@{ AvailabilityZone = 'eu-west-1b'; Size = 10; State = 'planned' } | New-ClusterEbsSnapshot", "VolumePlanned", "planned")]
    [InlineData($"New-ClusterEbsSnapshot {Volume} -Tag @{{ 'ebspv/operation' = 'x' }}", "TagInvalid", "ebspv/operation")]
    [InlineData($"New-ClusterEbsSnapshot {Volume} -Description ('a' * 256)", "DescriptionTooLong", "256")]
    [InlineData($"New-ClusterEbsSnapshot {Volume} -ClusterName 'pro*'", "ClusterNameInvalid", "'pro*'")]
    public Task A_snapshot_that_cannot_be_meant_is_refused(string script, string errorId, string names) => RefusedAsync(script, errorId, names);

    [Theory]
    [InlineData("Get-ClusterEbsSnapshot -VolumeId ''", "VolumeIdInvalid", "''")]
    [InlineData("Get-ClusterEbsSnapshot -VolumeId vol-xyz", "VolumeIdInvalid", "'vol-xyz'")]
    [InlineData("Get-ClusterEbsSnapshot -State hecho", "SnapshotStateUnknown", "'hecho'")]
    [InlineData("$null | Get-ClusterEbsSnapshot", "InputNull", "$null")]
    [InlineData("[pscustomobject]@{ Name = 'uno' } | Get-ClusterEbsSnapshot", "InputNotVolume", "VolumeId")]
    public Task A_list_that_cannot_be_meant_is_refused(string script, string errorId, string names) => RefusedAsync(script, errorId, names);

    [Theory]
    [InlineData("Remove-ClusterEbsSnapshot", "RetentionMissing", "which snapshots")]
    [InlineData("Remove-ClusterEbsSnapshot -IncludeFinal -Confirm:$false", "RetentionMissing", "which snapshots")]
    [InlineData($"Remove-ClusterEbsSnapshot -VolumeId {Volume}", "RetentionMissing", "which snapshots")]
    [InlineData("Remove-ClusterEbsSnapshot -KeepLast 0", "RetentionInvalid", "-KeepLast is 0")]
    [InlineData("Remove-ClusterEbsSnapshot -OlderThan 30", "RetentionInvalid", "'30'")]
    [InlineData("Remove-ClusterEbsSnapshot -OlderThan 02-01-2026", "RetentionInvalid", "'02-01-2026'")]
    [InlineData("Remove-ClusterEbsSnapshot -OlderThan 30m", "RetentionInvalid", "'30m'")]
    [InlineData("Remove-ClusterEbsSnapshot -OlderThan ([TimeSpan]::Zero)", "RetentionInvalid", "no age")]
    [InlineData("Remove-ClusterEbsSnapshot -OlderThan ([DateTime]::UtcNow.AddDays(1))", "RetentionInvalid", "future")]
    [InlineData("Remove-ClusterEbsSnapshot snap-xyz", "SnapshotIdInvalid", "'snap-xyz'")]
    [InlineData("Remove-ClusterEbsSnapshot ''", "SnapshotIdInvalid", "no snapshot")]
    [InlineData("Remove-ClusterEbsSnapshot -VolumeId '' -KeepLast 1", "VolumeIdInvalid", "''")]
    [InlineData($"{PipedVolume} | Remove-ClusterEbsSnapshot", "InputNotSnapshot", "is no snapshot")]
    [InlineData($"'{Volume}' | Remove-ClusterEbsSnapshot", "InputNotSnapshot", Volume)]
    [InlineData("$null | Remove-ClusterEbsSnapshot -KeepLast 1", "InputNull", "$null")]
    public Task A_removal_that_cannot_be_meant_is_refused(string script, string errorId, string names) => RefusedAsync(script, errorId, names);

    [Fact]
    public async Task Who_pipes_volumes_to_a_removal_is_not_sent_to_their_newest_snapshots()
    {
        var refused = await RefusedAsync($"{PipedVolume} | Remove-ClusterEbsSnapshot", "InputNotSnapshot", "is no snapshot");

        Assert.Contains("-KeepLast", refused.ErrorDetails.RecommendedAction);
        Assert.DoesNotContain("-Newest", refused.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("Move-EbsPersistentVolume -DestinationZone eu-west-1b")]
    [InlineData("Resize-EbsPersistentVolume -Size 20")]
    [InlineData("Unregister-EbsPersistentVolume")]
    [InlineData("New-EbsPersistentVolumeClaim")]
    [InlineData("Test-EbsPersistentVolume")]
    [InlineData($"Restore-EbsPersistentVolume -SnapshotId {Snapshot}")]
    [InlineData("Register-EbsPersistentVolume -AvailabilityZone eu-west-1b -Size 10")]
    public Task A_snapshot_does_not_stand_for_the_volume_that_it_was_made_of(string command) => RefusedAsync($"{PipedSnapshot} | {command}", "WrongResourceKind", "is a snapshot");

    [Fact]
    public async Task Nothing_piped_is_not_every_snapshot()
    {
        await Admin.ClearLedgerAsync();

        Assert.Empty(Session.Run("@() | Remove-ClusterEbsSnapshot -KeepLast 1 -Confirm:$false -PassThru").WithoutErrors().Output);

        Assert.Empty(await Admin.CountsAsync());
    }

    [Theory]
    [InlineData("Restore-ClusterEbsVolume", "InputNotSnapshot", "No snapshot")]
    [InlineData("Restore-ClusterEbsVolume snap-xyz", "SnapshotIdInvalid", "'snap-xyz'")]
    [InlineData($"{PipedVolume} | Restore-ClusterEbsVolume", "InputNotSnapshot", "is no snapshot")]
    [InlineData("$null | Restore-ClusterEbsVolume", "InputNull", "$null")]
    [InlineData($"Restore-ClusterEbsVolume {Snapshot} -DestinationZone eu-west-1", "ZoneNotAZone", "'eu-west-1'")]
    [InlineData($"Restore-ClusterEbsVolume {Snapshot} -Name 'No vale'", "PvNameInvalid", "'No vale'")]
    [InlineData($"Restore-ClusterEbsVolume {Snapshot}, snap-0123456789abcdef1 -Name uno", "RestoreNameShared", "2 snapshots")]
    [InlineData($"Restore-ClusterEbsVolume {Snapshot} -Size 10GB", "SizeNotGiB", "10GB")]
    [InlineData($"Restore-ClusterEbsVolume {Snapshot} -VolumeType gp4", "VolumeTypeUnknown", "'gp4'")]
    [InlineData($"Restore-ClusterEbsVolume {Snapshot} -KmsKeyId clave", "KmsInvalid", "'clave'")]
    [InlineData($"Restore-ClusterEbsVolume {Snapshot} -VolumeInitializationRate 99", "InitRateInvalid", "99")]
    [InlineData($"Restore-ClusterEbsVolume {Snapshot} -Tag @{{ CSIVolumeName = 'x' }}", "TagInvalid", "CSIVolumeName")]
    public Task A_restore_that_cannot_be_meant_is_refused(string script, string errorId, string names) => RefusedAsync(script, errorId, names);

    [Fact]
    public Task Unregistered_and_retired_volumes_are_none_together() => RefusedAsync("Get-ClusterEbsVolume -Unregistered -Retired", "VolumeFilterConflict", "-Retired");
}
