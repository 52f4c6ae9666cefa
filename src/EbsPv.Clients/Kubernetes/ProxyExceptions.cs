using System.Globalization;
using System.Net;

namespace EbsPv.Clients.Kubernetes;

/// <summary>Servers that are reached without a proxy: this machine, and those of NO_PROXY: names with all below them, names below
/// (<c>.example.com</c>), addresses, address ranges, each with a port or without, and <c>*</c> for all.</summary>
internal sealed class ProxyExceptions
{
    private readonly string[] _entries;

    private ProxyExceptions(string[] entries) => _entries = entries;

    public static ProxyExceptions Parse(string? noProxy) =>
        new((noProxy ?? "").ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    public bool Contains(Uri server)
    {
        var host = server.IdnHost.TrimEnd('.').ToLowerInvariant();
        if (host == "localhost") return true;
        var address = IPAddress.TryParse(host, out var parsed) ? parsed : null;
        if (address is not null && IPAddress.IsLoopback(address)) return true;
        return _entries.Any(entry => entry == "*" || (address is not null && Holds(entry, address)) || Names(entry, host, server.Port));
    }

    // Kubectl takes 10.1.2.3/8 for 10.0.0.0/8; the platform did not before .NET 10.
    private static bool Holds(string range, IPAddress address)
    {
        if (range.Split('/') is not [var start, var digits] || !IPAddress.TryParse(start, out var first) || first.AddressFamily != address.AddressFamily) return false;
        var (one, other) = (first.GetAddressBytes(), address.GetAddressBytes());
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) || bits > one.Length * 8) return false;
        return Enumerable.Range(0, bits).All(bit => ((one[bit / 8] ^ other[bit / 8]) >> (7 - (bit % 8)) & 1) == 0);
    }

    private static bool Names(string entry, string host, int port)
    {
        var (name, itsPort) = Split(entry);
        if (itsPort is not null && itsPort != port) return false;
        if (name.StartsWith("*.", StringComparison.Ordinal)) name = name[1..];
        if (name.StartsWith('.')) return host.EndsWith(name, StringComparison.Ordinal);
        if (IPAddress.TryParse(name, out var one)) return IPAddress.TryParse(host, out var address) && one.Equals(address);
        return host == name || host.EndsWith($".{name}", StringComparison.Ordinal);
    }

    // An IPv6 address has colons of its own, and brackets when a port follows.
    private static (string Name, int? Port) Split(string entry)
    {
        var bracket = entry.LastIndexOf(']');
        var colon = entry.LastIndexOf(':');
        var hasPort = colon > bracket && (bracket > 0 || entry.IndexOf(':', StringComparison.Ordinal) == colon);
        var name = (hasPort ? entry[..colon] : entry).Trim('[', ']');
        if (!hasPort) return (name, null);
        return int.TryParse(entry[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? (name, port) : (entry, null);
    }
}
