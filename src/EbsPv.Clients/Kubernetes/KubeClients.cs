using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Ports;
using k8s;
using k8s.Authentication;

namespace EbsPv.Clients.Kubernetes;

/// <summary>API clients, one for each context, for the life of the process.</summary>
internal sealed class KubeClients(TimeProvider time)
{
    private const string InCluster = "in-cluster";

    private readonly ConcurrentDictionary<string, k8s.Kubernetes> _clients = new();

    public ICluster Connect(KubeOptions options, IReporter reporter)
    {
        var config = KubeconfigLocator.Load(options);
        if (config is null) return ConnectInCluster(options, reporter);
        var context = config.Context(options.Context);
        var cluster = config.Cluster(context);
        var user = config.User(context);
        Check(cluster, context, options, reporter);
        var client = _clients.GetOrAdd(Key(context, cluster, user), _ => Client(Configuration(cluster, user), cluster.Name));
        return new KubeCluster(client, context.Name, new KubeCaller(context.Name, cluster.Server, reporter), time);
    }

    private KubeCluster ConnectInCluster(KubeOptions options, IReporter reporter)
    {
        if (options.Context is not null || !KubernetesClientConfiguration.IsInCluster()) throw KubeconfigLocator.NotFound(options);
        var configuration = KubernetesClientConfiguration.InClusterConfig();
        var authority = configuration.SslCaCerts;
        // As for kubeconfigs: the library's own check of an authority leaves the host name out.
        configuration.SslCaCerts = null;
        configuration.FirstMessageHandlerSetup = handler => Tls.Trust(handler, authority);
        var client = _clients.GetOrAdd(InCluster, _ => Client(configuration, InCluster));
        return new KubeCluster(client, InCluster, new KubeCaller(InCluster, configuration.Host, reporter), time);
    }

    private static void Check(KubeconfigCluster cluster, KubeconfigContext context, KubeOptions options, IReporter reporter)
    {
        if (!Uri.TryCreate(cluster.Server, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
            throw Kubeconfig.Invalid($"the cluster '{Escaped.Text(cluster.Name)}' has no http(s) server");
        if (server.Scheme == "http" && !server.IsLoopback)
            throw EbsPvException.Input(
                ErrorIds.EndpointPlainText, $"The kube context '{Escaped.Text(context.Name)}' would send its token to {cluster.Server} in plain text.", context.Name, "Use https.");
        if (!cluster.SkipTlsVerify) return;
        if (!options.SkipCertificateCheck)
            throw EbsPvException.Input(
                ErrorIds.TlsVerifyDisabled,
                $"The kubeconfig switches the certificate check of '{Escaped.Text(cluster.Name)}' off (insecure-skip-tls-verify): anyone on the way could take the token.",
                context.Name,
                "Put the cluster's certificate authority into the kubeconfig, or consent with -SkipCertificateCheck.");
        reporter.Warning($"CertificateCheckSkipped: the certificate of {cluster.Server} is not checked.");
    }

    // Content, not paths: a kubeconfig that was written anew is another client.
    private static string Key(KubeconfigContext context, KubeconfigCluster cluster, KubeconfigUser user)
    {
        var parts = new[]
        {
            context.Name, cluster.Server, cluster.TlsServerName, cluster.ProxyUrl, cluster.SkipTlsVerify.ToString(), user.Token, user.TokenFile, user.Username,
            user.Password, user.Exec is null ? null : string.Join(' ', user.Exec.Arguments.Prepend(user.Exec.Command).Concat(user.Exec.Environment.Select(pair => pair.ToString()))),
        };
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        foreach (var data in new[] { cluster.CertificateAuthority, user.ClientCertificate, user.ClientKey }) hash.AppendData(data ?? []);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private KubernetesClientConfiguration Configuration(KubeconfigCluster cluster, KubeconfigUser user)
    {
        var authority = Tls.Authority(cluster);
        return new KubernetesClientConfiguration
        {
            Host = cluster.Server,
            SkipTlsVerify = cluster.SkipTlsVerify,
            TlsServerName = cluster.TlsServerName,
            AccessToken = user.Token,
            TokenProvider = TokenProvider(user, cluster),
            Username = user.Username,
            Password = user.Password,
            ClientCertificateData = user.ClientCertificate is null ? null : Convert.ToBase64String(user.ClientCertificate),
            ClientCertificateKeyData = user.ClientKey is null ? null : Convert.ToBase64String(user.ClientKey),
            FirstMessageHandlerSetup = handler =>
            {
                if (cluster.ProxyUrl is { } proxy) handler.Proxy = new WebProxy(proxy);
                if (!cluster.SkipTlsVerify) Tls.Trust(handler, authority);
            },
        };
    }

    private ITokenProvider? TokenProvider(KubeconfigUser user, KubeconfigCluster cluster)
    {
        if (user.Exec is { } plugin) return new ExecCredentialSource(plugin, cluster, time);
        return user.TokenFile is { } file ? new FileTokenSource(file, time) : null;
    }

    private k8s.Kubernetes Client(KubernetesClientConfiguration configuration, string name)
    {
        try
        {
            configuration.UserAgent = "EbsPv";
            configuration.HttpClientTimeout = TimeSpan.FromSeconds(60);
            return new k8s.Kubernetes(configuration, new RetryHandler(time), new BufferingHandler());
        }
        catch (CryptographicException)
        {
            throw Kubeconfig.Invalid($"the certificate or key for '{Escaped.Text(name)}' cannot be read");
        }
    }
}
