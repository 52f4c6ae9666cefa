using EbsPv.Moves;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Swaps;

namespace EbsPv.Repairs;

/// <summary>Which PersistentVolumes of the in-tree driver can be written for the CSI driver now.</summary>
internal sealed class ConversionPlanner(ICluster cluster, RepairRequest request, SwapFacts facts, IReadOnlySet<string> drivers, IReporter reporter)
{
    private const string NotConverted = "is not converted";

    /// <summary>The conversion; null when the PersistentVolume is of the CSI driver already.</summary>
    /// <exception cref="Errors.EbsPvException">FindingNotRepairable, ManagedElsewhere, ClaimInUse, SwapUnderWay, and what <see cref="MoveRules.Check"/> refuses.</exception>
    public async Task<PlannedRepair?> PlanAsync(RepairTarget target, SwapSubject subject, ClusterEbsVolume? disk, string region, CancellationToken cancellationToken)
    {
        var isResumed = SwapPlanner.IsBegun(subject, SwapKind.Convert, subject.Noted?.Intent?.DestinationZone ?? "", null);
        if (!isResumed)
        {
            if (subject.Volume!.VolumeSource != VolumeSource.InTree) return null;
            MoveRules.Check(subject, disk, facts, request.ClusterName, region);
            if (!drivers.Contains(EbsDrivers.Csi)) throw RepairErrors.DriverMissing(subject.Volume);
            if (!request.AllowManaged && ManagedElsewhere.Refusal(subject.Volume, NotConverted, RepairPlanner.ManagedAction) is { } managed) throw managed;
            var use = facts.Use.Of(subject.Name, subject.Claim?.ToString(), disk);
            if (!use.IsNone) throw await new UseExplainer(cluster, reporter).RefusalAsync(subject.Volume, use, facts.Workloads, NotConverted, takesSnapshots: false, cancellationToken).ConfigureAwait(false);
        }

        return new PlannedRepair
        {
            Kind = RepairKind.Source,
            Description = RepairText.Convert(subject, isResumed),
            PersistentVolume = subject.Volume,
            Finding = new EbsPersistentVolumeFinding
            {
                Severity = FindingSeverity.Information,
                Code = target.Code,
                Target = subject.Name,
                Message = "",
                Recommendation = "",
                PersistentVolume = subject.Name,
                VolumeId = disk?.VolumeId,
                Claim = subject.Claim?.ToString(),
                Region = region,
                ClusterName = request.ClusterName,
                Context = facts.Context,
            },
        };
    }
}
