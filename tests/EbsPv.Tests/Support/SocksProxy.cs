using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace EbsPv.Tests.Support;

/// <summary>A SOCKS 5 proxy (RFC 1928) that asks for no login and is asked for names; it notes NAME:PORT.</summary>
internal sealed class SocksProxy(Uri server) : LoopbackProxy(server)
{
    private const int ByName = 3;

    protected override async Task<bool> GreetAsync(NetworkStream near)
    {
        var methods = new byte[2];
        await near.ReadExactlyAsync(methods);
        await near.ReadExactlyAsync(new byte[methods[1]]);
        await near.WriteAsync(new byte[] { 5, 0 });
        var request = new byte[5];
        await near.ReadExactlyAsync(request);
        if (request[3] != ByName) return false;
        var name = new byte[request[4] + 2];
        await near.ReadExactlyAsync(name);
        Note($"{Encoding.ASCII.GetString(name[..^2])}:{BinaryPrimitives.ReadUInt16BigEndian(name.AsSpan(name.Length - 2))}");
        await near.WriteAsync(new byte[] { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 });
        return true;
    }
}
