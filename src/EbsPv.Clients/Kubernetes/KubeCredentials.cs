using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.Clients.Kubernetes;

/// <summary>What a kubeconfig's user signs requests with, in kubectl's order: token file, token, password, certificate, command.</summary>
internal static class KubeCredentials
{
    private static readonly string[] ApiVersions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];

    /// <exception cref="EbsPvException">KubeconfigInvalid, CredentialMissing.</exception>
    public static ICredentialSource Source(KubeconfigUser user, KubeconfigCluster cluster, TimeProvider time)
    {
        if (user.Username is not null && (user.Token ?? user.TokenFile) is not null) throw Invalid(user, "has both a token and a password, of which kubectl accepts one");
        if (user is { Exec: not null, AuthProvider: not null }) throw Invalid(user, "has both a command and an auth-provider, of which kubectl accepts one");
        if (user.Token?.Any(char.IsControl) == true) throw Invalid(user, "has a token with line breaks or other control characters");
        if (user.TokenFile is { } file) return new FileTokenSource(file, user.Token, time);
        if (user.Token is { } token) return FixedCredential.Token(token);
        if (user.Username is { } name) return FixedCredential.Password(name, user.Password);
        // The certificate belongs to the connections already; a command beside it is not run.
        return user is { Exec: { } plugin, ClientCertificate: null } ? new ExecCredentialSource(Checked(plugin, user), cluster, time) : FixedCredential.None;
    }

    /// <summary>Headers of who is meant, where the kubeconfig lets its user act as somebody else.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Impersonation(KubeconfigUser user)
    {
        if (user.Impersonation.Count > 0 && user.Impersonation[0].Key != KubeconfigUser.ImpersonateUser)
            throw Invalid(user, "acts as groups without acting as a user (as), which kubectl refuses");
        // Kubernetes takes one line a value, and the platform writes all values into one: they would be one group of a strange name.
        if (user.Impersonation.DistinctBy(header => header.Key).Count() < user.Impersonation.Count) throw Invalid(user, "acts as several groups, or has several values in as-user-extra, which EbsPv cannot send");
        if (user.Impersonation.Any(header => header.Value.Any(char.IsControl))) throw Invalid(user, "acts as somebody whose name has control characters");
        return user.Impersonation;
    }

    private static ExecPlugin Checked(ExecPlugin plugin, KubeconfigUser user)
    {
        if (plugin.Command.Length == 0) throw Invalid(user, "has an exec without a command");
        if (plugin.Environment.Any(variable => variable.Key.Length == 0 || variable.Key.Contains('=', StringComparison.Ordinal))) throw Invalid(user, "has a variable without a usable name in env of exec");
        if (plugin.Arguments.Concat(plugin.Environment.SelectMany(variable => new[] { variable.Key, variable.Value })).Append(plugin.Command).Any(text => text.Contains('\0', StringComparison.Ordinal)))
            throw Invalid(user, "has a NUL in its exec, which no command can be given");
        if (plugin.NeedsTerminal)
            throw Unusable(user, plugin, "asks its user something (interactiveMode: Always), for which it gets no terminal here", "Log in by hand first, and set interactiveMode to IfAvailable.");
        if (!ApiVersions.Contains(plugin.ApiVersion))
            throw Unusable(user, plugin, $"speaks '{Escaped.Text(plugin.ApiVersion)}', which kubectl no longer accepts", "Write the kubeconfig anew: aws eks update-kubeconfig.");
        return plugin;
    }

    private static EbsPvException Unusable(KubeconfigUser user, ExecPlugin plugin, string why, string action) => new(
        ErrorKind.Authentication,
        ErrorIds.CredentialMissing,
        $"The command '{Escaped.Text(plugin.Command)}' of the kubeconfig's user '{Escaped.Text(user.Name)}' {why}.")
    {
        Target = user.Name,
        RecommendedAction = action,
    };

    private static EbsPvException Invalid(KubeconfigUser user, string what) => Kubeconfig.Invalid($"the user '{Escaped.Text(user.Name)}' {what}");
}
