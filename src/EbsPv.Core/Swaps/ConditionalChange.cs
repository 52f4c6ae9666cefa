using EbsPv.Errors;

namespace EbsPv.Swaps;

/// <summary>
/// Changes an object on the condition that nobody else has changed it since it was read. When somebody has, or the answer is lost, the object
/// is read again and looked at anew: whoever was faster may have done it, or made it wrong to do.
/// </summary>
/// <param name="isDone">Whether the object is as it should be. May throw where it must not be changed any more.</param>
/// <param name="change">Changes it.</param>
/// <param name="read">Reads it again; null when it is gone.</param>
/// <param name="time">The clock of the pauses.</param>
internal sealed class ConditionalChange<T>(Func<T, bool> isDone, Func<T, Task<T>> change, Func<CancellationToken, Task<T?>> read, TimeProvider time)
    where T : class
{
    private const int MaxAttempts = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>The object as it should be; null when it is gone.</summary>
    public async Task<T?> ApplyAsync(T current, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (isDone(current)) return current;
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await change(current).ConfigureAwait(false);
            }
            catch (EbsPvException missing) when (missing.Kind == ErrorKind.NotFound)
            {
                return null;
            }
            catch (EbsPvException beaten) when (beaten.Kind is ErrorKind.Conflict or ErrorKind.Connection or ErrorKind.Service && attempt < MaxAttempts)
            {
                await Task.Delay(Pause * attempt, time, cancellationToken).ConfigureAwait(false);
                if (await read(cancellationToken).ConfigureAwait(false) is not { } newest) return null;
                current = newest;
            }
        }
    }
}
