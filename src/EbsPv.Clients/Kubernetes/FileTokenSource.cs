using System.Net.Http.Headers;
using k8s.Authentication;

namespace EbsPv.Clients.Kubernetes;

/// <summary>A token in a file, which others renew: read again every minute.</summary>
internal sealed class FileTokenSource(string path, TimeProvider time) : ITokenProvider
{
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromMinutes(1);

    private (string Token, DateTimeOffset Read)? _token;

    public async Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_token is not { } held || now - held.Read > ReadAgainAfter)
            _token = held = ((await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false)).Trim(), now);
        return new AuthenticationHeaderValue("Bearer", held.Token);
    }
}
