using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Safety.Tests.Rbac;

/// <summary>The lines that the roles of docs/rbac are for. A cmdlet that asks Kubernetes gets a line here: it is then run on both backends
/// with its role alone, without any role, and without each verb of its role.</summary>
internal static class RoleLines
{
    private const string Made = "$made = Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Count 3";
    private const string Taken = "'vol-0aaaaaaaaaaaaaaa1' | Register-EbsPersistentVolume -AvailabilityZone eu-west-1b -Size 10 -Name manual-ebs-01";
    private const string Whole = "$null = Get-WorkerZone | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume";
    private const string Claimed = "$null = Get-EbsPersistentVolume manual-ebs-02 | New-EbsPersistentVolumeClaim -Namespace default";
    private const string Kept = "$snapshot = (Get-EbsPersistentVolume manual-ebs-02 | New-ClusterEbsSnapshot).SnapshotId";
    private const string InTree = "$null = 'eu-west-1c' | New-ClusterEbsVolume -Size 10 -TagProfile Kops | Register-EbsPersistentVolume -VolumeSource InTree -Name manual-ebs-02";
    private const string Found = "$findings = Test-EbsPersistentVolume";
    private const string Repair = "$findings | Repair-EbsPersistentVolume -Confirm:$false";
    private const string Set = "-StatefulSet web -ClaimTemplate data -ClaimNamespace default";

    private static (string Path, JsonNode Body) Driver => ("apis/storage.k8s.io/v1/csidrivers", JsonNode.Parse(
        """{"apiVersion":"storage.k8s.io/v1","kind":"CSIDriver","metadata":{"name":"ebs.csi.aws.com"},"spec":{"attachRequired":true} }""")!);

