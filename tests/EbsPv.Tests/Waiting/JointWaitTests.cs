using EbsPv.Errors;
using EbsPv.Tests.Support;
using EbsPv.Waiting;
using Xunit;

namespace EbsPv.Tests.Waiting;

/// <summary>One poll for all that is waited for, as long as somebody waits.</summary>
public class JointWaitTests
{
    private static readonly TimeSpan s_ever = TimeSpan.FromHours(1);

    private readonly DrivenTime _time = new();
    private readonly List<string> _polls = [];
    private readonly Dictionary<string, string> _states = [];
    private readonly JointWait<string> _wait;
    private Exception? _failure;

    public JointWaitTests() => _wait = new JointWait<string>(ReadAsync, state => state == "done", TimeSpan.FromSeconds(2.5), new Recorder(), _time);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_begins_later_is_polled_for_together_with_the_rest_and_the_polls_grow_apart()
    {
        _states["a"] = _states["b"] = "pending";
        var one = _wait.WaitAsync("a", s_ever, Stop);
        await PauseAsync(1.25);
        var other = _wait.WaitAsync("b", s_ever, Stop);
        await PassAsync(1.25, next: 1.25);
        await PassAsync(1.25, next: 1.875);
        await PassAsync(1.875, next: 2.5);
        _states["a"] = "done";
        await PassAsync(2.5, next: 2.5);
        Assert.Equal("done", await one);
        _states["b"] = "done";
        _time.Advance(TimeSpan.FromSeconds(2.5));

        Assert.Equal("done", await other);
        Assert.Equal(["a", "a,b", "a,b", "a,b", "a,b", "b"], _polls);
    }

    [Fact]
    public async Task Who_has_stopped_waiting_is_not_polled_for_any_more()
    {
        _states["a"] = _states["b"] = "pending";
        using var stop = new CancellationTokenSource();
        var stopped = _wait.WaitAsync("a", s_ever, stop.Token);
        await PauseAsync(1.25);
        var other = _wait.WaitAsync("b", s_ever, Stop);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        _states["b"] = "done";
        _time.Advance(TimeSpan.FromSeconds(1.25));

        Assert.Equal("done", await other);
        Assert.Equal(["a", "b"], _polls);
    }

    [Fact]
    public async Task When_nobody_waits_the_polls_end_and_the_next_wait_begins_them_anew()
    {
        _states["a"] = _states["b"] = "pending";
        var late = _wait.WaitAsync("a", TimeSpan.FromSeconds(1), Stop);
        await PauseAsync(1.25);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<TimeoutException>(() => late);
        _time.Advance(TimeSpan.FromSeconds(0.25));

        _states["b"] = "done";
        Assert.Equal("done", await _wait.WaitAsync("b", s_ever, Stop));
        Assert.Equal(["a", "b"], _polls);
    }

    [Fact]
    public async Task Of_two_that_wait_for_the_same_one_may_go()
    {
        _states["a"] = "pending";
        using var stop = new CancellationTokenSource();
        var (stopped, other) = (_wait.WaitAsync("a", s_ever, stop.Token), _wait.WaitAsync("a", s_ever, Stop));
        await PauseAsync(1.25);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        _states["a"] = "done";
        _time.Advance(TimeSpan.FromSeconds(1.25));

        Assert.Equal("done", await other);
    }

    [Fact]
    public async Task A_poll_that_fails_says_nothing_and_one_that_is_denied_ends_the_wait()
    {
        _states["a"] = "pending";
        _failure = new EbsPvException(ErrorKind.Throttled, ErrorIds.AwsThrottled, "later");
        var wait = _wait.WaitAsync("a", s_ever, Stop);
        await PauseAsync(1.25);
        _failure = new EbsPvException(ErrorKind.PermissionDenied, ErrorIds.AwsPermissionDenied, "never");
        _time.Advance(TimeSpan.FromSeconds(1.25));

        Assert.Equal("never", (await Assert.ThrowsAsync<EbsPvException>(() => wait)).Message);
    }

    [Fact]
    public async Task What_is_not_shown_within_a_minute_is_missing()
    {
        var wait = _wait.WaitAsync("a", s_ever, Stop);
        await PauseAsync(1.25);
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Null(await wait);
    }

    private async Task PassAsync(double seconds, double next)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await PauseAsync(next);
    }

    private Task PauseAsync(double seconds) => _time.UntilWaitingAsync(TimeSpan.FromSeconds(seconds), Stop);

    private Task<IReadOnlyDictionary<string, string>> ReadAsync(IReadOnlyList<string> ids)
    {
        _polls.Add(string.Join(",", ids));
        if (_failure is not null) throw _failure;
        return Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>(_states));
    }
}
