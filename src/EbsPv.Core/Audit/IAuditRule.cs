using EbsPv.Storage;

namespace EbsPv.Audit;

/// <summary>One thing that an audit looks for. It makes no call: what it says follows from what was read.</summary>
internal interface IAuditRule
{
    /// <summary>The code of what it finds.</summary>
    string Code { get; }

    /// <summary>What it finds about a volume with its PersistentVolumes, or about a claim that waits.</summary>
    IEnumerable<EbsPersistentVolumeFinding> Judge(StorageItem item, AuditFacts facts);
}
