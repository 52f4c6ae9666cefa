using System.Net.Security;

namespace EbsPv.Clients.Kubernetes;

/// <summary>Sends what is signed with a command's certificate over connections of that certificate: those of the one before stay as they
/// were opened.</summary>
internal sealed class ClientCertificateHandler(Func<SslStreamCertificateContext, SocketsHttpHandler> connections) : DelegatingHandler
{
    private readonly object _gate = new();
    private (SslStreamCertificateContext Certificate, HttpMessageInvoker Invoker)? _current;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(AuthenticationHandler.Certificate, out var certificate) || certificate is null)
            return base.SendAsync(request, cancellationToken);
        return Invoker(certificate).SendAsync(request, cancellationToken);
    }

    // The one before is not disposed of: watches may still go over it, and idle connections end by themselves.
    private HttpMessageInvoker Invoker(SslStreamCertificateContext certificate)
    {
        lock (_gate)
        {
            if (_current is not { } current || !ReferenceEquals(current.Certificate, certificate))
                _current = current = (certificate, new HttpMessageInvoker(connections(certificate)));
            return current.Invoker;
        }
    }
}
