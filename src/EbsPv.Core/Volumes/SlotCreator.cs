using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Volumes;

/// <summary>Makes the volume of one slot, or finds that someone else just did.</summary>
internal sealed class SlotCreator(IEc2 ec2, VolumeSetRequest request, IReporter reporter, TimeProvider time)
{
    // A volume that another run made a moment ago may not be shown by its tags yet: giving up before the minute that the waiter gives,
    // too, would make a second one.
    private static readonly TimeSpan[] LookAgainAfter = [.. new[] { 1, 2, 4, 8, 15, 30 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    public async Task<ClusterEbsVolume> CreateAsync(SlotPlan slot, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var volume = await TryAsync(slot, attempt, cancellationToken).ConfigureAwait(false);
            if (volume is not null) return volume;
            if (attempt == ClientToken.MaxAttempts) throw Burnt(slot);
            reporter.Verbose($"{slot.Slot}: token {attempt} belongs to a volume that is gone or has left the set; trying the next one.");
        }
    }

    // Null: the token is burnt, its volume is gone.
    private async Task<ClusterEbsVolume?> TryAsync(SlotPlan slot, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            var created = await ec2.CreateVolumeAsync(NewVolume(slot, attempt), cancellationToken).ConfigureAwait(false);
            if (created.State is "deleting" or "deleted" or "error" || HasLeft(created)) return null;
            return VolumeSetPlanner.Adopt(created, request, slot.Zone) with { Adopted = false };
        }
        catch (EbsPvException refusal) when (refusal.ServiceCode == "IdempotentParameterMismatch")
        {
            var gone = refusal.Message.Contains("deleted", StringComparison.OrdinalIgnoreCase);
            return await AdoptAsync(slot, gone ? [] : LookAgainAfter, cancellationToken).ConfigureAwait(false);
        }
        catch (EbsPvException refusal) when (refusal.Kind == ErrorKind.Quota)
        {
            // EC2 forgets its idempotency at the quota: a create whose answer was lost is refused although its volume exists.
            var member = await AdoptAsync(slot, [], cancellationToken).ConfigureAwait(false);
            if (member is null) throw;
            return member;
        }
    }

    // EC2 answers a token it remembers with the volume as it is now: one that was retired meanwhile keeps its token, not its slot.
    private bool HasLeft(ClusterEbsVolume created) => created.Tags.Count > 0 && !VolumeSetPlanner.IsMember(created, request);

    private async Task<ClusterEbsVolume?> AdoptAsync(SlotPlan slot, TimeSpan[] lookAgainAfter, CancellationToken cancellationToken)
    {
        for (var look = 0; ; look++)
        {
            var member = await VolumeSetLookup.FindSlotAsync(ec2, request, slot.Slot, cancellationToken).ConfigureAwait(false);
            if (member is not null) return Compared(member, slot);
            if (look == lookAgainAfter.Length) return null;
            await Task.Delay(lookAgainAfter[look], time, cancellationToken).ConfigureAwait(false);
        }
    }

    private ClusterEbsVolume Compared(ClusterEbsVolume member, SlotPlan slot)
    {
        if (VolumeSetPlanner.Contradiction(member, request) is { } contradiction)
            throw VolumeSetPlanner.Mismatch(request, [contradiction]);
        return VolumeSetPlanner.Adopt(member, request, slot.Zone);
    }

    private NewVolume NewVolume(SlotPlan slot, int attempt) => new(
        slot.Zone.AvailabilityZone,
        request.Spec,
        VolumeTags.ForMember(request, slot.Zone.ClusterKind, slot.Slot, slot.Name),
        ClientToken.For(request.Region, request.ClusterName, request.SetName, slot.Slot, attempt));

    private EbsPvException Burnt(SlotPlan slot) => new(
        ErrorKind.InvalidState,
        ErrorIds.VolumeFailed,
        $"The slot {slot.Slot} of the set '{request.SetName}' could not be filled: {ClientToken.MaxAttempts} tokens belong to volumes that are gone or have left the set.")
    {
        Target = slot.Slot,
        RecommendedAction = "If volumes of this slot were just deleted, EC2 remembers their tokens for some hours: use another -SetName until then.",
    };
}
