using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Volumes;

/// <summary>
/// Makes one volume, and only one, that is known by a tag: one that is there is taken; after a lost answer, a burnt token or a full quota it is
/// looked for before anything is tried again.
/// </summary>
internal sealed class SureVolume(IEc2 ec2, IReporter reporter, TimeProvider time)
{
    private static readonly TimeSpan[] LookAgainAfter = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30)];

    /// <summary>The volume that carries the tag in the zone; null when none is shown.</summary>
    public async Task<ClusterEbsVolume?> FindAsync(KeyValuePair<string, string> mark, string zone, CancellationToken cancellationToken)
    {
        var found = new List<ClusterEbsVolume>();
        await foreach (var page in ec2.DescribeVolumesAsync([Ec2Filter.Exactly($"tag:{mark.Key}", mark.Value)], cancellationToken).ConfigureAwait(false))
            found.AddRange(page.Where(volume => volume.Tags.GetValueOrDefault(mark.Key) == mark.Value && volume.AvailabilityZone == zone && IsLiving(volume)));
        return found.OrderBy(volume => volume.CreateTime).ThenBy(volume => volume.VolumeId, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>The volume, made or found.</summary>
    /// <param name="volume">What it shall be; the mark is among its tags.</param>
    /// <param name="mark">The tag that no other volume has.</param>
    /// <param name="token">The token of an attempt, from 1 on.</param>
    /// <param name="cancellationToken">Keeps the next attempt from starting; a call once sent is not cancelled.</param>
    public async Task<ClusterEbsVolume> MakeAsync(NewVolume volume, KeyValuePair<string, string> mark, Func<int, string> token, CancellationToken cancellationToken)
    {
        if (await FindAsync(mark, volume.AvailabilityZone, cancellationToken).ConfigureAwait(false) is { } there) return there;
        for (var attempt = 1; attempt <= ClientToken.MaxAttempts; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await TryAsync(volume with { ClientToken = token(attempt) }, mark, cancellationToken).ConfigureAwait(false) is { } made) return made;
            reporter.Verbose($"The token of {mark.Key}={mark.Value} belongs to a volume that is gone; trying another one.");
        }

        throw new EbsPvException(
            ErrorKind.InvalidState, ErrorIds.VolumeFailed, $"The new volume in {volume.AvailabilityZone} could not be made: EC2 has {ClientToken.MaxAttempts} tokens for it that belong to volumes that are gone.")
        {
            Target = mark.Value,
            RecommendedAction = "If its KMS key is disabled or not allowed, the volumes vanish after they are made: look at the key, then run the line again.",
        };
    }

    // Null: the token is burnt.
    private async Task<ClusterEbsVolume?> TryAsync(NewVolume volume, KeyValuePair<string, string> mark, CancellationToken cancellationToken)
    {
        try
        {
            var made = await ec2.CreateVolumeAsync(volume, CancellationToken.None).ConfigureAwait(false);
            return IsLiving(made) ? made : null;
        }
        catch (EbsPvException refusal) when (refusal.ServiceCode == "IdempotentParameterMismatch")
        {
            return await LookAsync(volume, mark, LookAgainAfter, cancellationToken).ConfigureAwait(false);
        }
        catch (EbsPvException refusal) when (refusal.Kind == ErrorKind.Quota)
        {
            // EC2 forgets its idempotency at the quota: a create whose answer was lost is refused although its volume exists.
            if (await LookAsync(volume, mark, [], cancellationToken).ConfigureAwait(false) is { } made) return made;
            throw;
        }
    }

    private async Task<ClusterEbsVolume?> LookAsync(NewVolume volume, KeyValuePair<string, string> mark, TimeSpan[] lookAgainAfter, CancellationToken cancellationToken)
    {
        for (var look = 0; ; look++)
        {
            if (await FindAsync(mark, volume.AvailabilityZone, cancellationToken).ConfigureAwait(false) is { } found) return found;
            if (look == lookAgainAfter.Length) return null;
            await Task.Delay(lookAgainAfter[look], time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsLiving(ClusterEbsVolume volume) => volume.State is not ("deleting" or "deleted" or "error");
}
