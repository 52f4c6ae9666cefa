using EbsPv.Ports;
using EbsPv.Tests.Support;
using EbsPv.Waiting;
using Xunit;

namespace EbsPv.Tests.Core;

public class WatchedObjectsTests
{
    [Fact]
    public async Task A_watch_that_ends_by_a_mistake_of_ours_ends_every_wait_at_once()
    {
        var time = new DrivenTime();
        await using var watched = new WatchedObjects<string>(_ => Broken(), text => text, time);
        var waiting = watched.WaitAsync("a", _ => false, TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        Assert.Equal("ours", (await Assert.ThrowsAsync<InvalidOperationException>(() => waiting)).Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => watched.WaitAsync("b", _ => false, TimeSpan.FromHours(1), TestContext.Current.CancellationToken));
    }

    private static async IAsyncEnumerable<WatchNews<string>> Broken()
    {
        await Task.Yield();
        yield return new WatchNews<string>(["a"], [], IsComplete: false);
        throw new InvalidOperationException("ours");
    }
}
