using System.Net.Http.Headers;
using System.Text;

namespace EbsPv.Clients.Kubernetes;

/// <summary>A credential that stays as it is: refused once, it is refused.</summary>
internal sealed class FixedCredential(KubeCredential credential) : ICredentialSource
{
    public static FixedCredential None { get; } = new(new KubeCredential());

    public static FixedCredential Token(string token) => new(KubeCredential.Bearer(token));

    public static FixedCredential Password(string name, string? password) =>
        new(new KubeCredential { Header = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"))) });

    public ValueTask<KubeCredential> GetAsync(KubeCredential? refused, CancellationToken cancellationToken) => new(credential);
}
