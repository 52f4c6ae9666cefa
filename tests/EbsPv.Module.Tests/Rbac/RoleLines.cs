using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Module.Tests.Rbac;

/// <summary>The lines that the roles of docs/rbac are for. A cmdlet that asks Kubernetes gets a line here: it is then run on both backends
/// with its role alone, without any role, and without each verb of its role.</summary>
internal static class RoleLines
{
    private const string Made = "$made = Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Count 3";
    private const string Taken = "'vol-0aaaaaaaaaaaaaaa1' | Register-EbsPersistentVolume -AvailabilityZone eu-west-1b -Size 10 -Name manual-ebs-01";
    private const string Whole = "$null = Get-WorkerZone | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume";
    private const string Claimed = "$null = Get-EbsPersistentVolume manual-ebs-02 | New-EbsPersistentVolumeClaim -Namespace default";
    private const string Set = "-StatefulSet web -ClaimTemplate data -ClaimNamespace default";

    public static IReadOnlyList<RoleLine> All { get; } =
    [
        new("read", "Get-EbsPersistentVolume manual-ebs-01") { Before = Taken },
        new("read", "Get-WorkerZone -Source Kubernetes"),
        new("read", "Get-ClusterEbsVolume -SetName manual-ebs | Remove-ClusterEbsVolume -SkipFinalSnapshot -Confirm:$false -PassThru") { Before = Made },
        new("register", "$made | Register-EbsPersistentVolume") { Before = Made },
        new("register", "$made | Register-EbsPersistentVolume") { Before = $"{Made}; {Taken}", Errors = ["PersistentVolumeConflict"] },
        new("register", "$made | Register-EbsPersistentVolume -CreateStorageClass") { Before = Made },
        new("register", "$made | Register-EbsPersistentVolume -CreateStorageClass")
        {
            Before = $"'eu-west-1b' | New-ClusterEbsVolume -Size 10 -SetName first | Register-EbsPersistentVolume -CreateStorageClass; {Made}",
        },
        new("register", $"$made | Register-EbsPersistentVolume {Set}") { Before = Made, Objects = [(KubeHttp.StatefulSets, KubeObjects.StatefulSet("web", "data"))] },
        new("register", "$made | ConvertTo-EbsPersistentVolumeManifest -VolumeSource Auto") { Before = Made },
        new("claim", "$registered | New-EbsPersistentVolumeClaim") { Before = "$registered = " + Taken },
        new("claim", "$registered | New-EbsPersistentVolumeClaim") { Before = "$registered = " + Taken, LosesAnswerOf = "create persistentvolumeclaims" },
        new("unregister", "$made | Unregister-EbsPersistentVolume -Confirm:$false -PassThru")
        {
            Before = $"{Made}; $null = $made | Register-EbsPersistentVolume -ReclaimPolicy Delete -AllowDeletePolicy",
        },
        new("unregister", "'manual-ebs-01' | Unregister-EbsPersistentVolume -Confirm:$false -PassThru") { Before = Taken, LosesAnswerOf = "delete persistentvolumes" },
        new("move", "Move-EbsPersistentVolume manual-ebs-02 -DestinationZone eu-west-1b -Confirm:$false")
        {
            Before = $"{Whole}; {Claimed}", LosesAnswerOf = "patch persistentvolumeclaims",
        },
        new("move", "Move-EbsPersistentVolume manual-ebs-02 -DestinationZone eu-west-1b -Confirm:$false") { Before = Whole, LosesAnswerOf = "delete persistentvolumes" },
        new("move", "Move-EbsPersistentVolume manual-ebs-02 -PrepareOnly -Confirm:$false") { Before = $"{Whole} -ReclaimPolicy Delete -AllowDeletePolicy; {Claimed}" },
        new("move", "Move-EbsPersistentVolume manual-ebs-02 -DestinationZone eu-west-1b -Confirm:$false")
        {
            Before = $"{Whole}; {Claimed}", Errors = ["ClaimInUse"],
            Objects = [(KubeHttp.Pods, KubeObjects.Pod("blog-1", null, KubeObjects.Owner("apps/v1", "ReplicaSet", "blog-5d9c"), "manual-ebs-02"))],
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
