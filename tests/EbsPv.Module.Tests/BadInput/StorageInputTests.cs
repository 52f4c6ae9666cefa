using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Module.Tests.BadInput;

/// <summary>What report, audit, growth and moves refuse before any call.</summary>
public sealed class StorageInputTests(SandboxBackend backend) : BadInputTests(backend)
{
    [Theory]
    [InlineData("Get-ClusterStorageReport", "-ClusterName 'pro*'", "ClusterNameInvalid", "'pro*'")]
    [InlineData("Get-ClusterStorageReport", "-Region nowhere", "RegionInvalid", "'nowhere'")]
    [InlineData("Get-ClusterStorageReport", "-Context nadie", "ContextMissing", "'nadie'")]
    [InlineData("Get-ClusterStorageReport", "-EndpointUrl http://192.0.2.1", "EndpointPlainText", "http://192.0.2.1")]
    [InlineData("Test-EbsPersistentVolume", "-Code Nonsense", "FindingCodeUnknown", "'Nonsense'")]
    [InlineData("Test-EbsPersistentVolume", "-SnapshotAge 1", "SnapshotAgeInvalid", "'1'")]
    [InlineData("Test-EbsPersistentVolume", "-Code SnapshotMissing", "SnapshotAgeInvalid", "-Code asks for SnapshotMissing")]
    [InlineData("Test-EbsPersistentVolume", "-Code VolumeGone, snapshotmissing -Quiet", "SnapshotAgeInvalid", "how old the newest snapshot")]
    [InlineData("Test-EbsPersistentVolume", "-Name 'No Name'", "PvNameInvalid", "'No Name'")]
    [InlineData("Test-EbsPersistentVolume", "-VolumeId vol-xyz", "VolumeIdInvalid", "'vol-xyz'")]
    [InlineData("Test-EbsPersistentVolume", "-Kubeconfig /nowhere/kubeconfig", "KubeconfigNotFound", "/nowhere/kubeconfig")]
    [InlineData("Move-EbsPersistentVolume", "data -PrepareOnly -FromLatestSnapshot", "MoveParametersConflict", "-FromLatestSnapshot")]
    [InlineData("Resize-EbsPersistentVolume", "data -Size 10GB", "SizeNotGiB", "10GB")]
    [InlineData("Resize-EbsPersistentVolume", "data -Size 0", "SizeNotGiB", "'0'")]
    [InlineData("Resize-EbsPersistentVolume", "'No Name' -Size 10", "PvNameInvalid", "'No Name'")]
    [InlineData("Resize-EbsPersistentVolume", "-Size 10", "InputNotPersistentVolume", "No PersistentVolume")]
    [InlineData("Resize-EbsPersistentVolume", "data -Size 10 -ClusterName 'pro*'", "ClusterNameInvalid", "'pro*'")]
    [InlineData("Resize-EbsPersistentVolume", "data -Size ''", "SizeNotGiB", "''")]
    [InlineData("Resize-EbsPersistentVolume", "data, 'No Name' -Size 10", "PvNameInvalid", "'No Name'")]
    [InlineData("Restore-EbsPersistentVolume", "data -SnapshotId ''", "SnapshotIdInvalid", "''")]
    [InlineData("Restore-EbsPersistentVolume", "data -SnapshotId snap-0123456789abcdef0 -ManifestPath ''", "PathNotWritable", "empty path")]
    [InlineData("Move-EbsPersistentVolume", "data -DestinationZone eu-west-1b -ManifestPath nada:x", "PathNotWritable", "'nada'")]
    [InlineData("Test-EbsPersistentVolume", "-Kubeconfig nada:x", "KubeconfigNotFound", "'nada'")]
    [InlineData("ConvertTo-EbsPersistentVolumeManifest", "-Path nada:x", "ManifestNotFound", "'nada'")]
    [InlineData("Move-EbsPersistentVolume", "data -DestinationZone eu-west-1b -ManifestPath ''", "PathNotWritable", "empty path")]
    [InlineData("Test-EbsPersistentVolume", "'dat*'", "PvNameInvalid", "wildcards are not taken here")]
    [InlineData("Test-EbsPersistentVolume", "$nothing", "InputNotPersistentVolume", "No PersistentVolume")]
    [InlineData("Test-EbsPersistentVolume", "-VolumeId $nothing -Quiet", "InputNotPersistentVolume", "No PersistentVolume")]
    [InlineData("Get-EbsPersistentVolume", "$nothing", "PvNameInvalid", "names no PersistentVolume")]
    [InlineData("Get-EbsPersistentVolume", "''", "PvNameInvalid", "names no PersistentVolume")]
    [InlineData("Repair-EbsPersistentVolume", "-InputObject 1 -Code $nothing", "FindingCodeUnknown", "''")]
    [InlineData("Get-ClusterEbsVolume", "-SetName $nothing", "SetNameInvalid", "''")]
    [InlineData("Get-ClusterEbsVolume", "-AvailabilityZone $nothing", "ZoneNotAZone", "''")]
    [InlineData("Get-ClusterEbsVolume", "-State $nothing", "VolumeStateUnknown", "''")]
    [InlineData("Get-ClusterEbsVolume", "-Name $nothing", "InputNotVolume", "names no volume")]
    [InlineData("Get-ClusterStorageReport", "vol-0123456789abcdef0", "ClusterNameInvalid", "is an id of EC2")]
    [InlineData("Get-ClusterEbsSnapshot", "snap-0123456789abcdef0", "ClusterNameInvalid", "is an id of EC2")]
    public Task A_parameter_that_cannot_be_meant_is_refused(string command, string parameters, string errorId, string names) =>
        RefusedAsync($"{command} {parameters}", errorId, names);

    [Theory]
    [InlineData("$null", "InputNull", "$null")]
    [InlineData("42", "InputNotPersistentVolume", "'42'")]
    [InlineData("'vol-xyz'", "VolumeIdInvalid", "'vol-xyz'")]
    public async Task What_is_no_PersistentVolume_is_refused(string input, string errorId, string names)
    {
        await RefusedAsync($"{input} | Test-EbsPersistentVolume", errorId, names);
        await RefusedAsync($"{input} | Test-EbsPersistentVolume -Quiet", errorId, names);
        await RefusedAsync($"{input} | Resize-EbsPersistentVolume -Size 20", errorId, names);
    }
}
