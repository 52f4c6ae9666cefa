using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Xunit;

namespace EbsPv.Tests.Support;

/// <summary>A server on the loopback address that answers whatever a test makes up, also what no honest one would.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private int _requests;

    private RawServer(WebApplication application) => _application = application;

    public Uri Url => new(_application.Urls.Single());

    public int Requests => _requests;

    /// <param name="answer">Gets the number of the request, from 1.</param>
    /// <param name="certificate">Makes it https.</param>
    /// <param name="configure">What else there is to say of its port.</param>
    /// <param name="number">Its port; 0 for a free one.</param>
    public static async Task<RawServer> StartAsync(
        Func<HttpContext, int, Task> answer, X509Certificate2? certificate = null, Action<ListenOptions>? configure = null, int number = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, number, port =>
        {
            configure?.Invoke(port);
            if (certificate is not null) port.UseHttps(certificate);
        }));
        var server = new RawServer(builder.Build());
        server._application.Run(context => answer(context, Interlocked.Increment(ref server._requests)));
        await server._application.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public static Task<RawServer> StartAsync(string body, string type = "text/xml", int status = 200) =>
        StartAsync((context, _) => AnswerAsync(context, body, type, status));

    public static Task AnswerAsync(HttpContext context, string body, string type = "application/json", int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body, context.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(250));
        await _application.StopAsync(impatience.Token);
        await _application.DisposeAsync();
    }
}
