using EbsPv.Storage;

namespace EbsPv.Audit;

/// <summary>A rule about a claim that has no PersistentVolume.</summary>
internal abstract class ClaimRule : IAuditRule
{
    public abstract string Code { get; }

    public IEnumerable<EbsPersistentVolumeFinding> Judge(StorageItem item, AuditFacts facts) =>
        item.Claim is { } waiting && Find(waiting.Claim, facts) is { } finding ? [finding] : [];

    protected abstract EbsPersistentVolumeFinding? Find(EbsPersistentVolumeClaim claim, AuditFacts facts);
}
