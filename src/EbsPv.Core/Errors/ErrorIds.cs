namespace EbsPv.Errors;

/// <summary>The ids of all errors. They are stable: scripts compare them.</summary>
public static partial class ErrorIds
{
    // Input, checked before any call
    /// <summary>-Count or -CountPerZone is not 1 to 10,000.</summary>
    public const string CountOutOfRange = nameof(CountOutOfRange);
    /// <summary>-Count and -CountPerZone exclude each other.</summary>
    public const string CountConflict = nameof(CountConflict);
    /// <summary>-Size is no whole number of GiB.</summary>
    public const string SizeNotGiB = nameof(SizeNotGiB);
    /// <summary>-Size is outside what the volume type allows.</summary>
    public const string SizeOutOfRangeForType = nameof(SizeOutOfRangeForType);
    /// <summary>-VolumeType is none of EBS.</summary>
    public const string VolumeTypeUnknown = nameof(VolumeTypeUnknown);
    /// <summary>-Unregistered and -Retired exclude each other.</summary>
    public const string VolumeFilterConflict = nameof(VolumeFilterConflict);
    /// <summary>-State is none of EBS.</summary>
    public const string VolumeStateUnknown = nameof(VolumeStateUnknown);
    /// <summary>io1 and io2 need -Iops.</summary>
    public const string IopsRequired = nameof(IopsRequired);
    /// <summary>The volume type sets its IOPS itself.</summary>
    public const string IopsNotAllowed = nameof(IopsNotAllowed);
    /// <summary>-Iops is outside what the volume type allows.</summary>
    public const string IopsOutOfRangeForType = nameof(IopsOutOfRangeForType);
    /// <summary>-Iops is more than the volume type allows for this size.</summary>
    public const string IopsRatioExceeded = nameof(IopsRatioExceeded);
    /// <summary>Only gp3 has a throughput of choice.</summary>
    public const string ThroughputNotAllowed = nameof(ThroughputNotAllowed);
    /// <summary>-Throughput is outside what the volume type allows.</summary>
    public const string ThroughputOutOfRangeForType = nameof(ThroughputOutOfRangeForType);
    /// <summary>-Throughput needs more IOPS than asked for.</summary>
    public const string ThroughputRatioExceeded = nameof(ThroughputRatioExceeded);
    /// <summary>Only io1 and io2 can be attached to several instances.</summary>
    public const string MultiAttachNotAllowed = nameof(MultiAttachNotAllowed);
    /// <summary>A KMS key and -Encrypted $false exclude each other.</summary>
    public const string KmsConflict = nameof(KmsConflict);
    /// <summary>The KMS key belongs to another region.</summary>
    public const string KmsWrongRegion = nameof(KmsWrongRegion);
    /// <summary>The KMS key has none of the forms of one.</summary>
    public const string KmsInvalid = nameof(KmsInvalid);
    /// <summary>-VolumeInitializationRate is not 100 to 300 MiB/s, or there is no snapshot.</summary>
    public const string InitRateInvalid = nameof(InitRateInvalid);
    /// <summary>No snapshot id of that form.</summary>
    public const string SnapshotIdInvalid = nameof(SnapshotIdInvalid);
    /// <summary>EBSPV_VOLUME_LIMITS or EBSPV_EC2_RATES cannot be read.</summary>
    public const string SettingInvalid = nameof(SettingInvalid);
    /// <summary>-SetName is no DNS-1123 label of at most 50 characters.</summary>
    public const string SetNameInvalid = nameof(SetNameInvalid);
    /// <summary>A region, or other text, stands where a zone belongs.</summary>
    public const string ZoneNotAZone = nameof(ZoneNotAZone);
    /// <summary>A zone id (use1-az1) stands where a zone name belongs.</summary>
    public const string ZoneIdGiven = nameof(ZoneIdGiven);
    /// <summary>A zone of another region than the run's.</summary>
    public const string ZoneOutsideRegion = nameof(ZoneOutsideRegion);
    /// <summary>The same zone came twice; the first one counts.</summary>
    public const string ZoneDuplicate = nameof(ZoneDuplicate);
    /// <summary>No zone came down the pipeline.</summary>
    public const string NoWorkerZone = nameof(NoWorkerZone);
    /// <summary>The piped object is no zone.</summary>
    public const string InputNotZone = nameof(InputNotZone);
    /// <summary>The piped object is no volume.</summary>
    public const string InputNotVolume = nameof(InputNotVolume);
    /// <summary>The piped object is no PersistentVolume.</summary>
    public const string InputNotPersistentVolume = nameof(InputNotPersistentVolume);
    /// <summary>$null came down the pipeline.</summary>
    public const string InputNull = nameof(InputNull);
    /// <summary>Objects of two clusters came down one pipeline; the first one's go on.</summary>
    public const string MixedCluster = nameof(MixedCluster);
    /// <summary>Objects of two regions came down one pipeline; the first one's go on.</summary>
    public const string MixedRegion = nameof(MixedRegion);
    /// <summary>EBS cannot make a volume smaller.</summary>
    public const string ResizeNotLarger = nameof(ResizeNotLarger);
    /// <summary>No change was asked for.</summary>
    public const string NothingToChange = nameof(NothingToChange);
    /// <summary>-Baseline and -Iops or -Throughput exclude each other, and -Baseline is for gp3.</summary>
    public const string BaselineConflict = nameof(BaselineConflict);
    /// <summary>No volume of that form: vol- and 8 or 17 hexadecimal digits.</summary>
    public const string VolumeIdInvalid = nameof(VolumeIdInvalid);
    /// <summary>A snapshot, an instance or an ARN stands where a volume id belongs.</summary>
    public const string WrongResourceKind = nameof(WrongResourceKind);
    /// <summary>A tag breaks a rule of EC2 or uses a reserved key.</summary>
    public const string TagInvalid = nameof(TagInvalid);
    /// <summary>The cluster's name cannot be one.</summary>
    public const string ClusterNameInvalid = nameof(ClusterNameInvalid);
    /// <summary>The name is no DNS-1123 subdomain.</summary>
    public const string PvNameInvalid = nameof(PvNameInvalid);
    /// <summary>The name cannot be one of a claim.</summary>
    public const string ClaimNameInvalid = nameof(ClaimNameInvalid);
    /// <summary>The name cannot be one of a namespace.</summary>
    public const string NamespaceInvalid = nameof(NamespaceInvalid);
    /// <summary>Parameters for one claim, for a StatefulSet's claims, or for neither, do not go together.</summary>
    public const string ClaimParametersConflict = nameof(ClaimParametersConflict);
    /// <summary>The storage class name is no DNS-1123 subdomain.</summary>
    public const string StorageClassInvalid = nameof(StorageClassInvalid);
    /// <summary>A label breaks Kubernetes' rules.</summary>
    public const string LabelInvalid = nameof(LabelInvalid);
    /// <summary>EBS cannot do this access mode.</summary>
    public const string AccessModeUnsupported = nameof(AccessModeUnsupported);
    /// <summary>Not Filesystem or Block.</summary>
    public const string VolumeModeUnsupported = nameof(VolumeModeUnsupported);
    /// <summary>A device (volume mode Block) has no file system.</summary>
    public const string FsTypeWithBlock = nameof(FsTypeWithBlock);
    /// <summary>An option that mount cannot take, or one for a device.</summary>
    public const string MountOptionInvalid = nameof(MountOptionInvalid);
    /// <summary>-Partition is no number, is said twice, or is for a device.</summary>
    public const string PartitionInvalid = nameof(PartitionInvalid);
    /// <summary>Volume attributes and their class are for CSI drivers only.</summary>
    public const string VolumeAttributeInvalid = nameof(VolumeAttributeInvalid);
    /// <summary>An annotation breaks Kubernetes' rules, or somebody else acts upon it.</summary>
    public const string AnnotationInvalid = nameof(AnnotationInvalid);
    /// <summary>Not ext4, ext3, xfs or ntfs.</summary>
    public const string FsTypeUnsupported = nameof(FsTypeUnsupported);
    /// <summary>Not Retain or Delete.</summary>
    public const string ReclaimPolicyUnsupported = nameof(ReclaimPolicyUnsupported);
    /// <summary>The policy Delete deletes the data; -AllowDeletePolicy consents.</summary>
    public const string ReclaimPolicyDeleteNeedsConsent = nameof(ReclaimPolicyDeleteNeedsConsent);

