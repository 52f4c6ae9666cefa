using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Snapshots;
using EbsPv.Volumes;

namespace EbsPv.Swaps;

/// <summary>The marks on the disks that a swap leaves behind: the one that was replaced, and copies that came to nothing.</summary>
internal sealed class SwapRetiring(IEc2 ec2, IReporter reporter)
{
    private readonly VolumeRetirer _retirer = new(ec2);

    /// <summary>Whether the old disk bears the swap's mark, so that its copy was looked at and found good.</summary>
    public static bool IsRetired(SwapPlan plan) => KeepsOld(plan) || plan.OldVolume.Tags.GetValueOrDefault(VolumeTags.RetiredBy) == By(plan.Intent);

    /// <summary>What the mark of a swap says.</summary>
    public static string Mark(SwapKind kind, string? operation) => $"{kind.ToString().ToLowerInvariant()} {operation}";

    /// <summary>Marks the old disk.</summary>
    public async Task RetireAsync(SwapPlan plan, CancellationToken cancellationToken)
    {
        if (KeepsOld(plan)) return;
        try
        {
            await _retirer.RetireAsync(plan.OldVolume, By(plan.Intent), cancellationToken).ConfigureAwait(false);
        }
        catch (EbsPvException gone) when (gone.Kind == ErrorKind.NotFound)
        {
            // Given back now, the claim would have nothing: the copy is all that is left.
            reporter.Warning($"VolumeGone: the old volume {plan.Intent.VolumeId} of {plan.Intent.PersistentVolume} was deleted by somebody else meanwhile, and cannot be kept as retired. {plan.Intent.PersistentVolume} gets its new one.");
        }
    }

    /// <summary>Marks copies that are put in nobody's place. Under the fence, or once it is open again, no other run can put them there.</summary>
    public async Task GiveUpAsync(IEnumerable<ClusterEbsVolume> copies, CancellationToken cancellationToken)
    {
        foreach (var copy in copies)
            await _retirer.RetireAsync(copy, $"given up {copy.Tags.GetValueOrDefault(SnapshotTags.Operation)}", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All back: the old disk is in its place again, and the copy is given up. What fails here is told, and is no danger to the data.</summary>
    /// <param name="plan">The swap.</param>
    /// <param name="copy">Looks for the copy; null for none yet.</param>
    /// <param name="isMarked">Whether the old disk may bear the mark.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task UndoAsync(SwapPlan plan, Func<Task<ClusterEbsVolume?>> copy, bool isMarked, CancellationToken cancellationToken)
    {
        await TryAsync(
            async () =>
            {
                if (await copy().ConfigureAwait(false) is { } made) await GiveUpAsync([made], cancellationToken).ConfigureAwait(false);
            },
            $"of the copy of {plan.Intent.VolumeId}").ConfigureAwait(false);
        if (isMarked && !KeepsOld(plan)) await TryAsync(() => _retirer.ReturnAsync(plan.OldVolume, cancellationToken), $"of {plan.Intent.VolumeId}").ConfigureAwait(false);
    }

    private async Task TryAsync(Func<Task> undo, string whose)
    {
        try
        {
            await undo().ConfigureAwait(false);
        }
        catch (EbsPvException failure)
        {
            reporter.Warning($"TagsNotUndone: the tags {whose} are not as they should be. {failure.Message}");
        }
    }

    private static bool KeepsOld(SwapPlan plan) => plan.Intent.Kind == SwapKind.Convert || plan.OldVolumeIsGone;

    private static string By(SwapIntent intent) => Mark(intent.Kind, intent.Operation);
}
