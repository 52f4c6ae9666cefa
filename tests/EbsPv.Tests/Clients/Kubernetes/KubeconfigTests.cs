using System.Text;
using EbsPv.Clients;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Clients.Kubernetes;

public class KubeconfigTests
{
    private const string First = """
        contexts:
        - {name: a, context: {cluster: one, user: me}}
        clusters:
        - {name: one, cluster: {server: 'https://first'}}
        users: [{name: me, user: {token: t}}]
        """;

    private const string Second = """
        current-context: b
        contexts:
        - {name: a, context: {cluster: other, user: other}}
        - {name: b, context: {cluster: one, user: me}}
        clusters: [{name: one, cluster: {server: 'https://second'}}]
        """;

    [Fact]
    public void The_first_file_that_names_a_thing_wins()
    {
        var config = Kubeconfigs.Read(First, Second, "current-context: a");
        Assert.Equal("b", config.CurrentContext);
        Assert.Equal("one", config.Context("a").Cluster);
        Assert.Equal("https://first", config.Cluster(config.Context(null)).Server);
    }

    [Fact]
    public void Empty_files_add_nothing() => Assert.Equal("a", Kubeconfigs.Read("", "# only a comment\n", "---\n", First).Context("a").Name);

    [Fact]
    public void Paths_are_meant_from_the_folder_of_their_file()
    {
        using var folder = new TemporaryFolder();
        folder.Write("pki/ca.crt", "authority");
        folder.Write("pki/me.crt", "certificate");
        folder.Write("pki/me.key", "key");
        var path = folder.Write("config", Kubeconfigs.Text(
            "https://x", "certificate-authority: pki/ca.crt", "client-certificate: pki/me.crt\nclient-key: pki/me.key\ntokenFile: token\nexec: {command: bin/get-token}"));
        var config = Kubeconfigs.Load(path)!;
        var user = config.User(config.Context(null));
        Assert.Equal("authority", Encoding.ASCII.GetString(config.Cluster(config.Context(null)).CertificateAuthority!));
        Assert.Equal(("certificate", "key"), (Encoding.ASCII.GetString(user.ClientCertificate!), Encoding.ASCII.GetString(user.ClientKey!)));
        Assert.Equal(Path.Combine(folder.Path, "token"), user.TokenFile);
        Assert.Equal(Path.Combine(folder.Path, "bin/get-token"), user.Exec!.Command);
    }

    [Fact]
    public void Data_in_the_file_wins_over_a_path_also_in_several_lines()
    {
        var data = Convert.ToBase64String("from data"u8).Insert(4, "\n      ");
        var config = Kubeconfigs.Read(Kubeconfigs.Text("https://x", $"certificate-authority: /nowhere\ncertificate-authority-data: |\n      {data}"));
        Assert.Equal("from data"u8, config.Cluster(config.Context(null)).CertificateAuthority!);
    }

    [Theory]
    [InlineData("certificate-authority-data: '*canary*'")]
    [InlineData("certificate-authority-data: Y2FuYXJ")]
    public void What_is_not_base64_is_refused_without_showing_it(string line) => AssertInvalid(Kubeconfigs.Text("https://x", line), "certificate-authority-data");

    [Fact]
    public void A_file_that_is_named_and_not_there_is_refused_where_it_is_used()
    {
        // Kubeconfigs keep contexts of clusters that are gone, with their files.
        var config = Kubeconfigs.Read(Kubeconfigs.Text("https://x", "certificate-authority: nowhere/ca.crt", "client-certificate: nowhere/me.crt\nclient-key: nowhere/me.key"));
        Assert.Equal("ctx", config.Describe(null).Current!.Name);
        Assert.Contains("certificate-authority cannot be read", Refusal.Of(ErrorIds.KubeconfigInvalid, () => config.Cluster(config.Context(null))).Message);
        Assert.Contains("client-certificate cannot be read", Refusal.Of(ErrorIds.KubeconfigInvalid, () => config.User(config.Context(null))).Message);
    }

    [Theory]
    [InlineData("exec: {command: aws, args: [--region, eu-west-1, eks, get-token, --cluster-name, shop]}", "shop", "eu-west-1")]
    [InlineData("exec: {command: aws, args: [eks, get-token, --cluster-name=shop, --region=eu-west-1]}", "shop", "eu-west-1")]
    [InlineData("exec: {command: aws, args: [eks, get-token, --cluster-name, shop]}", "shop", null)]
    [InlineData("exec: {command: aws, args: [eks, get-token, --cluster-name]}", "cluster.local", null)]
    [InlineData("exec: {command: /usr/local/bin/aws-iam-authenticator, args: [token, -i, shop]}", "shop", null)]
    [InlineData("exec: {command: aws-iam-authenticator.exe, args: [token, --cluster-id=shop, --region, eu-west-1]}", "shop", "eu-west-1")]
    [InlineData("exec: {command: get-token, args: [-i, file]}", "cluster.local", null)]
    [InlineData("token: t", "cluster.local", null)]
    public void An_EKS_cluster_is_named_by_the_command_s_arguments(string user, string name, string? region) =>
        Assert.Equal(new KubeContextInfo("ctx", name, region), Kubeconfigs.Read(Kubeconfigs.Text("https://x", "", user)).Describe(null).Current);