    /// <summary>A directory stands where a file belongs.</summary>
    public const string PathIsDirectory = nameof(PathIsDirectory);
    /// <summary>There is no such manifest file.</summary>
    public const string ManifestNotFound = nameof(ManifestNotFound);
    /// <summary>The manifest file is no YAML or JSON that can be taken, or a field of it is none of Kubernetes'.</summary>
    public const string ManifestInvalid = nameof(ManifestInvalid);
    /// <summary>A document of another kind than PersistentVolume, or for another driver.</summary>
    public const string ManifestKindUnsupported = nameof(ManifestKindUnsupported);
    /// <summary>-Path and -TemplatePath exclude each other.</summary>
    public const string ManifestParametersConflict = nameof(ManifestParametersConflict);
    /// <summary>The file has more or fewer documents than volumes came.</summary>
    public const string TemplateCountMismatch = nameof(TemplateCountMismatch);
    /// <summary>Placeholders that could be meant in two ways, or an id in the place of one.</summary>
    public const string TemplatePlaceholderInvalid = nameof(TemplatePlaceholderInvalid);
    /// <summary>Two documents of a file name their PersistentVolumes alike.</summary>
    public const string TemplateNameTwice = nameof(TemplateNameTwice);
    /// <summary>The document names another zone or region than its volume's.</summary>
    public const string TemplateZoneMismatch = nameof(TemplateZoneMismatch);
    /// <summary>The document promises more than its volume has.</summary>
    public const string TemplateTooLarge = nameof(TemplateTooLarge);

