using System.Net.Security;
using System.Security.Cryptography;
using System.Text.Json;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Ports;
using k8s;

namespace EbsPv.Clients.Kubernetes;

/// <summary>API clients, one for each context, for the life of the process.</summary>
internal sealed class KubeClients(TimeProvider time, PodSurroundings pod)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, k8s.Kubernetes> _clients = new(StringComparer.Ordinal);

    public ICluster Connect(KubeOptions options, IReporter reporter)
    {
        _ = ModelWarmUp.BeginAsync();
        var config = KubeconfigLocator.Load(options);
        if (config is null) return ConnectInCluster(options, reporter);
        var context = config.Context(options.Context);
        var cluster = config.Cluster(context);
        var user = config.User(context);
        Check(cluster, context, options, reporter);
        return Connect(context.Name, cluster, user, reporter, options.Role);
    }

    /// <summary>The contexts of the kubeconfig, or the one of the pod.</summary>
    public KubeContexts Describe(KubeOptions options)
    {
        if (KubeconfigLocator.Load(options) is { } config) return config.Describe(options.Context);
        if (!pod.AreThere) return KubeContexts.None;
        var own = new KubeContextInfo(PodSurroundings.Context, null, null) { Namespace = pod.Namespace };
        return new KubeContexts(own, [own]);
    }

    // Objects carry the name of their context, also of this one, to the next cmdlet.
    private KubeCluster ConnectInCluster(KubeOptions options, IReporter reporter)
    {
        if (options.Context is not (null or PodSurroundings.Context) || !pod.AreThere) throw KubeconfigLocator.NotFound(options);
        return Connect(PodSurroundings.Context, pod.Cluster, pod.User, reporter, options.Role);
    }

    private KubeCluster Connect(string context, KubeconfigCluster cluster, KubeconfigUser user, IReporter reporter, string role)
    {
        var proxy = KubeProxy.For(cluster);
        var server = proxy is null ? cluster.Server : $"{cluster.Server} by the proxy {proxy}";
        var key = Key(context, cluster, user);
        // One at a time: a second client for the same context would run its user's command a second time.
        lock (_gate)
        {
            if (!_clients.TryGetValue(key, out var client)) _clients.Add(key, client = Client(cluster, user, proxy));
            return new KubeCluster(client, context, new KubeCaller(context, server, reporter, role), time);
        }
    }

    private static void Check(KubeconfigCluster cluster, KubeconfigContext context, KubeOptions options, IReporter reporter)
    {
        if (!Uri.TryCreate(cluster.Server, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
            throw Kubeconfig.Invalid($"the cluster '{Escaped.Text(cluster.Name)}' has no http(s) server");
        if (server.UserInfo.Length > 0) throw Kubeconfig.Invalid($"the server of '{Escaped.Text(cluster.Name)}' has a user or a password in its address", "Put them into the kubeconfig's user.");
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
    private static string Key(string context, KubeconfigCluster cluster, KubeconfigUser user)
    {
        var identity = new ClientIdentity(context, cluster, user, [.. KubeProxy.Variables.Select(Environment.GetEnvironmentVariable)]);
        return Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(identity, ClientIdentityJson.Default.ClientIdentity)));
    }

    private k8s.Kubernetes Client(KubeconfigCluster cluster, KubeconfigUser user, KubeProxy? proxy)
    {
        var connections = new KubeConnections(cluster, proxy, Certificate(user));
        var configuration = new KubernetesClientConfiguration
        {
            Host = cluster.Server,
            SkipTlsVerify = cluster.SkipTlsVerify,
            TlsServerName = cluster.TlsServerName,
            FirstMessageHandlerSetup = connections.SetUp,
            UserAgent = "EbsPv",
            // The library's limit would count the command of the credentials and every pause that the server asks for.
            HttpClientTimeout = Timeout.InfiniteTimeSpan,
        };
        var authentication = new AuthenticationHandler(KubeCredentials.Source(user, cluster, time), KubeCredentials.Impersonation(user));
        return new k8s.Kubernetes(configuration, authentication, new RetryHandler(time), new BufferingHandler(), new ClientCertificateHandler(connections.New));
    }

    private SslStreamCertificateContext? Certificate(KubeconfigUser user)
    {
        var name = Escaped.Text(user.Name);
        if (user.ClientCertificate is not { } certificate) return null;
        if (user.ClientKey is not { } key) throw Kubeconfig.Invalid($"the user '{name}' has a certificate and no client-key");
        return ClientCertificates.Load(certificate, key, what => Kubeconfig.Invalid($"the user '{name}' {what}", "Write the kubeconfig anew: kops export kubecfg --admin, or aws eks update-kubeconfig."), time.GetUtcNow());
    }
}
