using EbsPv.Storage;

namespace EbsPv.Audit;

/// <summary>A rule about a volume that is there.</summary>
internal abstract class VolumeRule : IAuditRule
{
    public abstract string Code { get; }

    public IEnumerable<EbsPersistentVolumeFinding> Judge(StorageItem item, AuditFacts facts) =>
        item is { Volume: { } volume, Sight: VolumeSight.Seen } && Find(volume, item, facts) is { } finding ? [finding] : [];

    protected abstract EbsPersistentVolumeFinding? Find(ClusterEbsVolume volume, StorageItem item, AuditFacts facts);
}
