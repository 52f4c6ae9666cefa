using EbsPv.Clients.Aws;
using EbsPv.Clients.Kubernetes;
using EbsPv.Clients.Manifests;
using EbsPv.Ports;

namespace EbsPv.Clients;

/// <summary>The one class that the module makes behind its wall.</summary>
public sealed class Connector : IConnector
{
    private readonly AwsClients _aws;
    private readonly KubeClients _kube;

    /// <summary>A connector on the machine's clock.</summary>
    public Connector()
        : this(TimeProvider.System)
    {
    }

    internal Connector(TimeProvider time, string? podFolder = null)
    {
        _aws = new AwsClients(time);
        _kube = new KubeClients(time, new PodSurroundings(podFolder ?? PodSurroundings.Folder));
    }

    /// <inheritdoc/>
    public IEc2 ConnectEc2(AwsOptions options, IReporter reporter) => _aws.Connect(options, reporter);

    /// <inheritdoc/>
    public string? ReadProfileRegion(string? profileName) => AwsClients.ReadProfileRegion(profileName);

    /// <inheritdoc/>
    public ICluster ConnectCluster(KubeOptions options, IReporter reporter) => _kube.Connect(options, reporter);

    /// <inheritdoc/>
    public KubeContexts ReadContexts(KubeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return _kube.Describe(options);
    }

    /// <inheritdoc/>
    public IManifests Manifests { get; } = new ManifestFiles();

    /// <inheritdoc/>
    public IReadOnlyList<string> ListProfiles() => AwsClients.ListProfiles();

    /// <inheritdoc/>
    public IReadOnlyList<string> ListRegions() => AwsClients.ListRegions();
}