    // Set-up, terminating
    /// <summary>No region is known.</summary>
    public const string RegionMissing = nameof(RegionMissing);
    /// <summary>The region is no region's name.</summary>
    public const string RegionInvalid = nameof(RegionInvalid);
    /// <summary>-EndpointUrl is no http(s) address.</summary>
    public const string EndpointInvalid = nameof(EndpointInvalid);
    /// <summary>http:// to another machine would show the credentials to the network.</summary>
    public const string EndpointPlainText = nameof(EndpointPlainText);
    /// <summary>No cluster name is known.</summary>
    public const string ClusterNameMissing = nameof(ClusterNameMissing);
    /// <summary>Two sources name two clusters.</summary>
    public const string ClusterAmbiguous = nameof(ClusterAmbiguous);
    /// <summary>No kubeconfig file was found.</summary>
    public const string KubeconfigNotFound = nameof(KubeconfigNotFound);
    /// <summary>The kubeconfig file cannot be read.</summary>
    public const string KubeconfigInvalid = nameof(KubeconfigInvalid);
    /// <summary>The kubeconfig has no such context, or no current one.</summary>
    public const string ContextMissing = nameof(ContextMissing);
    /// <summary>The kubeconfig has two contexts of one name.</summary>
    public const string ContextAmbiguous = nameof(ContextAmbiguous);
    /// <summary>The context's user has no credentials that EbsPv can use.</summary>
    public const string CredentialMissing = nameof(CredentialMissing);
    /// <summary>The kubeconfig switches certificate checks off.</summary>
    public const string TlsVerifyDisabled = nameof(TlsVerifyDisabled);
    /// <summary>No such AWS profile.</summary>
    public const string ProfileNotFound = nameof(ProfileNotFound);

