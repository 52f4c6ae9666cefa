using System.Text;
using System.Text.Json.Nodes;
using EbsPv.Clients.Kubernetes;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>What lists of kubeconfig files say together, beside what kubectl on this machine takes from them.</summary>
[Collection(nameof(EnvironmentTests))]
public sealed class KubeconfigBesideKubectlTests : IDisposable
{
    private const string One = """
        contexts: [{name: x, context: {cluster: c, user: u}}]
        clusters: [{name: c, cluster: {server: 'https://one'}}]
        users: [{name: u, user: {token: one}}]

        """;

    private const string Two = """
        current-context: x
        contexts: [{name: x, context: {cluster: d, user: v, namespace: two}}, {name: z, context: {cluster: c, user: u}}]
        clusters: [{name: c, cluster: {server: 'https://two', tls-server-name: two}}, {name: d, cluster: {server: 'https://d'}}]
        users: [{name: u, user: {token: two, username: two}}, {name: v, user: {token: v}}]

        """;

    private const string Folder = "a folder", Missing = "a file that is not there";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string[]> Lists => new()
    {
        { "the first one wins, whole", [One, Two] },
        { "in the other order too", [Two, One] },
        { "the first current context", ["current-context: z", Two, One] },
        { "an empty current context is none", ["current-context: ''", Two, One] },
        { "a current context that nobody has", ["current-context: gone", Two, One] },
        { "an empty file", ["", Two] },
        { "only comments", ["# nothing\n---\n", Two] },
        { "a missing file", [Missing, Two] },
        { "a folder among the files", [Folder, Two] },
        { "a folder behind the files", [Two, Folder] },
        { "a broken file behind a good one", [Two, "a: ["] },
        { "a text", ["text", Two] },
        { "a list", ["- a", Two] },
        { "null", ["null", Two] },
        { "an entry without a body", ["users: [{name: v}]", Two] },
        { "an entry whose body is null", ["clusters: [{name: d, cluster: null}]", Two] },
        { "an entry whose body is a text", ["clusters: [{name: d, cluster: text}]", Two] },
        { "an entry that is a text", ["clusters: [text]", Two] },
        { "entries that are null", ["clusters: [null, ~]", Two] },
        { "entries in a mapping", ["contexts: {}", Two] },
        { "entries that are none", ["contexts: null\nclusters:\nusers: []", Two] },
        { "another kind", ["kind: Secret\napiVersion: v1", Two] },
        { "another version", ["kind: Config\napiVersion: v2", Two] },
        { "a version alone", ["apiVersion: v1", Two] },
        { "a kind alone", ["kind: Config", Two] },
        { "JSON", [JsonOf(One), Two] },
        { "a second document", ["current-context: z\n---\ncurrent-context: y\n", Two] },
        { "keys of another case", ["Current-Context: z", Two] },
        { "keys that it does not know", ["current-context: z\nother: {a: [1]}\npreferences: {colors: true}", Two] },
        { "twins", [Two, "users: [{name: t, user: {token: a}}, {name: t, user: {token: b}}]"] },
        { "a certificate that is missing for another user", [Two, "users: [{name: t, user: {client-certificate: nowhere, client-key: nowhere}}]\nclusters: [{name: t, cluster: {certificate-authority: nowhere}}]"] },
        { "data that is not base64 for another user", [Two, "users: [{name: t, user: {client-key-data: '*'}}]"] },
        { "a mark of byte order", ["\uFEFFcurrent-context: z", Two] },
        { "tabs", ["a:\n\tb: 1", Two] },
        { "texts that are null", ["current-context: null\nusers: [{name: v, user: {token: ~, tokenFile: null, exec: null, auth-provider: null}}]\nclusters: [{name: d, cluster: {server: 'https://n', tls-server-name: null, extensions: null}}]", Two] },
        { "a text that is a list", ["clusters: [{name: d, cluster: {server: ['https://n']}}]", Two] },
        { "a mapping that is a text", ["users: [{name: v, user: {exec: aws}}]", Two] },
        { "a list that is a text", ["users: [{name: v, user: {token: t, as-groups: dev}}]", Two] },
        { "a name that is null", ["users: [{name: null, user: {token: t}}]", Two] },
        { "a name in two lines", ["current-context: >-\n  z\n", Two] },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_is_read_as_kubectl_reads_it(string what, string[] files)
    {
        var list = string.Join(Path.PathSeparator, files.Select(Written));
        var theirs = await TheirsAsync(list);
        using var scope = new EnvironmentScope(("KUBECONFIG", list));
        Assert.True(theirs == Ours(), $"{what}: kubectl says {theirs}, we {Ours()}");
    }

    private string Written(string text, int number) => text switch
    {
        Folder => _folder.Path,
        Missing => "/nowhere/config",
        _ => _folder.Write($"config{number}", Encoding.UTF8.GetBytes(text)),
    };

    private static string JsonOf(string yaml) => new JsonObject { ["current-context"] = "x", ["contexts"] = new JsonArray(), ["note"] = yaml }.ToJsonString();

    private static async Task<string> TheirsAsync(string list)
    {
        var (exitCode, output, error) = await Kubectl.RunAsync(["config", "view", "--raw", "--minify", "-o", "json"], list);
        if (exitCode != 0) return error.Length > 0 ? "refused" : throw new InvalidOperationException(output);
        var seen = JsonNode.Parse(output)!;
        var (context, cluster, user) = (seen["contexts"]![0]!, seen["clusters"]![0]!, seen["users"]![0]!);
        return Told($"{context["name"]}", $"{context["context"]!["namespace"]}", $"{cluster["cluster"]!["server"]}", $"{cluster["cluster"]!["tls-server-name"]}", $"{user["user"]!["token"]}");
    }

    private static string Ours()
    {
        try
        {
            var config = KubeconfigLocator.Load(new KubeOptions())!;
            var context = config.Context(null);
            var cluster = config.Cluster(context);
            return Told(context.Name, context.Namespace, cluster.Server, cluster.TlsServerName, Token(config, context));
        }
        catch (EbsPvException)
        {
            return "refused";
        }
    }

    // kubectl finds out only at the server that its user has no credentials.
    private static string? Token(Kubeconfig config, KubeconfigContext context)
    {
        try
        {
            return config.User(context).Token;
        }
        catch (EbsPvException lacking) when (lacking.ErrorId == ErrorIds.CredentialMissing)
        {
            return null;
        }
    }

    private static string Told(params string?[] parts) => string.Join('|', parts.Select(part => part ?? ""));
}
