using EbsPv.Errors;

namespace EbsPv.Clients.Kubernetes;

/// <summary>Certificates and keys that a kubeconfig names files for. They are read when they are used: the other contexts may be those of
/// clusters that are gone, with their files.</summary>
internal static class KubeconfigFiles
{
    /// <exception cref="EbsPvException">KubeconfigInvalid.</exception>
    public static KubeconfigCluster Loaded(KubeconfigCluster cluster) => cluster.CertificateAuthority is not null
        ? cluster
        : cluster with { CertificateAuthority = Read("certificate-authority", cluster.CertificateAuthorityFile) };

    /// <exception cref="EbsPvException">KubeconfigInvalid.</exception>
    public static KubeconfigUser Loaded(KubeconfigUser user) => user with
    {
        ClientCertificate = user.ClientCertificate ?? Read("client-certificate", user.ClientCertificateFile),
        ClientKey = user.ClientKey ?? Read("client-key", user.ClientKeyFile),
    };

    private static byte[]? Read(string key, string? path)
    {
        if (path is null) return null;
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new EbsPvException(ErrorKind.InvalidInput, ErrorIds.KubeconfigInvalid, $"The kubeconfig's {key} cannot be read: {unreadable.Message}")
            {
                Target = path,
                RecommendedAction = "Write the kubeconfig anew, or mend the path.",
            };
        }
    }
}
