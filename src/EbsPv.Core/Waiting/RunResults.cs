using EbsPv.Errors;

namespace EbsPv.Waiting;

/// <summary>What comes out of a run, item by item: whoever waits for one hears of it, whatever becomes of the run. A failure belongs to its
/// item, and the others go on.</summary>
internal sealed class RunResults<T>(int count)
{
    private readonly TaskCompletionSource<T>[] _results =
        [.. Enumerable.Range(0, count).Select(_ => new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously))];

    /// <summary>The result of an item, once it is there.</summary>
    public Task<T> this[int index] => _results[index].Task;

    public bool IsOpen(int index) => !_results[index].Task.IsCompleted;

    public void Set(int index, T result) => _results[index].TrySetResult(result);

    public void Fail(int index, EbsPvException failure) => _results[index].TrySetException(failure);

    /// <summary>Does the work of a run; what is open when it ends badly ends as it does.</summary>
    public async Task SettleAsync(Func<Task> run)
    {
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            foreach (var result in _results) result.TrySetCanceled(CancellationToken.None);
        }
        catch (Exception failure)
        {
            foreach (var result in _results) result.TrySetException(failure);
        }
    }

    /// <summary>Works on items side by side. The stop token keeps the next one from starting.</summary>
    public Task ForEachAsync(IEnumerable<int> indexes, int throttleLimit, Func<int, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = throttleLimit, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(indexes, options, async (index, token) =>
        {
            try
            {
                token.ThrowIfCancellationRequested();
                await work(index, token).ConfigureAwait(false);
            }
            catch (EbsPvException failure)
            {
                Fail(index, failure);
            }
        });
    }
}