    // State
    /// <summary>No worker was found.</summary>
    public const string WorkerNotFound = nameof(WorkerNotFound);
    /// <summary>A member of the set contradicts what was asked for.</summary>
    public const string VolumeSetMismatch = nameof(VolumeSetMismatch);
    /// <summary>The volume went to error, or away, after it was made.</summary>
    public const string VolumeFailed = nameof(VolumeFailed);
    /// <summary>The volume is not available in time.</summary>
    public const string VolumeWaitTimedOut = nameof(VolumeWaitTimedOut);
    /// <summary>The volume was not begun before the run's deadline.</summary>
    public const string VolumeRunTimedOut = nameof(VolumeRunTimedOut);
    /// <summary>No such volume.</summary>
    public const string VolumeNotFound = nameof(VolumeNotFound);
    /// <summary>The volume belongs to the control plane.</summary>
    public const string ControlPlaneVolume = nameof(ControlPlaneVolume);
    /// <summary>The volume's tags do not name this cluster.</summary>
    public const string VolumeNotOfCluster = nameof(VolumeNotOfCluster);
    /// <summary>EC2 is still at work on another change of the volume.</summary>
    public const string VolumeModificationUnderWay = nameof(VolumeModificationUnderWay);
    /// <summary>EC2 accepted a change of the volume and could not carry it out.</summary>
    public const string VolumeModificationFailed = nameof(VolumeModificationFailed);
    /// <summary>EC2 takes no further change of the volume for some time.</summary>
    public const string VolumeModificationLimit = nameof(VolumeModificationLimit);
    /// <summary>The volume was replaced by a move or restore, or is a copy of one that was not.</summary>
    public const string VolumeRetired = nameof(VolumeRetired);
    /// <summary>The volume carries the names of two clusters.</summary>
    public const string VolumeClusterAmbiguous = nameof(VolumeClusterAmbiguous);
    /// <summary>The volume belongs to another cluster, or to none.</summary>
    public const string VolumeNotOwned = nameof(VolumeNotOwned);
    /// <summary>The volume was made by a storage driver for a claim.</summary>
    public const string VolumeManagedByDriver = nameof(VolumeManagedByDriver);
    /// <summary>The volume is the cluster's, but EbsPv did not make it.</summary>
    public const string VolumeNotManaged = nameof(VolumeNotManaged);
    /// <summary>The volume is attached, or not available.</summary>
    public const string VolumeInUse = nameof(VolumeInUse);
    /// <summary>A PersistentVolume points to the volume.</summary>
    public const string VolumeHasPersistentVolume = nameof(VolumeHasPersistentVolume);
    /// <summary>The cluster cannot be asked whether PersistentVolumes point to the volumes; -SkipPersistentVolumeCheck does without.</summary>
    public const string PersistentVolumeCheckFailed = nameof(PersistentVolumeCheckFailed);
    /// <summary>Nothing shows that the cluster that is asked is the volumes'; -SkipClusterCheck does without.</summary>
    public const string ClusterNotVerified = nameof(ClusterNotVerified);
    /// <summary>More volumes than max(5, 20 % of the cluster's); -AllowBulk consents.</summary>
    public const string ScopeTooWide = nameof(ScopeTooWide);
    /// <summary>The snapshot went to error, or away, after it was made.</summary>
    public const string SnapshotFailed = nameof(SnapshotFailed);
    /// <summary>The snapshot is not completed in time.</summary>
    public const string SnapshotWaitTimedOut = nameof(SnapshotWaitTimedOut);
    /// <summary>The volume is being deleted, is deleted, or has failed.</summary>
    public const string VolumeUnusable = nameof(VolumeUnusable);
    /// <summary>The volume is only planned (-WhatIf).</summary>
    public const string VolumePlanned = nameof(VolumePlanned);
    /// <summary>The workers that the volume was made for are not the nodes of this cluster, or EC2 is asked in another region than theirs.</summary>
    public const string ClusterMismatch = nameof(ClusterMismatch);
    /// <summary>The name is taken by a PersistentVolume for something else.</summary>
    public const string PersistentVolumeConflict = nameof(PersistentVolumeConflict);
    /// <summary>The claim, or its name, is taken by or kept for something else.</summary>
    public const string ClaimConflict = nameof(ClaimConflict);
    /// <summary>The claim would ask for more than the PersistentVolume has.</summary>
    public const string ClaimTooLarge = nameof(ClaimTooLarge);
    /// <summary>The claim would ask for a class or mode that the PersistentVolume does not have.</summary>
    public const string ClaimMismatch = nameof(ClaimMismatch);
    /// <summary>The claim lost its PersistentVolume before it was Bound.</summary>
    public const string ClaimLost = nameof(ClaimLost);
    /// <summary>The claim is not Bound in time.</summary>
    public const string ClaimWaitTimedOut = nameof(ClaimWaitTimedOut);
    /// <summary>The PersistentVolume is Released, Failed or Terminating, and no claim can have it.</summary>
    public const string PersistentVolumeNotClaimable = nameof(PersistentVolumeNotClaimable);
    /// <summary>The StatefulSet has no claim template of that name.</summary>
    public const string ClaimTemplateNotFound = nameof(ClaimTemplateNotFound);
    /// <summary>What was typed contradicts the StatefulSet's claim template.</summary>
    public const string StatefulSetMismatch = nameof(StatefulSetMismatch);
    /// <summary>The volume holds less than its claim asks for.</summary>
    public const string VolumeTooSmall = nameof(VolumeTooSmall);
    /// <summary>The PersistentVolume is not Available or Bound in time.</summary>
    public const string PersistentVolumeWaitTimedOut = nameof(PersistentVolumeWaitTimedOut);
    /// <summary>The PersistentVolume is bound to a claim, and stays.</summary>
    public const string PersistentVolumeBound = nameof(PersistentVolumeBound);
    /// <summary>The PersistentVolume is being deleted, and a finalizer holds it.</summary>
    public const string PersistentVolumeHeld = nameof(PersistentVolumeHeld);
    /// <summary>Who would have to take a finalizer off the PersistentVolume does not run; it was not deleted.</summary>
    public const string ProvisionerNotRunning = nameof(ProvisionerNotRunning);
    /// <summary>The PersistentVolume is only planned (-WhatIf).</summary>
    public const string PersistentVolumePlanned = nameof(PersistentVolumePlanned);
    /// <summary>Kubernetes refused the PersistentVolume.</summary>
    public const string PersistentVolumeInvalid = nameof(PersistentVolumeInvalid);
    /// <summary>No such PersistentVolume.</summary>
    public const string PersistentVolumeNotFound = nameof(PersistentVolumeNotFound);
    /// <summary>No such namespace.</summary>
    public const string NamespaceNotFound = nameof(NamespaceNotFound);
    /// <summary>No such claim, storage class or other object than a PersistentVolume.</summary>
    public const string KubeObjectNotFound = nameof(KubeObjectNotFound);
    /// <summary>The name of a claim, storage class or other object is taken, or the object has changed meanwhile.</summary>
    public const string KubeObjectConflict = nameof(KubeObjectConflict);
    /// <summary>Kubernetes refused a claim, storage class or other object.</summary>
    public const string KubeObjectInvalid = nameof(KubeObjectInvalid);
}
