using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EbsPv.Clients.Kubernetes;

/// <summary>Whom to believe. The library's own check takes a certificate for any host name as long as the cluster's authority signed it;
/// the platform's check with that authority as its only root also compares the name.</summary>
internal static class Tls
{
    public static X509Certificate2Collection? Authority(KubeconfigCluster cluster)
    {
        if (cluster.CertificateAuthority is not { } data) return null;
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(System.Text.Encoding.ASCII.GetString(data));
            // Text without a certificate in it is no error there; trusting nobody would then look like an untrusted server.
            return certificates.Count > 0 ? certificates : throw NoPem(cluster);
        }
        catch (CryptographicException)
        {
            throw NoPem(cluster);
        }
    }

    private static Errors.EbsPvException NoPem(KubeconfigCluster cluster) =>
        Kubeconfig.Invalid($"the certificate authority of '{Defaults.Escaped.Text(cluster.Name)}' is no PEM");

    /// <summary>For a kubeconfig that says so (insecure-skip-tls-verify) and a user who consents to it (-SkipCertificateCheck).</summary>
#pragma warning disable CA5359 // What is asked for here is to check nothing.
    public static void BelieveAnybody(SocketsHttpHandler handler) => handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359

    public static void Trust(SocketsHttpHandler handler, X509Certificate2Collection? authority)
    {
        if (authority is null) return;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authority);
        handler.SslOptions.CertificateChainPolicy = policy;
    }
}
