using System.Text;
using System.Text.Json;
using EbsPv.Clients.Manifests;
using EbsPv.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EbsPv.Clients.Kubernetes;

/// <summary>Reads kubeconfig files, with bounds: a file of others must not cost more than a file of ours.</summary>
internal static class KubeconfigReader
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private const int MaxDepth = 64;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void MergeFile(Kubeconfig into, string path)
    {
        var root = Parse(path);
        if (root is null) return;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        into.Merge(
            Text(root, "current-context"),
            Entries(root, "contexts", "context", path).Select(entry => new KubeconfigContext(entry.Name, Text(entry.Body, "cluster") ?? "", Text(entry.Body, "user") ?? "") { Namespace = Text(entry.Body, "namespace") }),
            Entries(root, "clusters", "cluster", path).Select(entry => Cluster(entry.Name, entry.Body, folder)),
            Entries(root, "users", "user", path).Select(entry => User(entry.Name, entry.Body, folder)));
    }

    private static YamlMappingNode? Parse(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxBytes) throw Kubeconfig.Invalid($"{path} has more than {MaxBytes / 1024 / 1024} MB");
            using var text = new StreamReader(path, StrictUtf8);
            var yaml = new YamlStream();
            yaml.Load(new BoundedParser(new Parser(text), MaxDepth));
            return yaml.Documents.Count == 0 ? null : Mapping(yaml.Documents[0].RootNode, path);
        }
        catch (YamlException wrong)
        {
            // The text around the mistake may be a token: only its place is told.
            throw Kubeconfig.Invalid($"{path} is no valid YAML at line {wrong.Start.Line}");
        }
        catch (DecoderFallbackException)
        {
            throw Kubeconfig.Invalid($"{path} is no UTF-8");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Kubeconfig.Invalid($"{path} cannot be read ({unreadable.Message})");
        }
    }

    // Empty files are allowed, as kubectl allows them; a token or a list in place of a kubeconfig is a mistake.
    private static YamlMappingNode? Mapping(YamlNode root, string path) => root switch
    {
        YamlMappingNode mapping => mapping,
        YamlScalarNode { Value: null or "" or "~" or "null" } => null,
        _ => throw Kubeconfig.Invalid($"{path} is YAML, and no kubeconfig"),
    };

    // Within one file kubectl takes two entries of one name for a mistake; only between files the first one wins.
    private static List<(string Name, YamlMappingNode Body)> Entries(YamlMappingNode root, string list, string body, string path)
    {
        var entries = new List<(string Name, YamlMappingNode Body)>();
        foreach (var entry in Children(root, list).OfType<YamlMappingNode>())
        {
            if (Text(entry, "name") is not { } name || Child(entry, body) is not YamlMappingNode content) continue;
            if (entries.Exists(one => one.Name == name)) throw Kubeconfig.Twice(list, name, path);
            entries.Add((name, content));
        }

        return entries;
    }

    private static KubeconfigCluster Cluster(string name, YamlMappingNode body, string folder) => new(name, Text(body, "server") ?? "")
    {
        CertificateAuthority = Data(body, "certificate-authority", folder),
        SkipTlsVerify = IsTrue(body, "insecure-skip-tls-verify"),
        TlsServerName = Text(body, "tls-server-name"),
        ProxyUrl = Text(body, "proxy-url"),
        ExecConfig = KubeconfigExtensions.ExecConfig(body),
    };

    private static KubeconfigUser User(string name, YamlMappingNode body, string folder) => new(name)
    {
        Token = Text(body, "token"),
        TokenFile = Text(body, "tokenFile") is { } file ? Path.Combine(folder, file) : null,
        Username = Text(body, "username"),
        Password = Text(body, "password"),
        ClientCertificate = Data(body, "client-certificate", folder),
        ClientKey = Data(body, "client-key", folder),
        Impersonation = Impersonation(body),
        AuthProvider = Child(body, "auth-provider") is YamlMappingNode provider ? Text(provider, "name") ?? "" : null,
        Exec = Child(body, "exec") is YamlMappingNode exec ? Plugin(exec, folder) : null,
    };

    private static List<KeyValuePair<string, string>> Impersonation(YamlMappingNode body)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (Text(body, "as") is { } user) headers.Add(new(KubeconfigUser.ImpersonateUser, user));
        if (Text(body, "as-uid") is { } uid) headers.Add(new("Impersonate-Uid", uid));
        headers.AddRange(Texts(Child(body, "as-groups")).Select(group => new KeyValuePair<string, string>("Impersonate-Group", group)));
        if (Child(body, "as-user-extra") is YamlMappingNode extra)
            foreach (var (key, values) in extra.Children)
                headers.AddRange(Texts(values).Select(value => new KeyValuePair<string, string>($"Impersonate-Extra-{Uri.EscapeDataString((key as YamlScalarNode)?.Value ?? "")}", value)));
        return headers;
    }

    // A command with a slash is meant from the file's folder, as kubectl takes it; one without is searched for.
    private static ExecPlugin Plugin(YamlMappingNode body, string folder)
    {
        var command = Text(body, "command") ?? "";
        return new ExecPlugin(
            command.Contains('/', StringComparison.Ordinal) ? Path.Combine(folder, command) : command,
            [.. Texts(Child(body, "args"))],
            [.. Children(body, "env").OfType<YamlMappingNode>().Select(variable => new KeyValuePair<string, string>(Text(variable, "name") ?? "", Text(variable, "value") ?? ""))],
            Text(body, "apiVersion") ?? "client.authentication.k8s.io/v1",
            IsTrue(body, "provideClusterInfo"))
        {
            InstallHint = Text(body, "installHint"),
            NeedsTerminal = Text(body, "interactiveMode") == "Always",
        };
    }

    // Data in the file wins over a path, as with kubectl.
    private static byte[]? Data(YamlMappingNode body, string key, string folder)
    {
        if (Text(body, $"{key}-data") is { Length: > 0 } encoded)
        {
            var bytes = new byte[encoded.Length];
            return Convert.TryFromBase64String(encoded, bytes, out var length) ? bytes[..length] : throw Kubeconfig.Invalid($"its {key}-data is not base64");
        }

        if (Text(body, key) is not { Length: > 0 } path) return null;
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, path));
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

    private static IEnumerable<string> Texts(YamlNode? list) => list is YamlSequenceNode texts ? texts.Children.OfType<YamlScalarNode>().Select(text => text.Value ?? "") : [];

    // Go's YAML takes yes and on for true, too.
    private static bool IsTrue(YamlMappingNode node, string key) => Text(node, key) is { } text && YamlScalar.Resolve(text).Kind == JsonValueKind.True;

    private static IList<YamlNode> Children(YamlMappingNode node, string key) => Child(node, key) is YamlSequenceNode list ? list.Children : [];

    private static YamlNode? Child(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static string? Text(YamlMappingNode node, string key) => Child(node, key) is YamlScalarNode { Value: { Length: > 0 } value } ? value : null;
}