    [Theory]
    [InlineData("arn:aws:eks:eu-west-1:123456789012:cluster/shop", "shop", "eu-west-1")]
    [InlineData("arn:aws-cn:eks:cn-north-1:123456789012:cluster/shop", "shop", "cn-north-1")]
    [InlineData("arn:aws:ecs:eu-west-1:123456789012:cluster/shop", "arn:aws:ecs:eu-west-1:123456789012:cluster/shop", null)]
    [InlineData("proyecto.k8s.local", "proyecto.k8s.local", null)]
    public void Else_by_its_ARN_and_any_other_by_the_context_s_cluster(string cluster, string name, string? region)
    {
        var config = Kubeconfigs.Read($"current-context: c\ncontexts: [{{name: c, context: {{cluster: '{cluster}', user: u}}}}]");
        Assert.Equal(new KubeContextInfo("c", name, region), config.Describe(null).Current);
    }

    [Fact]
    public void A_command_that_names_no_region_leaves_it_to_the_ARN()
    {
        var config = Kubeconfigs.Read(Kubeconfigs.Text("https://x", "", "exec: {command: aws-iam-authenticator, args: [token, -i, shop]}")
            .Replace("cluster.local", "'arn:aws:eks:eu-west-1:123456789012:cluster/other'"));
        Assert.Equal(new KubeContextInfo("ctx", "shop", "eu-west-1"), config.Describe(null).Current);
    }

    [Theory]
    [InlineData(", namespace: shop", "shop")]
    [InlineData(", namespace: ''", null)]
    [InlineData("", null)]
    public void The_namespace_is_the_context_s(string line, string? expected)
    {
        var config = Kubeconfigs.Read($"current-context: c\ncontexts: [{{name: c, context: {{cluster: x, user: u{line}}}}}]");
        Assert.Equal(expected, config.Describe(null).Current!.Namespace);
    }

    [Fact]
    public void All_contexts_are_told_and_one_may_be_asked_for()
    {
        var config = Kubeconfigs.Read(First, Second);
        Assert.Equal(["a", "b"], config.Describe(null).All.Select(context => context.Name));
        Assert.Equal("a", config.Describe("a").Current!.Name);
        Assert.Contains("a, b", Refusal.Of(ErrorIds.ContextMissing, () => config.Describe("c")).RecommendedAction);
    }

    [Fact]
    public void No_current_context_is_an_error_only_for_who_needs_one()
    {
        var config = Kubeconfigs.Read(First);
        Assert.Null(config.Describe(null).Current);
        Refusal.Of(ErrorIds.ContextMissing, () => config.Context(null));
        Assert.Null(Kubeconfigs.Read(First, "current-context: gone").Describe(null).Current);
    }

