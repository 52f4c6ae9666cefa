using EbsPv.Storage;

namespace EbsPv.Audit;

/// <summary>A rule about a PersistentVolume.</summary>
internal abstract class PersistentVolumeRule : IAuditRule
{
    public abstract string Code { get; }

    public IEnumerable<EbsPersistentVolumeFinding> Judge(StorageItem item, AuditFacts facts) => item.Registrations.SelectMany(one => Find(one, item, facts));

    /// <summary>What is found about one; the volume is in the item when it is there.</summary>
    protected abstract IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts);
}
