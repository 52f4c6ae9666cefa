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
        using var source = new FileTokenSource(folder.Write("token", "one\n"), null, time);
        Assert.Equal("one", await TokenAsync(source));
        folder.Write("token", " two ");
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("one", await TokenAsync(source));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("two", await TokenAsync(source));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two\nlines")]
    public async Task While_it_is_being_written_the_one_before_is_kept(string? content)
    {
        using var folder = new TemporaryFolder();
        var time = new DrivenTime();
        var path = folder.Write("token", "one");
        using var source = new FileTokenSource(path, null, time);
        await TokenAsync(source);
        if (content is null) File.Delete(path);
        else folder.Write("token", content);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("one", await TokenAsync(source));
    }

    private static async Task<string?> TokenAsync(FileTokenSource source) =>
        (await source.GetAsync(null, TestContext.Current.CancellationToken)).Header!.Parameter;
}
