using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Volumes;

/// <summary>Sends the change of one volume, or finds that it was sent already.</summary>
internal sealed class VolumeChanger(IEc2 ec2, IReporter reporter, TimeProvider time)
{
    private const int MaxAttempts = 4;

    // A modification may not be shown at once.
    private static readonly TimeSpan[] LookAgainAfter = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    /// <summary>The modification that leads to what was planned. A change once sent is not cancelled; the token only keeps it from being
    /// sent again.</summary>
    public async Task<VolumeModification> ChangeAsync(VolumeChangePlan plan, CancellationToken cancellationToken)
    {
        var doubtful = false;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ec2.ModifyVolumeAsync(plan.Change, CancellationToken.None).ConfigureAwait(false);
            }
            catch (EbsPvException loss) when (loss.Kind is ErrorKind.Connection or ErrorKind.Service)
            {
                // EC2 has no token for this call: whether it heard of the change is asked before it is told again.
                doubtful = true;
                if (await FindAsync(plan, cancellationToken).ConfigureAwait(false) is { } begun) return begun;
                if (attempt == MaxAttempts) throw;
            }
            catch (EbsPvException refusal) when (MayBeOurs(refusal, doubtful))
            {
                return await AdoptAsync(plan, refusal, doubtful, cancellationToken).ConfigureAwait(false);
            }
            catch (EbsPvException refusal)
            {
                throw Refused(plan, refusal, refusal.Message);
            }

            reporter.Verbose($"{plan.Volume}: EC2 shows no sign of the change; sending it again.");
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static bool MayBeOurs(EbsPvException refusal, bool doubtful) =>
        refusal.ErrorId == ErrorIds.VolumeModificationUnderWay || (doubtful && refusal.ErrorId == ErrorIds.VolumeModificationLimit);

    private async Task<VolumeModification?> FindAsync(VolumeChangePlan plan, CancellationToken cancellationToken)
    {
        for (var look = 0; ; look++)
        {
            var latest = await LatestAsync(plan, cancellationToken).ConfigureAwait(false);
            if (latest is not null && latest.State != "failed" && plan.IsMetBy(latest)) return latest;
            if (look == LookAgainAfter.Length) return null;
            await Task.Delay(LookAgainAfter[look], time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<VolumeModification> AdoptAsync(
        VolumeChangePlan plan, EbsPvException refusal, bool doubtful, CancellationToken cancellationToken)
    {
        var latest = await LatestAsync(plan, cancellationToken).ConfigureAwait(false);
        if (latest is not null && latest.State != "failed" && plan.IsMetBy(latest))
        {
            reporter.Verbose($"{plan.Volume}: EC2 is at work on this change already.");
            return latest;
        }

        var underWay = refusal.ErrorId == ErrorIds.VolumeModificationUnderWay;
        // Something is under way that is not shown yet: after a lost answer it is ours.
        if (doubtful && underWay && latest is not { IsUnderWay: true }) return Begun(plan);
        throw Refused(plan, refusal, underWay && latest is { IsUnderWay: true } ? AtWorkOn(latest) : refusal.Message);
    }

    private async Task<VolumeModification?> LatestAsync(VolumeChangePlan plan, CancellationToken cancellationToken)
    {
        VolumeModification? latest = null;
        await foreach (var page in ec2.DescribeVolumesModificationsAsync([plan.Change.VolumeId], cancellationToken).ConfigureAwait(false))
            foreach (var modification in page)
                latest = modification;
        return latest;
    }

    private static VolumeModification Begun(VolumeChangePlan plan) =>
        new(plan.Change.VolumeId, "modifying", plan.To.VolumeType, plan.To.Size) { Iops = plan.Change.Iops, Throughput = plan.Change.Throughput };

    private static string AtWorkOn(VolumeModification other)
    {
        var shape = new VolumeShape(other.VolumeType, other.Size, other.Iops, other.Throughput);
        return $"EC2 is still at work on its change to {shape} ({other.State}, {other.Progress ?? 0} %).";
    }

    private static EbsPvException Refused(VolumeChangePlan plan, EbsPvException refusal, string why) => new(
        refusal.Kind, refusal.ErrorId, $"The volume {plan.Volume} does not become {plan.To}: {why}")
    {
        Target = plan.Volume.VolumeId,
        ServiceCode = refusal.ServiceCode,
        RecommendedAction = refusal.RecommendedAction,
    };
}
