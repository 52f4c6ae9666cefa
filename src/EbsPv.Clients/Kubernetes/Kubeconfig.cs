using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Clients.Kubernetes;

/// <summary>What the kubeconfig files say together. The first file that names a thing wins, as with kubectl.</summary>
internal sealed class Kubeconfig
{
    private readonly Dictionary<string, KubeconfigContext> _contexts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KubeconfigCluster> _clusters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KubeconfigUser> _users = new(StringComparer.Ordinal);

    public string? CurrentContext { get; private set; }

    public void Merge(
        string? currentContext,
        IEnumerable<KubeconfigContext> contexts,
        IEnumerable<KubeconfigCluster> clusters,
        IEnumerable<KubeconfigUser> users)
    {
        CurrentContext ??= currentContext;
        foreach (var context in contexts) _contexts.TryAdd(context.Name, context);
        foreach (var cluster in clusters) _clusters.TryAdd(cluster.Name, cluster);
        foreach (var user in users) _users.TryAdd(user.Name, user);
    }

    public KubeconfigContext Context(string? name)
    {
        var wanted = name ?? CurrentContext;
        if (wanted is null)
            throw Missing("The kubeconfig has no current context.", null, "Choose one with -Context, or kubectl config use-context NAME.");
        if (_contexts.TryGetValue(wanted, out var context)) return context;
        var known = _contexts.Count == 0 ? "It has none: write one with aws eks update-kubeconfig, or kops export kubecfg --admin." : $"Choose one that it has with -Context: {string.Join(", ", _contexts.Keys.Take(8).Select(Escaped.Text))}.";
        throw Missing($"The kubeconfig has no context '{Escaped.Text(wanted)}'.", wanted, known);
    }

    public KubeconfigCluster Cluster(KubeconfigContext context) =>
        _clusters.TryGetValue(context.Cluster, out var cluster)
            ? KubeconfigFiles.Loaded(cluster)
            : throw Invalid($"the context '{Escaped.Text(context.Name)}' names the cluster '{Escaped.Text(context.Cluster)}', which is not there");

    public KubeconfigUser User(KubeconfigContext context)
    {
        if (_users.TryGetValue(context.User, out var user) && user.HasCredentials) return KubeconfigFiles.Loaded(user);
        var lack = user is null ? "which the kubeconfig does not have"
            : user.AuthProvider is { } provider ? $"who logs in by the auth-provider '{Escaped.Text(provider)}', which EbsPv does not know"
            : "who has no token, certificate, password or command there";
        throw new EbsPvException(
            ErrorKind.Authentication,
            ErrorIds.CredentialMissing,
            $"The context '{Escaped.Text(context.Name)}' names the user '{Escaped.Text(context.User)}', {lack}.")
        {
            Target = context.Name,
            RecommendedAction = "Write the kubeconfig anew: aws eks update-kubeconfig, or kops export kubecfg --admin.",
        };
    }

    /// <summary>All contexts, and which of them is in use: the wanted one, else the current one.</summary>
    public KubeContexts Describe(string? wanted)
    {
        var used = wanted is not null ? Context(wanted) : CurrentContext is { } name ? _contexts.GetValueOrDefault(name) : null;
        return new KubeContexts(used is null ? null : Describe(used), [.. _contexts.Values.Select(Describe)]);
    }

    public static EbsPvException Invalid(string what, string action = "See what kubectl config view says of it.") => new(ErrorKind.InvalidInput, ErrorIds.KubeconfigInvalid, $"The kubeconfig cannot be used: {what}.")
    {
        RecommendedAction = action,
    };

    public static EbsPvException Twice(string list, string name, string path) => list == "contexts"
        ? EbsPvException.Input(ErrorIds.ContextAmbiguous, $"{path} has two contexts called '{Escaped.Text(name)}'.", name, "Rename or remove one of them; kubectl does not read such a file either.")
        : Invalid($"{path} has two {list} called '{Escaped.Text(name)}'");

    private KubeContextInfo Describe(KubeconfigContext context)
    {
        var exec = _users.GetValueOrDefault(context.User)?.Exec;
        var eks = EksFromArn(context.Cluster);
        var info = exec?.ClusterName is { } name
            ? new KubeContextInfo(context.Name, name, exec.Argument("--region") ?? eks?.Region)
            : new KubeContextInfo(context.Name, eks?.Name ?? context.Cluster, eks?.Region);
        return info with { Namespace = string.IsNullOrEmpty(context.Namespace) ? null : context.Namespace };
    }

    // arn:aws:eks:REGION:ACCOUNT:cluster/NAME
    private static (string Name, string Region)? EksFromArn(string cluster)
    {
        var parts = cluster.Split(':');
        return parts.Length == 6 && parts[0] == "arn" && parts[2] == "eks" && parts[5].StartsWith("cluster/", StringComparison.Ordinal)
            ? (parts[5]["cluster/".Length..], parts[3])
            : null;
    }

    private static EbsPvException Missing(string message, string? target, string action) =>
        new(ErrorKind.NotFound, ErrorIds.ContextMissing, message) { Target = target, RecommendedAction = action };
}
