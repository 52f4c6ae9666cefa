using System.Collections;
using System.Management.Automation;
using EbsPv.PersistentVolumes;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Completion;

namespace EbsPv.PowerShell.Pipeline;

/// <summary>The base of the cmdlets that make PersistentVolumes of EBS volumes: what comes down the pipeline, and what is said of it.</summary>
public abstract class RegistrationCommand : KubernetesCommand
{
    /// <summary>Whatever comes down the pipeline: volumes of New- and Get-ClusterEbsVolume, or of AWS.Tools.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Id of the EBS volume.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string? VolumeId { get; set; }

    /// <summary>Name of the PersistentVolume; with several volumes, what their numbered names begin with. Without it: the volume's name, else its id.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Name { get; set; }

    /// <summary>Zone of the volume; it comes with the volume.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? AvailabilityZone { get; set; }

    /// <summary>Region of the volume; it comes with the volume.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Region { get; set; }

    /// <summary>Size of the volume in GiB, which becomes the capacity; it comes with the volume.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Size { get; set; }

    /// <summary>Tags of the volume; they come with it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    [TagTransform]
    public IDictionary? Tags { get; set; }

    /// <summary>Cluster that the volume was made for; it comes with the volume.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ClusterName { get; set; }

    /// <summary>Workers that the volume was made for; they come with the volume and are compared with the cluster's nodes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string[]? InstanceId { get; set; }

    /// <summary>Storage class; empty for none. The default is manual-ebs.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? StorageClassName { get; set; }

    /// <summary>Labels of your own, beside type=ebs, zone and region.</summary>
    [Parameter]
    [TagTransform]
    public IDictionary? Label { get; set; }

    /// <summary>Annotations of your own.</summary>
    [Parameter]
    [TagTransform]
    public IDictionary? Annotation { get; set; }

    /// <summary>ReadWriteOnce (the default), ReadWriteOncePod, which allows one pod and no other mode beside it, or ReadWriteMany, which
    /// needs -VolumeMode Block and an io2 volume with Multi-Attach. RWO, RWOP and RWX do too.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AccessModeCompleter))]
    public string[]? AccessMode { get; set; }

    /// <summary>Filesystem (the default), or Block for the raw device.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VolumeModeCompleter))]
    public string? VolumeMode { get; set; }

    /// <summary>Retain (the default) or Delete, which deletes the volume and its data with the claim and needs -AllowDeletePolicy.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ReclaimPolicyCompleter))]
    public string? ReclaimPolicy { get; set; }

    /// <summary>Consents to the reclaim policy Delete.</summary>
    [Parameter]
    public SwitchParameter AllowDeletePolicy { get; set; }

    /// <summary>ext4 (the default), ext3, xfs or ntfs.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FileSystemCompleter))]
    public string? FileSystemType { get; set; }

    /// <summary>Number of the partition that holds the file system; without it the file system fills the whole volume.</summary>
    [Parameter]
    public string? Partition { get; set; }

    /// <summary>Options of the mount, such as noatime.</summary>
    [Parameter]
    public string[]? MountOption { get; set; }

    /// <summary>Attributes for the CSI driver, such as @{ blockSize = '4096' }.</summary>
    [Parameter]
    [TagTransform]
    public IDictionary? VolumeAttribute { get; set; }

    /// <summary>The VolumeAttributesClass of the PersistentVolume, for CSI drivers on Kubernetes 1.31 and later.</summary>
    [Parameter]
    public string? VolumeAttributesClassName { get; set; }

    /// <summary>The driver to write for: Csi, EksAutoMode, InTree; Auto takes what this cluster can mount in the volume's zone.</summary>
    [Parameter]
    public VolumeSource VolumeSource { get; set; }

    /// <summary>Writes the command into the annotation kubernetes.io/change-cause, as kubectl's --record did.</summary>
    [Parameter]
    public SwitchParameter Record { get; set; }

    /// <summary>Writes the annotation that kubectl apply compares with, so that applying the same manifest later changes nothing.</summary>
    [Parameter]
    public SwitchParameter SaveConfig { get; set; }

    /// <summary>What the user typed, checked.</summary>
    private protected PersistentVolumeSettings TypedSettings()
    {
        var labels = TagTransformAttribute.ToTags(Label);
        PersistentVolumeRules.CheckLabels(labels);
        var annotations = TagTransformAttribute.ToTags(Annotation);
        AnnotationRules.Check(annotations);
        var typed = MountRules.WithPartition(new PersistentVolumeSettings
        {
            StorageClassName = StorageClassName is null ? null : PersistentVolumeRules.CheckedStorageClass(StorageClassName),
            AccessModes = AccessModeRules.Checked(AccessMode),
            ReclaimPolicy = ReclaimPolicy is null ? null : PersistentVolumeRules.CheckedReclaimPolicy(ReclaimPolicy, AllowDeletePolicy),
            FileSystemType = MountRules.CheckedFileSystem(FileSystemType),
            VolumeMode = MountRules.CheckedVolumeMode(VolumeMode),
            MountOptions = MountRules.CheckedMountOptions(MountOption),
            Partition = MountRules.CheckedPartition(Partition),
            VolumeAttributes = TagTransformAttribute.ToTags(VolumeAttribute),
            VolumeAttributesClassName = PersistentVolumeRules.CheckedVolumeAttributesClass(VolumeAttributesClassName),
            Labels = labels,
            Annotations = annotations,
        });
        MountRules.CheckTogether(typed, VolumeSource);
        return typed;
    }

    /// <summary>The command as the user typed it, without what came down the pipeline; null when nobody asked for it.</summary>
    private protected string? ChangeCause() => Record ? TypedCommand.Of(MyInvocation) : null;
}
