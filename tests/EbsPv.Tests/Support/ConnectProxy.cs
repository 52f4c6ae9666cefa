using System.Net.Sockets;
using System.Text;

namespace EbsPv.Tests.Support;

/// <summary>An HTTP proxy.</summary>
internal sealed class ConnectProxy(Uri server, bool needsLogin = false) : LoopbackProxy(server)
{
    protected override async Task<bool> GreetAsync(NetworkStream near)
    {
        while (true)
        {
            var request = await HeadAsync(near);
            if (request.Length == 0) return false;
            Note(request);
            if (!needsLogin || request.Contains("Proxy-Authorization:", StringComparison.OrdinalIgnoreCase)) break;
            await near.WriteAsync("HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        }

        await near.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
        return true;
    }

    private static async Task<string> HeadAsync(NetworkStream from)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await from.ReadAsync(one) == 0) return "";
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
