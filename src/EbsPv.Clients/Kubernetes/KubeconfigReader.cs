using EbsPv.Errors;

namespace EbsPv.Clients.Kubernetes;

/// <summary>Reads kubeconfig files.</summary>
internal static class KubeconfigReader
{
    /// <exception cref="EbsPvException">KubeconfigInvalid, ContextAmbiguous.</exception>
    public static void MergeFile(Kubeconfig into, string path)
    {
        if (Root(path) is not { } root) return;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        into.Merge(
            root.Text("current-context"),
            Entries(root, "contexts", "context", path).Select(entry => Context(entry.Name, entry.Body)),
            Entries(root, "clusters", "cluster", path).Select(entry => Cluster(entry.Name, entry.Body, folder)),
            Entries(root, "users", "user", path).Select(entry => User(entry.Name, entry.Body, folder)));
    }

    private static KubeconfigNode? Root(string path)
    {
        if (Directory.Exists(path)) throw Kubeconfig.Invalid($"{path} is a directory", "Name the file in it.");
        try
        {
            using var file = File.OpenRead(path);
            return new KubeconfigDocument(file, path).Read();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Kubeconfig.Invalid($"{path} cannot be read ({unreadable.Message})");
        }
    }

    // Within one file kubectl takes two entries of one name for a mistake; only between files the first one wins.
    private static List<(string Name, KubeconfigNode Body)> Entries(KubeconfigNode root, string list, string body, string path)
    {
        var entries = new List<(string Name, KubeconfigNode Body)>();
        foreach (var entry in root.Mappings(list))
        {
            var name = entry.Text("name") ?? "";
            if (entries.Exists(one => one.Name == name)) throw Kubeconfig.Twice(list, name, path);
            entries.Add((name, entry.Mapping(body) ?? KubeconfigNode.None));
        }

        return entries;
    }

    private static KubeconfigContext Context(string name, KubeconfigNode body) =>
        new(name, body.Text("cluster") ?? "", body.Text("user") ?? "") { Namespace = body.Text("namespace") };

    private static KubeconfigCluster Cluster(string name, KubeconfigNode body, string folder) => new(name, body.Text("server") ?? "")
    {
        CertificateAuthority = Data(body, "certificate-authority-data"),
        CertificateAuthorityFile = At(folder, body.Text("certificate-authority")),
        SkipTlsVerify = body.IsTrue("insecure-skip-tls-verify"),
        TlsServerName = body.Text("tls-server-name"),
        ProxyUrl = body.Text("proxy-url"),
        ExecConfig = KubeconfigExtensions.ExecConfig(body),
    };

    private static KubeconfigUser User(string name, KubeconfigNode body, string folder) => new(name)
    {
        Token = body.Text("token"),
        TokenFile = At(folder, body.Text("tokenFile")),
        Username = body.Text("username"),
        Password = body.Text("password"),
        ClientCertificate = Data(body, "client-certificate-data"),
        ClientCertificateFile = At(folder, body.Text("client-certificate")),
        ClientKey = Data(body, "client-key-data"),
        ClientKeyFile = At(folder, body.Text("client-key")),
        Impersonation = Impersonation(body),
        AuthProvider = body.Mapping("auth-provider") is { } provider ? provider.Text("name") ?? "" : null,
        Exec = body.Mapping("exec") is { } exec ? Plugin(exec, folder) : null,
    };

    private static List<KeyValuePair<string, string>> Impersonation(KubeconfigNode body)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (body.Text("as") is { } user) headers.Add(new(KubeconfigUser.ImpersonateUser, user));
        if (body.Text("as-uid") is { } uid) headers.Add(new("Impersonate-Uid", uid));
        headers.AddRange(body.Texts("as-groups").Select(group => new KeyValuePair<string, string>("Impersonate-Group", group)));
        foreach (var (key, values) in body.Lists("as-user-extra"))
            headers.AddRange(values.Select(value => new KeyValuePair<string, string>($"Impersonate-Extra-{Uri.EscapeDataString(key)}", value)));
        return headers;
    }

    private static ExecPlugin Plugin(KubeconfigNode body, string folder) => new(
        Command(body.Text("command") ?? "", folder),
        body.Texts("args"),
        [.. body.Mappings("env").Select(variable => new KeyValuePair<string, string>(variable.Text("name") ?? "", variable.Text("value") ?? ""))],
        body.Text("apiVersion") ?? "client.authentication.k8s.io/v1",
        body.IsTrue("provideClusterInfo"))
    {
        InstallHint = body.Text("installHint"),
        NeedsTerminal = body.Text("interactiveMode") == "Always",
    };

    // A command with a slash is meant from the file's folder, as kubectl takes it; one without is searched for.
    private static string Command(string command, string folder) =>
        command.AsSpan().ContainsAny('/', Path.DirectorySeparatorChar) ? Path.Combine(folder, command) : command;

    private static string? At(string folder, string? path) => path is null ? null : Path.Combine(folder, path);

    private static byte[]? Data(KubeconfigNode body, string key)
    {
        if (body.Text(key) is not { } encoded) return null;
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var length) ? bytes[..length] : throw Kubeconfig.Invalid($"its {key} is not base64");
    }
}
