using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.Clients.Kubernetes;

/// <summary>A token in a file, which others renew: read again every minute, and when it is refused.</summary>
/// <param name="path">The file.</param>
/// <param name="otherwise">A token for as long as the file has none; null for none.</param>
/// <param name="time">The clock.</param>
internal sealed class FileTokenSource(string path, string? otherwise, TimeProvider time) : RenewedCredentialSource(time)
{
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromMinutes(1);

    protected override async Task<(KubeCredential Credential, DateTimeOffset RenewAt)> RenewAsync(KubeCredential? before, CancellationToken cancellationToken)
    {
        var again = Time.GetUtcNow() + ReadAgainAfter;
        try
        {
            var token = (await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false)).Trim();
            if (token.Length > 0 && !token.Any(char.IsControl)) return (KubeCredential.Bearer(token), again);
            // Whoever renews it may be writing just now.
            return (before ?? Otherwise("holds no token"), again);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return (before ?? Otherwise($"cannot be read: {unreadable.Message}"), again);
        }
    }

    private KubeCredential Otherwise(string why) => otherwise is not null
        ? KubeCredential.Bearer(otherwise)
        : throw new EbsPvException(ErrorKind.Authentication, ErrorIds.CredentialMissing, $"The token file '{Escaped.Text(path)}' {Escaped.Text(why)}.")
        {
            Target = path,
            RecommendedAction = "See who writes it; kubectl get nodes must work first.",
        };
}
