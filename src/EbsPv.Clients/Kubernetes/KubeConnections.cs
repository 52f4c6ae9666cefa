using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace EbsPv.Clients.Kubernetes;

/// <summary>How connections to one API server are made: by which proxy, whom they believe, as whom.</summary>
/// <param name="cluster">The server.</param>
/// <param name="proxy">The proxy; null for none.</param>
/// <param name="own">The kubeconfig's client certificate; null for none.</param>
internal sealed class KubeConnections(KubeconfigCluster cluster, KubeProxy? proxy, SslStreamCertificateContext? own)
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingLimit = TimeSpan.FromSeconds(15);

    private readonly X509Certificate2Collection? _authority = Tls.Authority(cluster);

    public SocketsHttpHandler New(SslStreamCertificateContext certificate)
    {
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true };
        SetUp(handler);
        handler.SslOptions.ClientCertificateContext = certificate;
        return handler;
    }

    public void SetUp(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        handler.UseProxy = proxy is not null;
        handler.Proxy = proxy;
        handler.ConnectTimeout = ConnectLimit;
        // One connection carries everything: that it is dead has to be noticed before the requests on it have to be given up.
        handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
        handler.KeepAlivePingDelay = PingAfter;
        handler.KeepAlivePingTimeout = PingLimit;
        if (own is not null) handler.SslOptions.ClientCertificateContext = own;
        if (cluster.SkipTlsVerify) Tls.BelieveAnybody(handler);
        else Tls.Trust(handler, _authority);
    }
}
