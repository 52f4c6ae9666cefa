using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EbsPv.Clients.Kubernetes;

/// <summary>A certificate and its key, from PEM. Failures say what is wrong, and never quote either.</summary>
internal static class ClientCertificates
{
    /// <param name="certificate">The certificate, and those between it and the authority, which are sent along.</param>
    /// <param name="key">Its private key: RSA or EC, not encrypted.</param>
    /// <param name="refuse">Makes the failure from what is wrong.</param>
    /// <param name="now">To tell whether it has ended.</param>
    public static SslStreamCertificateContext Load(byte[] certificate, byte[] key, Func<string, Exception> refuse, DateTimeOffset now)
    {
        var (chain, secret) = (Encoding.ASCII.GetString(certificate), Encoding.ASCII.GetString(key));
        if (!PemEncoding.TryFind(secret, out _)) throw refuse("has a private key that is no PEM");
        if (secret.Contains("ENCRYPTED", StringComparison.Ordinal)) throw refuse("has a private key that is encrypted, which kubectl cannot use either");
        var all = Chain(chain, refuse);
        if (all[0].NotAfter.ToUniversalTime() < now.UtcDateTime) throw refuse($"has a certificate that ended on {all[0].NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC");
        using var leaf = Pair(chain, secret, refuse);
        all.RemoveAt(0);
        return SslStreamCertificateContext.Create(Usable(leaf), all, offline: true);
    }

    private static X509Certificate2Collection Chain(string pem, Func<string, Exception> refuse)
    {
        try
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPem(pem);
            return all.Count > 0 ? all : throw refuse("has a certificate that is no PEM");
        }
        catch (CryptographicException)
        {
            throw refuse("has a certificate that cannot be read");
        }
    }

    private static X509Certificate2 Pair(string chain, string key, Func<string, Exception> refuse)
    {
        try
        {
            return X509Certificate2.CreateFromPem(chain, key);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException or NotSupportedException)
        {
            throw refuse("has a private key that cannot be read, or is not its certificate's");
        }
    }

    // Windows' TLS takes no key that is only in memory as it comes from PEM.
    private static X509Certificate2 Usable(X509Certificate2 pair) => new(pair.Export(X509ContentType.Pkcs12), (string?)null);
}
