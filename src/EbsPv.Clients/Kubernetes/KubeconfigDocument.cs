using System.Text;
using EbsPv.Defaults;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EbsPv.Clients.Kubernetes;

/// <summary>The tree of one kubeconfig file, read with bounds: a file of others must not cost more than a file of ours.</summary>
internal sealed class KubeconfigDocument(Stream stream, string path)
{
    /// <summary>Bytes of one file.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private const int MaxDepth = 64;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Parser events that were taken.</summary>
    public int Events { get; private set; }

    /// <summary>Its tree; null for an empty file, which kubectl allows.</summary>
    /// <exception cref="Errors.EbsPvException">KubeconfigInvalid.</exception>
    public KubeconfigNode? Read()
    {
        try
        {
            var root = Root();
            return root is null ? null : Kubeconfig(root);
        }
        catch (YamlException wrong)
        {
            // The text around the mistake may be a token: only its place is told.
            throw Invalid($"is no valid YAML at line {wrong.Start.Line}");
        }
        catch (DecoderFallbackException)
        {
            throw Invalid("is no UTF-8");
        }
    }

    private YamlNode? Root()
    {
        using var text = new StreamReader(Bytes(), StrictUtf8);
        var parser = new BoundedParser(new Parser(text), MaxDepth);
        var yaml = new YamlStream();
        try
        {
            yaml.Load(parser);
        }
        catch (ArgumentException lost)
        {
            // The library does not expect every order of events that its own parser makes of a malformed file.
            var here = parser.Current?.Start ?? Mark.Empty;
            throw new YamlException(here, here, "What is there makes no tree.", lost);
        }
        finally
        {
            Events = parser.Events;
        }

        return yaml.Documents.Count == 0 ? null : yaml.Documents[0].RootNode;
    }

    // Counted as they come: a pipe and a device have no length.
    private MemoryStream Bytes()
    {
        var all = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (stream.Read(buffer) is > 0 and var count)
        {
            all.Write(buffer, 0, count);
            if (all.Length > MaxBytes) throw Invalid($"has more than {MaxBytes / 1024 / 1024} MB");
        }

        all.Position = 0;
        return all;
    }

    // A token, a list or a manifest in place of a kubeconfig is a mistake.
    private KubeconfigNode? Kubeconfig(YamlNode root)
    {
        if (KubeconfigNode.IsNull(root)) return null;
        if (root is not YamlMappingNode mapping) throw Invalid("is YAML, and no kubeconfig");
        var node = new KubeconfigNode(mapping, path);
        var (kind, version) = (node.Text("kind") ?? "Config", node.Text("apiVersion") ?? "v1");
        return (kind, version) == ("Config", "v1") ? node : throw Invalid($"is a {Escaped.Text(kind)} of {Escaped.Text(version)}, and no kubeconfig (a Config of v1)");
    }

    private Errors.EbsPvException Invalid(string what) => Kubernetes.Kubeconfig.Invalid($"{path} {what}");
}
