namespace EbsPv.Ports;

/// <summary>The way from settings to services, and the only thing that comes through the module's wall.</summary>
public interface IConnector
{
    /// <summary>EC2 of a region.</summary>
    /// <exception cref="Errors.EbsPvException">RegionMissing, ProfileNotFound.</exception>
    IEc2 ConnectEc2(AwsOptions options, IReporter reporter);

    /// <summary>The region that the profile, or the default profile, names; null when it names none.</summary>
    /// <exception cref="Errors.EbsPvException">ProfileNotFound.</exception>
    string? ReadProfileRegion(string? profileName);

    /// <summary>The API server of a context.</summary>
    /// <exception cref="Errors.EbsPvException">KubeconfigNotFound, KubeconfigInvalid, ContextMissing, CredentialMissing, TlsVerifyDisabled.</exception>
    ICluster ConnectCluster(KubeOptions options, IReporter reporter);

    /// <summary>The contexts of the kubeconfig, read without a call; <see cref="KubeContexts.None"/> when there is no kubeconfig.</summary>
    /// <exception cref="Errors.EbsPvException">KubeconfigInvalid; KubeconfigNotFound and ContextMissing only for what was asked for by name.</exception>
    KubeContexts ReadContexts(KubeOptions options);

    /// <summary>Manifest files.</summary>
    IManifests Manifests { get; }

    /// <summary>Names of the profiles in the AWS configuration files.</summary>
    IReadOnlyList<string> ListProfiles();

    /// <summary>Names of the regions that are known without a call.</summary>
    IReadOnlyList<string> ListRegions();
}
