using EbsPv.Waiting;
using Xunit;

namespace EbsPv.Tests.Waiting;

/// <summary>Nobody gets what was read before they asked, and those who ask together read once.</summary>
public class SharedReadTests
{
    private readonly List<TaskCompletionSource<int>> _reads = [];
    private readonly SharedRead<int> _read;

    public SharedReadTests() => _read = new SharedRead<int>(_ =>
    {
        var read = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_reads) _reads.Add(read);
        return read.Task;
    });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_that_ask_while_one_is_under_way_share_the_next()
    {
        var first = _read.FreshAsync(Stop);
        await BegunAsync(1);
        var (second, third) = (_read.FreshAsync(Stop), _read.FreshAsync(Stop));
        _reads[0].SetResult(1);
        await BegunAsync(2);
        var fourth = _read.FreshAsync(Stop);
        _reads[1].SetResult(2);
        await BegunAsync(3);
        _reads[2].SetResult(3);

        var results = await Task.WhenAll(first, second, third, fourth);
        Assert.Equal([1, 2, 2, 3], results);
        Assert.Equal(3, _reads.Count);
    }

    [Fact]
    public async Task A_read_that_fails_fails_those_who_shared_it_and_no_other()
    {
        var first = _read.FreshAsync(Stop);
        await BegunAsync(1);
        var second = _read.FreshAsync(Stop);
        _reads[0].SetException(new InvalidOperationException("once"));
        await BegunAsync(2);
        _reads[1].SetResult(2);

        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        Assert.Equal(2, await second);
    }

    [Fact]
    public async Task Who_stops_waiting_takes_it_from_nobody()
    {
        using var stop = new CancellationTokenSource();
        var (stopped, other) = (_read.FreshAsync(stop.Token), _read.FreshAsync(Stop));
        await BegunAsync(1);
        await stop.CancelAsync();
        _reads[0].SetResult(1);
        await BegunAsync(2);
        _reads[1].SetResult(2);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        Assert.Equal(2, await other);
    }

    private async Task BegunAsync(int count)
    {
        while (Count() < count) await Task.Delay(5, Stop);

        int Count()
        {
            lock (_reads) return _reads.Count;
        }
    }
}
