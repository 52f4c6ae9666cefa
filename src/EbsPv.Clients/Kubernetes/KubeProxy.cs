using System.Net;
using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.Clients.Kubernetes;

/// <summary>The way to the API server, as kubectl takes it: the kubeconfig's proxy-url, else HTTPS_PROXY or HTTP_PROXY less NO_PROXY. The
/// platform's own reading of these variables knows no address ranges, and reads them once in a process.</summary>
internal sealed class KubeProxy : IWebProxy
{
    private static readonly string[] Schemes = ["http", "https", "socks5"];

    /// <summary>The variables that have a say.</summary>
    public static readonly string[] Variables = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"];

    private readonly Uri _address;

    private KubeProxy(Uri address, ICredentials? credentials) => (_address, Credentials) = (address, credentials);

    public ICredentials? Credentials { get; set; }

    /// <summary>The proxy for a cluster; null for none.</summary>
    /// <exception cref="EbsPvException">KubeconfigInvalid, EndpointInvalid.</exception>
    public static KubeProxy? For(KubeconfigCluster cluster)
    {
        if (cluster.ProxyUrl is { } own)
            return Parse(own) ?? throw Kubeconfig.Invalid($"the proxy-url of '{Escaped.Text(cluster.Name)}' is no http, https or socks5 address");
        var server = new Uri(cluster.Server);
        var name = server.Scheme == "https" ? "HTTPS_PROXY" : "HTTP_PROXY";
        if (Variable(name) is not { } proxy || ProxyExceptions.Parse(Variable("NO_PROXY")).Contains(server)) return null;
        // As in the variables of curl and kubectl, the scheme may be left out.
        return Parse(proxy.Contains("://", StringComparison.Ordinal) ? proxy : $"http://{proxy}") ?? throw EbsPvException.Input(
            ErrorIds.EndpointInvalid, $"The environment variable {name} is no http, https or socks5 address.", name, $"Mend or clear {name}, or name the server in NO_PROXY.");
    }

    /// <summary>Its address, without name and password.</summary>
    public override string ToString() => _address.GetLeftPart(UriPartial.Authority);

    public Uri GetProxy(Uri destination) => _address;

    public bool IsBypassed(Uri host) => false;

    // User name and password leave the address, which errors quote.
    private static KubeProxy? Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address)) return null;
        var scheme = address.Scheme == "socks5h" ? "socks5" : address.Scheme;
        if (!Schemes.Contains(scheme) || address.Host.Length == 0) return null;
        var plain = new UriBuilder(scheme, address.Host, address.IsDefaultPort && scheme == "socks5" ? 1080 : address.Port).Uri;
        return new KubeProxy(plain, Login(address.UserInfo));
    }

    private static NetworkCredential? Login(string userInfo)
    {
        if (userInfo.Length == 0) return null;
        var parts = userInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } upper ? upper : Environment.GetEnvironmentVariable(name.ToLowerInvariant()) is { Length: > 0 } lower ? lower : null;
}
