namespace EbsPv.Sandbox.Kubernetes;

/// <summary>The fields of every kind served; what no client of ours writes is left open.</summary>
public static class FieldSchemas
{
    private const string Metadata = """
        apiVersion kind
        metadata {
          name generateName namespace selfLink uid resourceVersion generation:i creationTimestamp deletionTimestamp
          deletionGracePeriodSeconds:i labels:m annotations:m finalizers[] managedFields:x
          ownerReferences[] { apiVersion kind name uid controller:b blockOwnerDeletion:b }
        }
        """;

    private const string Expressions = "{ key operator values[] }";

    private const string Secret = "{ name namespace }";

    private const string PersistentVolume = $$"""
        spec {
          capacity:q accessModes[] persistentVolumeReclaimPolicy storageClassName mountOptions[] volumeMode
          volumeAttributesClassName
          claimRef { kind namespace name uid apiVersion resourceVersion fieldPath }
          nodeAffinity { required { nodeSelectorTerms[] { matchExpressions[] {{Expressions}} matchFields[] {{Expressions}} } } }
          csi {
            driver volumeHandle readOnly:b fsType volumeAttributes:m controllerPublishSecretRef {{Secret}}
            nodeStageSecretRef {{Secret}} nodePublishSecretRef {{Secret}} controllerExpandSecretRef {{Secret}}
            nodeExpandSecretRef {{Secret}}
          }
          awsElasticBlockStore { volumeID fsType partition:i readOnly:b }
          hostPath { path type } local { path fsType } nfs { server path readOnly:b }
          gcePersistentDisk:x azureDisk:x azureFile:x cephfs:x cinder:x fc:x flexVolume:x flocker:x glusterfs:x iscsi:x
          photonPersistentDisk:x portworxVolume:x quobyte:x rbd:x scaleIO:x storageos:x vsphereVolume:x
        }
        status { phase message reason lastPhaseTransitionTime }
        """;

    private const string PersistentVolumeClaim = $$"""
        spec {
          accessModes[] volumeName storageClassName volumeMode volumeAttributesClassName dataSource:x dataSourceRef:x
          selector { matchLabels:m matchExpressions[] {{Expressions}} }
          resources { requests:q limits:q }
        }
        status {
          phase accessModes[] capacity:q conditions:x allocatedResources:q allocatedResourceStatuses:m
          currentVolumeAttributesClassName modifyVolumeStatus:x
        }
        """;

    private const string StorageClass = """
        provisioner parameters:m reclaimPolicy mountOptions[] allowVolumeExpansion:b volumeBindingMode allowedTopologies:x
        """;

    private const string Node = """
        spec {
          podCIDR podCIDRs[] providerID unschedulable:b externalID configSource:x taints[] { key value effect timeAdded }
        }
        status:x
        """;

    private const string Event = """
        involvedObject:x reason message source:x firstTimestamp lastTimestamp count:i type eventTime series:x action related:x
        reportingComponent reportingInstance
        """;

    private const string CsiNode = "spec { drivers[] { name nodeID topologyKeys[] allocatable { count:i } } }";

    private const string VolumeAttachment = """
        spec { attacher nodeName source { persistentVolumeName inlineVolumeSpec:x } }
        status { attached:b attachmentMetadata:m attachError:x detachError:x }
        """;

    private static readonly Dictionary<string, FieldSchema> s_schemas = new Dictionary<string, string>
    {
        ["PersistentVolume"] = PersistentVolume,
        ["PersistentVolumeClaim"] = PersistentVolumeClaim,
        ["StorageClass"] = StorageClass,
        ["Node"] = Node,
        ["Event"] = Event,
        ["CSINode"] = CsiNode,
        ["VolumeAttachment"] = VolumeAttachment,
        ["Namespace"] = "spec { finalizers[] } status:x",
        ["CSIDriver"] = "spec:x",
        ["Pod"] = "spec:x status:x",
        ["StatefulSet"] = "spec:x status:x",
        ["Deployment"] = "spec:x status:x",
        ["ReplicaSet"] = "spec:x status:x",
        ["DaemonSet"] = "spec:x status:x",
        ["Job"] = "spec:x status:x",
        ["HorizontalPodAutoscaler"] = "spec:x status:x",
        ["ScaledObject"] = "spec:x status:x",
        ["VolumeSnapshotContent"] = "spec:x status:x",
    }.ToDictionary(pair => pair.Key, pair => FieldSchema.Parse($"{Metadata} {pair.Value}"));

    public static FieldSchema Of(ResourceType type) => s_schemas[type.Kind];
}
