using EbsPv.Errors;
using Xunit;

namespace EbsPv.Tests.Snapshots;

/// <summary>What came out of a run, item by item.</summary>
internal sealed class RunOutcome<T>
{
    public List<T> Items { get; } = [];

    public List<EbsPvException> Failures { get; } = [];

    public int Cancelled { get; private set; }

    /// <summary>The only failure, with this id.</summary>
    public EbsPvException Failure(string errorId)
    {
        var failure = Assert.Single(Failures);
        Assert.Equal(errorId, failure.ErrorId);
        return failure;
    }

    public static async Task<RunOutcome<T>> OfAsync(IEnumerable<Task<T>> items)
    {
        var outcome = new RunOutcome<T>();
        foreach (var item in items)
        {
            try
            {
                outcome.Items.Add(await item);
            }
            catch (EbsPvException failure)
            {
                outcome.Failures.Add(failure);
            }
            catch (OperationCanceledException)
            {
                outcome.Cancelled++;
            }
        }

        return outcome;
    }
}
