using System.Net.Http.Headers;
using System.Net.Security;

namespace EbsPv.Clients.Kubernetes;

/// <summary>What a request is signed with. It holds secrets: it has no text of its own.</summary>
internal sealed class KubeCredential
{
    public AuthenticationHeaderValue? Header { get; init; }

    /// <summary>A certificate that came along with it; the one of a kubeconfig belongs to the connections already.</summary>
    public SslStreamCertificateContext? Certificate { get; init; }

    public static KubeCredential Bearer(string token) => new() { Header = new AuthenticationHeaderValue("Bearer", token) };

    public override string ToString() => nameof(KubeCredential);
}