    [Fact]
    public void A_context_whose_cluster_or_user_is_missing_is_an_error()
    {
        var config = Kubeconfigs.Read("current-context: c\ncontexts: [{name: c, context: {cluster: x, user: y}}]");
        Refusal.Of(ErrorIds.KubeconfigInvalid, () => config.Cluster(config.Context(null)));
        Refusal.Of(ErrorIds.CredentialMissing, () => config.User(config.Context(null)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{client-key-data: a2V5}")]
    [InlineData("{token: ''}")]
    public void A_user_without_credentials_is_an_error(string user)
    {
        var config = Kubeconfigs.Read($"current-context: c\ncontexts: [{{name: c, context: {{cluster: x, user: y}}}}]\nusers: [{{name: y, user: {user}}}]");
        Refusal.Of(ErrorIds.CredentialMissing, () => config.User(config.Context(null)));
    }

    [Fact]
    public void A_user_says_nothing_of_its_secrets()
    {
        var config = Kubeconfigs.Read(Kubeconfigs.Text("https://x", "", "token: canary\nusername: u\npassword: canary"));
        Assert.Equal("me", config.User(config.Context(null)).ToString());
    }

    [Fact]
    public void A_kubeconfig_that_was_named_must_be_there()
    {
        Refusal.Of(ErrorIds.KubeconfigNotFound, () => Kubeconfigs.Load("/nowhere/config"));
        Assert.Contains("is a directory", Refusal.Of(ErrorIds.KubeconfigInvalid, () => Kubeconfigs.Load(Path.GetTempPath())).Message);
        Refusal.Of(ErrorIds.KubeconfigNotFound, () => new Connector().ConnectCluster(new KubeOptions(Kubeconfig: "/nowhere/config"), new Recorder()));
    }

    [Theory]
    [InlineData("ftp://x", ErrorIds.KubeconfigInvalid)]
    [InlineData("x:6443", ErrorIds.KubeconfigInvalid)]
    [InlineData("''", ErrorIds.KubeconfigInvalid)]
    [InlineData("http://10.0.0.1:8080", ErrorIds.EndpointPlainText)]
    public void A_server_is_https_or_this_machine(string server, string errorId)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("config", Kubeconfigs.Text(server));
        Refusal.Of(errorId, () => new Connector().ConnectCluster(new KubeOptions(Kubeconfig: path), new Recorder()));
    }

    [Theory]
    [InlineData("contexts", "context: {cluster: x, user: y}", ErrorIds.ContextAmbiguous)]
    [InlineData("clusters", "cluster: {server: 'https://canary'}", ErrorIds.KubeconfigInvalid)]
    [InlineData("users", "user: {token: canary}", ErrorIds.KubeconfigInvalid)]
    public void Two_of_one_name_in_one_file_are_a_mistake(string list, string body, string errorId)
    {
        var refusal = Refusal.Of(errorId, () => Kubeconfigs.Read($"{list}:\n- {{name: twin, {body}}}\n- {{name: twin, {body}}}\n"));
        Assert.Contains($"two contexts called 'twin'".Replace("contexts", list), refusal.Message);
        Recorder.AssertNoSecretIn(refusal);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("yes", true)]
    [InlineData("false", false)]
    [InlineData("'no'", false)]
    public void A_switch_is_read_as_kubectl_s_YAML_reads_it(string value, bool on)
    {
        var config = Kubeconfigs.Read(Kubeconfigs.Text("https://x", $"insecure-skip-tls-verify: {value}", $"exec: {{command: a, provideClusterInfo: {value}}}"));
        Assert.Equal(on, config.Cluster(config.Context(null)).SkipTlsVerify);
        Assert.Equal(on, config.User(config.Context(null)).Exec!.ProvideClusterInfo);
    }

    [Fact]
    public void What_a_cluster_tells_commands_is_read_from_its_extension()
    {
        const string Extensions = """
            extensions:
            - {name: other, extension: {a: b}}
            - name: client.authentication.k8s.io/exec
              extension: {audience: shop, port: 6443, on: true, quoted: "1", list: [a, null]}
            """;
        var config = Kubeconfigs.Read(Kubeconfigs.Text("https://x", Extensions.ReplaceLineEndings("\n")));
        Assert.Equal("""{"audience":"shop","port":6443,"on":true,"quoted":"1","list":["a",null]}""", config.Cluster(config.Context(null)).ExecConfig);
    }

    [Fact]
    public void What_is_null_is_absent()
    {
        // As kubectl config set-credentials writes it.
        var user = Kubeconfigs.Read(Kubeconfigs.Text("https://x", "tls-server-name: null\nproxy-url: ~", "token: null\nexec: {command: a, args: null, env: null, installHint: null, interactiveMode: null, provideClusterInfo: false}"));
        var (cluster, me) = (user.Cluster(user.Context(null)), user.User(user.Context(null)));
        Assert.Equal((null, null, null, null), (cluster.TlsServerName, cluster.ProxyUrl, me.Token, me.Exec!.InstallHint));
        Assert.Empty(me.Exec.Arguments.Concat(me.Exec.Environment.Select(variable => variable.Key)));
    }

    [Theory]
    [InlineData("server: [canary]", "server is no text")]
    [InlineData("extensions: canary", "extensions is no list")]
    [InlineData("extensions: [{name: client.authentication.k8s.io/exec, extension: {[canary]: b}}]", "name in its extension")]
    public void What_stands_in_the_wrong_form_is_told_with_its_place(string line, string names) =>
        AssertInvalid($"clusters:\n- name: c\n  cluster: {{{line}}}", $"{names}");

    [Fact]
    public void A_manifest_in_place_of_a_kubeconfig_is_told()
    {
        var refusal = Refusal.Of(ErrorIds.KubeconfigInvalid, () => Kubeconfigs.Read("apiVersion: v1\nkind: PersistentVolume"));
        Assert.Contains("is a PersistentVolume of v1, and no kubeconfig", refusal.Message);
    }

    [Fact]
    public void A_command_says_how_it_is_installed_and_whether_it_asks_something()
    {
        var exec = Kubeconfigs.Read(Kubeconfigs.Text("https://x", "", "exec: {command: a, installHint: brew install a, interactiveMode: Always}"));
        var plugin = exec.User(exec.Context(null)).Exec!;
        Assert.Equal(("brew install a", true, "client.authentication.k8s.io/v1"), (plugin.InstallHint, plugin.NeedsTerminal, plugin.ApiVersion));
    }

    [Fact]
    public void An_auth_provider_is_named_as_what_is_missing()
    {
        var config = Kubeconfigs.Read(Kubeconfigs.Text("https://x", "", "auth-provider: {name: gcp, config: {access-token: canary}}"));
        var refusal = Refusal.Of(ErrorIds.CredentialMissing, () => config.User(config.Context(null)));
        Assert.Contains("auth-provider 'gcp'", refusal.Message);
        Recorder.AssertNoSecretIn(refusal);
    }

    private static void AssertInvalid(string text, string names)
    {
        var refusal = Refusal.Of(ErrorIds.KubeconfigInvalid, () => Kubeconfigs.Read(text));
        Assert.Contains(names, refusal.Message);
        Recorder.AssertNoSecretIn(refusal);
    }
}