    public static IReadOnlyList<RoleLine> All { get; } =
    [
        new("read", "Get-EbsPersistentVolume manual-ebs-01") { Before = Taken },
        new("read", "Get-WorkerZone -Source Kubernetes"),
        new("read", "Get-ClusterEbsVolume -SetName manual-ebs | Remove-ClusterEbsVolume -SkipFinalSnapshot -Confirm:$false -PassThru") { Before = Made },
        new("read", "Get-ClusterEbsVolume -Unregistered") { Before = Made },
        new("read", "$kept | Remove-ClusterEbsSnapshot -Confirm:$false -PassThru") { Before = $"{Made}; $kept = $made | New-ClusterEbsSnapshot", KnowsSnapshotContents = true },
        new("register", "$made | Register-EbsPersistentVolume") { Before = Made },
        new("register", "$made | Register-EbsPersistentVolume") { Before = $"{Made}; {Taken}", Errors = ["PersistentVolumeConflict"] },
        new("register", "$made | Register-EbsPersistentVolume -CreateStorageClass") { Before = Made },
        new("register", "$made | Register-EbsPersistentVolume -CreateStorageClass")
        {
            Before = $"'eu-west-1b' | New-ClusterEbsVolume -Size 10 -SetName first | Register-EbsPersistentVolume -CreateStorageClass; {Made}",
        },
        new("register", $"$made | Register-EbsPersistentVolume {Set}") { Before = Made, Objects = [(KubeHttp.StatefulSets, KubeObjects.StatefulSet("web", "data"))] },
        new("register", Taken + " -ClaimName data -ClaimNamespace default"),
        new("register", "$made | ConvertTo-EbsPersistentVolumeManifest -VolumeSource Auto") { Before = Made },
        new("claim", "$registered | New-EbsPersistentVolumeClaim") { Before = "$registered = " + Taken },
        new("claim", "$registered | New-EbsPersistentVolumeClaim") { Before = "$registered = " + Taken, LosesAnswerOf = "create persistentvolumeclaims" },
        new("unregister", "$made | Unregister-EbsPersistentVolume -Confirm:$false -PassThru")
        {
            Before = $"{Made}; $null = $made | Register-EbsPersistentVolume -ReclaimPolicy Delete -AllowDeletePolicy",
        },
        new("unregister", "'manual-ebs-01' | Unregister-EbsPersistentVolume -Confirm:$false -PassThru") { Before = Taken + " -ClaimName data -ClaimNamespace default" },
        new("unregister", "'manual-ebs-01' | Unregister-EbsPersistentVolume -Confirm:$false -PassThru") { Before = Taken, LosesAnswerOf = "delete persistentvolumes" },
        new("report", "Get-ClusterStorageReport") { Before = Taken },
        new("audit", "Test-EbsPersistentVolume") { Before = Taken },
        new("resize", "$made | Resize-EbsPersistentVolume -Size 20")
        {
            Before = $"{Made}; $null = $made | Register-EbsPersistentVolume", LosesAnswerOf = "patch persistentvolumes",
        },
        new("resize", "'manual-ebs-01', 'manual-ebs-02' | Resize-EbsPersistentVolume -Size 20 -TimeoutSeconds 1")
        {
            Before = $"{Made}; $null = $made | Register-EbsPersistentVolume -CreateStorageClass; $null = Get-EbsPersistentVolume manual-ebs-01 | New-EbsPersistentVolumeClaim",
            MayWaitInVain = "ClaimWaitTimedOut",
        },
        new("move", "Move-EbsPersistentVolume manual-ebs-02 -DestinationZone eu-west-1b -Confirm:$false")
        {
            Before = $"{Whole}; {Claimed}", LosesAnswerOf = "patch persistentvolumeclaims",
        },
        new("move", "Move-EbsPersistentVolume manual-ebs-02 -DestinationZone eu-west-1b -Confirm:$false") { Before = Whole, LosesAnswerOf = "delete persistentvolumes" },
        new("move", "Restore-EbsPersistentVolume manual-ebs-02 -SnapshotId $snapshot -Confirm:$false") { Before = $"{Whole}; {Claimed}; {Kept}" },
        new("move", "Move-EbsPersistentVolume manual-ebs-02 -PrepareOnly -Confirm:$false") { Before = $"{Whole} -ReclaimPolicy Delete -AllowDeletePolicy; {Claimed}" },
        new("move", "Move-EbsPersistentVolume manual-ebs-02 -DestinationZone eu-west-1b -Confirm:$false")
        {
            Before = $"{Whole}; {Claimed}", Errors = ["ClaimInUse"],
            Objects = [(KubeHttp.Pods, KubeObjects.Pod("blog-1", null, KubeObjects.Owner("apps/v1", "ReplicaSet", "blog-5d9c"), "manual-ebs-02"))],
        },
        new("repair", $"{Repair} -Code PersistentVolumeReleased, ReclaimPolicyDelete") { Before = $"{Whole} -ReclaimPolicy Delete -AllowDeletePolicy; {Found}" },
        new("repair", Repair) { Before = $"{InTree}; {Claimed}; {Found}", Objects = [Driver], LosesAnswerOf = "patch persistentvolumeclaims" },
        new("repair", Repair) { Before = $"{InTree}; {Found}", Objects = [Driver], LosesAnswerOf = "delete persistentvolumes" },
        new("repair", Repair)
        {
            Before = $"{InTree}; {Claimed}; {Found}", Errors = ["ClaimInUse"],
            Objects = [Driver, (KubeHttp.Pods, KubeObjects.Pod("blog-1", null, KubeObjects.Owner("apps/v1", "ReplicaSet", "blog-5d9c"), "manual-ebs-02"))],
        },
    ];

    /// <summary>The lines by their place in the list, with their text for the test's name.</summary>
    public static TheoryData<int, string> Rows
    {
        get
        {
            var rows = new TheoryData<int, string>();
            for (var index = 0; index < All.Count; index++) rows.Add(index, $"{All[index].Role}: {All[index].Script}");
            return rows;
        }
    }
}
