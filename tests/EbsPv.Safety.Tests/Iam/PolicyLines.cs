using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Safety.Tests.Iam;

/// <summary>The lines that the policies of docs/iam are for. A cmdlet that asks EC2 gets a line here: it is then run with its policy alone,
/// without any policy, and without each action of each statement of its policy.</summary>
internal static class PolicyLines
{
    private const string Known = "vol-0aaaaaaaaaaaaaaa1", Snapshot = "snap-0aaaaaaaaaaaaaaa1";

    // Every tag by which a volume can be of the cluster.
    private static readonly (string Key, string Value)[] s_owners =
    [
        ("KubernetesCluster", IBackend.Cluster),
        ($"kubernetes.io/cluster/{IBackend.Cluster}", "owned"),
        ("ebs.csi.aws.com/cluster-name", IBackend.Cluster),
        ("eks:eks-cluster-name", IBackend.Cluster),
    ];

    public static IReadOnlyList<PolicyLine> All { get; } =
    [
        new("read", "Get-WorkerZone -Verbose"),
        new("read", "Get-ClusterEbsVolume") { Volume = Volume(s_owners[0]) },
        new("report", "Get-ClusterStorageReport -Verbose") { Volume = Volume(s_owners[0]) },
        new("report", "Test-EbsPersistentVolume -SnapshotAge 1d -Verbose") { Volume = Volume(s_owners[0]) },
        new("read", "Get-ClusterEbsSnapshot") { Volume = Volume(s_owners[0]), Snapshot = new { snapshotId = Snapshot, volumeId = Known } },
        .. s_owners.Select(owner => new PolicyLine("snapshot", $"'{Known}' | New-ClusterEbsSnapshot") { Volume = Volume(owner) }),
        new("snapshot", $"'{Known}' | New-ClusterEbsSnapshot") { Volume = Volume(s_owners[0]), LosesAnswerOf = "CreateSnapshot" },
        .. s_owners.Select(owner => new PolicyLine("remove-snapshots", "$made | Remove-ClusterEbsSnapshot -Confirm:$false -PassThru")
        {
            Volume = Volume(owner), Before = $"$made = '{Known}' | New-ClusterEbsSnapshot",
        }),
        new("restore", $"'{Snapshot}' | Restore-ClusterEbsVolume -DestinationZone {IBackend.ZoneC}")
        {
            Volume = Volume(s_owners[0]), Snapshot = new { snapshotId = Snapshot, volumeId = Known },
        },
        new("create", "$zones | New-ClusterEbsVolume -Size 10") { Before = "$zones = Get-WorkerZone" },
        new("create", $"'{IBackend.ZoneB}' | New-ClusterEbsVolume -SnapshotId {Snapshot} -Size 10") { Snapshot = new { snapshotId = Snapshot, volumeSize = 10 } },
        .. s_owners.Select(owner => new PolicyLine("change", $"'{Known}' | Set-ClusterEbsVolume -Iops 4000") { Volume = Volume(owner) }),
        new("change", $"'{Known}' | Set-ClusterEbsVolume -Iops 4000") { Volume = Volume(s_owners[0]), LosesAnswerOf = "ModifyVolume" },
        new("change", "Resize-EbsPersistentVolume grown -Size 20")
        {
            Volume = Volume(s_owners[0]), Before = $"'{Known}' | Register-EbsPersistentVolume -AvailabilityZone {IBackend.ZoneB} -Size 10 -Name grown",
        },
        .. s_owners.Select(owner => new PolicyLine("move", $"Move-EbsPersistentVolume moved -DestinationZone {IBackend.ZoneC} -Confirm:$false")
        {
            Volume = Volume(owner), Before = $"'{Known}' | Register-EbsPersistentVolume -AvailabilityZone {IBackend.ZoneB} -Size 10 -Name moved",
        }),
        new("move", $"Restore-EbsPersistentVolume moved -SnapshotId {Snapshot} -DestinationZone {IBackend.ZoneC} -Confirm:$false")
        {
            Volume = Volume(s_owners[0]), Snapshot = new { snapshotId = Snapshot, volumeId = Known },
            Before = $"'{Known}' | Register-EbsPersistentVolume -AvailabilityZone {IBackend.ZoneB} -Size 10 -Name moved",
        },
        .. s_owners.Select(owner => new PolicyLine("repair", "$findings | Repair-EbsPersistentVolume -Confirm:$false")
        {
            Volume = Volume(owner),
            Before = $"$null = '{Known}' | Register-EbsPersistentVolume -AvailabilityZone {IBackend.ZoneB} -Size 10 -Name data; $findings = Test-EbsPersistentVolume -Code DriverTagMissing, KopsProtectionMissing",
        }),
        new("remove", "$made | Remove-ClusterEbsVolume -Confirm:$false -PassThru")
        {
            Volume = Volume(s_owners[0]), Snapshot = new { snapshotId = Snapshot, volumeId = Known }, Before = $"$made = '{Snapshot}' | Restore-ClusterEbsVolume -DestinationZone {IBackend.ZoneC}",
        },
        .. s_owners.Select(owner => new PolicyLine("remove", $"'{Known}' | Remove-ClusterEbsVolume -Confirm:$false -PassThru") { Volume = Volume(owner) }),
    ];

    /// <summary>The lines by their place in the list, with their text for the test's name.</summary>
    public static TheoryData<int, string> Rows
    {
        get
        {
            var rows = new TheoryData<int, string>();
            for (var index = 0; index < All.Count; index++) rows.Add(index, $"{All[index].Policy}: {All[index].Script}");
            return rows;
        }
    }

    private static object Volume((string Key, string Value) owner) => new
    {
        volumeId = Known,
        availabilityZones = new[] { IBackend.ZoneB },
        tags = new Dictionary<string, string> { [owner.Key] = owner.Value, ["ebspv/set"] = "manual-ebs", ["ebspv/slot"] = $"{IBackend.ZoneB}/1" },
    };
}
