using System.Net;
using System.Text;
using EbsPv.Clients.Kubernetes;
using EbsPv.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace EbsPv.Tests.Clients.Kubernetes;

public sealed class RetryHandlerTests : IDisposable
{
    private readonly SkippedTime _time = SkippedTime.Pauses();
    private readonly HttpClient _client;

    public RetryHandlerTests() => _client = new HttpClient(new RetryHandler(_time) { InnerHandler = new BufferingHandler { InnerHandler = new SocketsHttpHandler() } });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(429, 3, 3)]
    [InlineData(503, 3, 3)]
    [InlineData(500, 1, 1)]
    [InlineData(429, 3_600, 30)]
    public async Task What_the_server_asks_to_have_repeated_is_repeated_when_it_says(int status, int retryAfter, double waited)
    {
        await using var server = await RawServer.StartAsync((context, request) => AnswerAsync(context, request > 1 ? 200 : status, retryAfter));
        using var answer = await PostAsync(server);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([waited], _time.Seconds);
        Assert.Equal("body", await answer.Content.ReadAsStringAsync(Stop));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Ten_repetitions_are_the_most_however_often_it_asks_for_more(int status)
    {
        await using var server = await RawServer.StartAsync((context, _) => AnswerAsync(context, status, 1));
        using var answer = await PostAsync(server);
        Assert.Equal((status, 11), ((int)answer.StatusCode, server.Requests));
        Assert.Equal(Enumerable.Repeat(1.0, 10), _time.Seconds);
    }

    [Fact]
    public async Task When_it_says_may_be_a_date_also_one_that_has_passed()
    {
        var dates = new[] { _time.GetUtcNow().AddSeconds(7), _time.GetUtcNow().AddHours(1), _time.GetUtcNow().AddDays(-1) };
        await using var server = await RawServer.StartAsync((context, request) =>
        {
            if (request <= dates.Length) context.Response.Headers.RetryAfter = $"{dates[request - 1]:R}";
            return AnswerAsync(context, request > dates.Length ? 200 : 503, null);
        });
        using var answer = await PostAsync(server);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        // The one that has passed is no wait at all.
        Assert.Equal(4, server.Requests);
        Assert.Equal([7, 30], _time.Waits.Select(wait => Math.Ceiling(wait.TotalSeconds)));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_read_that_the_server_fails_is_repeated_three_times(int status)
    {
        await using var server = await RawServer.StartAsync((context, _) => AnswerAsync(context, status, null));
        using var answer = await _client.GetAsync(server.Url, Stop);
        using var watch = await _client.GetAsync($"{server.Url}?watch=true", Stop);
        Assert.Equal((status, 4 + 1), ((int)answer.StatusCode, server.Requests));
        Assert.Equal([0.1, 0.2, 0.4], _time.Seconds);
    }

    [Fact]
    public async Task A_429_without_a_time_waits_longer_each_time_and_ten_repetitions_are_the_most()
    {
        await using var server = await RawServer.StartAsync((context, _) => AnswerAsync(context, 429, null));
        using var answer = await PostAsync(server);
        Assert.Equal((429, 11), ((int)answer.StatusCode, server.Requests));
        Assert.Equal([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5, 5, 5], _time.Seconds);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(403)]
    [InlineData(409)]
    [InlineData(404)]
    public async Task Nothing_else_is_repeated(int status)
    {
        await using var server = await RawServer.StartAsync((context, _) => AnswerAsync(context, status, status < 500 ? 1 : null));
        using var answer = await PostAsync(server);
        Assert.Equal((status, 1), ((int)answer.StatusCode, server.Requests));
    }

    [Fact]
    public async Task What_a_server_refuses_that_has_just_begun_again_is_repeated()
    {
        // It listens before it has read its roles.
        await using var server = await RawServer.StartAsync((context, request) => request switch
        {
            1 => Cut(context, request),
            <= 4 => AnswerAsync(context, 403, null),
            _ => AnswerAsync(context, 200, null),
        });
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(server));
        using var answer = await PostAsync(server);
        Assert.Equal((HttpStatusCode.OK, 5), (answer.StatusCode, server.Requests));
        Assert.Equal([0.1, 0.2, 0.4], _time.Seconds);
    }

    [Fact]
    public async Task A_refusal_is_a_refusal_when_nothing_was_lost_lately()
    {
        await using var server = await RawServer.StartAsync((context, request) => request == 1 ? Cut(context, request) : AnswerAsync(context, 403, null));
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(server));
        using var repeated = await PostAsync(server);
        // Ten repetitions last longer than a server takes; after half a minute nobody asks any more.
        Assert.Equal((403, 1 + 11), ((int)repeated.StatusCode, server.Requests));
        _time.Pass(30);
        using var once = await PostAsync(server);
        Assert.Equal((403, 13), ((int)once.StatusCode, server.Requests));
    }

    [Fact]
    public async Task Who_was_let_in_since_the_server_is_back_and_is_refused_then_is_refused()
    {
        await using var server = await RawServer.StartAsync((context, request) => request == 1 ? Cut(context, request) : AnswerAsync(context, request == 2 ? 409 : 403, null));
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(server));
        using var conflict = await PostAsync(server);
        using var refused = await PostAsync(server);
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Forbidden, 3), (conflict.StatusCode, refused.StatusCode, server.Requests));
    }

    [Fact]
    public async Task A_write_whose_connection_was_lost_is_not_sent_again()
    {
        await using var server = await RawServer.StartAsync(Cut);
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(server));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_read_is_sent_four_times_at_most()
    {
        await using var server = await RawServer.StartAsync(Cut);
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(server.Url, Stop));
        Assert.Equal([0.1, 0.2, 0.4], _time.Seconds);
        Assert.InRange(server.Requests, 4, 5);
    }

    [Fact]
    public async Task A_read_whose_answer_breaks_off_is_sent_again()
    {
        await using var server = await RawServer.StartAsync(async (context, request) =>
        {
            context.Response.ContentLength = 8;
            await context.Response.WriteAsync("half", Stop);
            if (request > 1) await context.Response.WriteAsync("half", Stop);
            else await Cut(context, request);
        });
        Assert.Equal("halfhalf", await _client.GetStringAsync(server.Url, Stop));
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task Answers_are_read_whole_and_watches_stay_streams()
    {
        var release = new TaskCompletionSource();
        await using var server = await RawServer.StartAsync(async (context, _) =>
        {
            await context.Response.WriteAsync("line\n", Stop);
            await context.Response.Body.FlushAsync(Stop);
            await release.Task;
        });
        using var watch = await _client.GetAsync($"{server.Url}?watch=true", HttpCompletionOption.ResponseHeadersRead, Stop);
        var list = _client.GetAsync($"{server.Url}?limit=500", HttpCompletionOption.ResponseHeadersRead, Stop);
        while (server.Requests < 2) await Task.Delay(5, Stop);
        Assert.False(list.IsCompleted);
        release.SetResult();
        Assert.Equal("line\n", await (await list).Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task An_answer_of_more_than_64_MB_is_not_taken()
    {
        var block = new byte[1024 * 1024];
        await using var server = await RawServer.StartAsync(async (context, _) =>
        {
            for (var sent = 0; sent <= 64; sent++) await context.Response.Body.WriteAsync(block, context.RequestAborted);
        });
        using var buffering = new HttpClient(new BufferingHandler { InnerHandler = new SocketsHttpHandler() });
        await Assert.ThrowsAsync<HttpRequestException>(() => buffering.GetAsync(server.Url, Stop));
    }

    private static async Task AnswerAsync(HttpContext context, int status, int? retryAfter)
    {
        if (retryAfter is { } seconds) context.Response.Headers.RetryAfter = $"{seconds}";
        using var reader = new StreamReader(context.Request.Body);
        await RawServer.AnswerAsync(context, await reader.ReadToEndAsync(Stop), status: status);
    }

    private static Task Cut(HttpContext context, int request)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private Task<HttpResponseMessage> PostAsync(RawServer server) =>
        _client.PostAsync(server.Url, new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes("body"))), Stop);
}
