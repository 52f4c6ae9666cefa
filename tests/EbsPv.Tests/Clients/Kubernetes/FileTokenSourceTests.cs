using EbsPv.Clients.Kubernetes;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Clients.Kubernetes;

public class FileTokenSourceTests
{
    [Fact]
    public async Task A_token_that_others_renew_is_read_again_after_a_minute()
    {
        using var folder = new TemporaryFolder();
        var time = new DrivenTime();
        var source = new FileTokenSource(folder.Write("token", "one\n"), null, time);
        Assert.Equal("one", await TokenAsync(source));
        folder.Write("token", " two ");
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("one", await TokenAsync(source));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("two", await TokenAsync(source));
    }

    private static async Task<string?> TokenAsync(FileTokenSource source) =>
        (await source.GetAsync(null, TestContext.Current.CancellationToken)).Header!.Parameter;
}
