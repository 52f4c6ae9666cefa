using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EbsPv.Tests.Support;

/// <summary>A proxy on the loopback address that leads everything to one server, whatever name was asked for.</summary>
internal abstract class LoopbackProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Uri _server;

    protected LoopbackProxy(Uri server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Authority => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>What was asked for, whole.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public void Dispose()
    {
        _listener.Dispose();
        GC.SuppressFinalize(this);
    }

    protected void Note(string request) => _requests.Enqueue(request);

    /// <summary>What goes before the bytes; false when the client has gone.</summary>
    protected abstract Task<bool> GreetAsync(NetworkStream near);

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        var near = client.GetStream();
        if (!await GreetAsync(near)) return;
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, _server.Port);
        await Task.WhenAny(near.CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near));
    }
}
