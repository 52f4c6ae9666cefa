using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Waiting;

/// <summary>Deletes one thing of EC2. After a lost answer it looks first: what is gone, or going, needs no second call.</summary>
internal sealed class LookedUpDeletion(IReporter reporter, TimeProvider time)
{
    private const int MaxTries = 4;

    /// <summary>Returns when EC2 has taken it for deleted; what is not there counts as deleted.</summary>
    /// <param name="id">What is deleted.</param>
    /// <param name="delete">Sends the call, once.</param>
    /// <param name="isGone">Looks whether nothing is left to delete.</param>
    /// <param name="cancellationToken">Keeps the next try from starting.</param>
    public async Task DeleteAsync(string id, Func<Task> delete, Func<Task<bool>> isGone, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await delete().ConfigureAwait(false);
                return;
            }
            catch (EbsPvException lost) when (lost.Kind is ErrorKind.Connection or ErrorKind.Service && attempt < MaxTries)
            {
                reporter.Verbose($"Whether {id} was deleted is in doubt; looking. {lost.Message}");
                if (await isGone().ConfigureAwait(false)) return;
                await Task.Delay(TimeSpan.FromSeconds(attempt), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
