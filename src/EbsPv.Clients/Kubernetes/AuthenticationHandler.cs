using System.Net;
using System.Net.Security;

namespace EbsPv.Clients.Kubernetes;

/// <summary>Signs requests. One that is refused as unknown is signed anew, once: a token that was good for hours by its own word may have
/// been withdrawn.</summary>
internal sealed class AuthenticationHandler(ICredentialSource source, IReadOnlyList<KeyValuePair<string, string>> impersonation) : DelegatingHandler
{
    public static HttpRequestOptionsKey<SslStreamCertificateContext?> Certificate { get; } = new("EbsPv.Certificate");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null) await request.Content.LoadIntoBufferAsync().ConfigureAwait(false);
        foreach (var (name, value) in impersonation) request.Headers.TryAddWithoutValidation(name, value);
        var credential = await source.GetAsync(null, cancellationToken).ConfigureAwait(false);
        var answer = await SendAsync(request, credential, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.Unauthorized) return answer;
        var another = await source.GetAsync(credential, cancellationToken).ConfigureAwait(false);
        if (ReferenceEquals(another, credential)) return answer;
        answer.Dispose();
        return await SendAsync(request, another, cancellationToken).ConfigureAwait(false);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, KubeCredential credential, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = credential.Header;
        request.Options.Set(Certificate, credential.Certificate);
        return base.SendAsync(request, cancellationToken);
    }
}
