using EbsPv.Storage;

namespace EbsPv.Audit.Rules;

internal sealed class AttachedElsewhereRule : PersistentVolumeRule
{
    public override string Code => FindingCodes.AttachedElsewhere;

    protected override IEnumerable<EbsPersistentVolumeFinding> Find(RegisteredVolume registered, StorageItem item, AuditFacts facts)
    {
        if (item is not { Volume: { MultiAttachEnabled: false } volume, Sight: VolumeSight.Seen }) yield break;
        var attached = volume.Attachments.Where(one => one.State is not ("detaching" or "detached")).Select(one => one.InstanceId).ToList();
        var pods = registered.Pods.Where(pod => pod is { NodeName: not null, IsTerminating: false }).ToList();
        if (attached.Count == 0 || pods.Count == 0) yield break;
        // A node that is not there any more says nothing about its instance.
        var instances = pods.ConvertAll(pod => facts.Storage.Node(pod.NodeName)?.InstanceId);
        if (instances.Any(instance => instance is null || attached.Contains(instance))) yield break;
        yield return Findings.OfPersistentVolume(
            facts,
            item,
            registered,
            FindingSeverity.Warning,
            Code,
            $"The volume {volume.VolumeId} of {Findings.Named(registered)} is attached to {string.Join(", ", attached)}, and its pod {pods[0]} is on {pods[0].NodeName} ({instances[0]}): the pod waits until it is detached there.",
            $"It may be on its way: Kubernetes waits up to 6 minutes for a node that does not answer. If it stays so, see what holds it: kubectl get volumeattachments; is {attached[0]} still there, and is its node Ready? EbsPv never detaches by force.");
    }
}
