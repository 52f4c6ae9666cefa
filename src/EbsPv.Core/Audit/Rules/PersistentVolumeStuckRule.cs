using EbsPv.Defaults;
using EbsPv.Storage;

namespace EbsPv.Audit.Rules;

/// <summary>A PersistentVolume that Kubernetes gave up on, or cannot get rid of.</summary>
internal sealed class PersistentVolumeStuckRule(string code, string status) : PersistentVolumeRule
{
    public override string Code => code;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        var persistentVolume = registered.PersistentVolume;
        if (persistentVolume.Status != status) yield break;
        yield return Findings.OfPersistentVolume(
            facts, item, registered, status == "Failed" ? FindingSeverity.Error : FindingSeverity.Warning, Code, Message(registered), Recommendation(registered));
    }

    private static string Message(RegisteredVolume registered)
    {
        var persistentVolume = registered.PersistentVolume;
        if (persistentVolume.Status == "Failed")
            return $"T{Findings.Named(registered)[1..]} could not be reclaimed{(persistentVolume.Reason is { } reason ? $" ({Escaped.Text(reason)})" : "")}.";
        var held = persistentVolume.Finalizers.Count == 0 ? "" : $", held by {string.Join(", ", persistentVolume.Finalizers.Select(Escaped.Text))}";
        return $"T{Findings.Named(registered)[1..]} is being deleted{held}. A deletion cannot be taken back: it goes as soon as its claim does.";
    }

    private static string Recommendation(RegisteredVolume registered)
    {
        var persistentVolume = registered.PersistentVolume;
        if (persistentVolume.Status == "Failed")
            return $"Look at kubectl describe pv {persistentVolume.Name}; its data is still on {persistentVolume.VolumeId}. Unregister-EbsPersistentVolume {persistentVolume.Name} keeps the volume.";
        return $"Before its claim goes, see that the policy is Retain: kubectl get pv {persistentVolume.Name}. The data stays on {persistentVolume.VolumeId}, which can be registered anew afterwards.";
    }
}
