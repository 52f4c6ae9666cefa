using EbsPv.Clients;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>The list in KUBECONFIG, as kubectl reads it.</summary>
[Collection(nameof(EnvironmentTests))]
public class KubeconfigListTests
{
    [Fact]
    public void Files_of_the_list_are_merged_and_missing_ones_left_out()
    {
        using var folder = new TemporaryFolder();
        var one = folder.Write("one", "contexts: [{name: a, context: {cluster: x, user: u}}]");
        var two = folder.Write("two", "current-context: a\ncontexts: [{name: a, context: {cluster: y, user: u}}, {name: b, context: {cluster: z, user: u}}]");
        using var scope = new EnvironmentScope(("KUBECONFIG", string.Join(Path.PathSeparator, "/nowhere/config", one, "", two)));
        var contexts = new Connector().ReadContexts(new KubeOptions());
        Assert.Equal(new KubeContextInfo("a", "x", null), contexts.Current);
        Assert.Equal(["a", "b"], contexts.All.Select(context => context.Name));
    }

    [Fact]
    public void Relative_paths_of_the_list_count_from_the_shell_s_location_and_those_in_a_file_from_the_file()
    {
        using var folder = new TemporaryFolder();
        folder.Write("authority", "no certificate");
        folder.Write("config", "current-context: a\ncontexts: [{name: a, context: {cluster: x, user: u}}]\nclusters: [{name: x, cluster: {server: \"https://127.0.0.1:1\", certificate-authority: authority}}]\nusers: [{name: u, user: {token: t}}]");
        using var scope = new EnvironmentScope(("KUBECONFIG", "nowhere" + Path.PathSeparator + "config"));
        var options = new KubeOptions { Folder = folder.Path };
        Assert.Equal("a", new Connector().ReadContexts(options).Current?.Name);
        Assert.Contains("the certificate authority of 'x' is no PEM", Refusal.Of(ErrorIds.KubeconfigInvalid, () => new Connector().ConnectCluster(options, new Recorder())).Message);
    }

    [Fact]
    public void A_list_without_any_file_is_no_kubeconfig_and_the_error_says_where_it_was_looked_for()
    {
        using var scope = new EnvironmentScope(("KUBECONFIG", string.Join(Path.PathSeparator, "/nowhere/a", "/nowhere/b")));
        Assert.Empty(new Connector().ReadContexts(new KubeOptions()).All);
        var failure = Refusal.Of(ErrorIds.KubeconfigNotFound, () => new Connector().ConnectCluster(new KubeOptions(), new Recorder()));
        Assert.Contains("/nowhere/a, /nowhere/b", failure.Message);
    }

    [Fact]
    public void What_was_typed_replaces_the_list()
    {
        using var folder = new TemporaryFolder();
        var typed = folder.Write("typed", "current-context: t\ncontexts: [{name: t, context: {cluster: t, user: u}}]");
        var listed = folder.Write("listed", "current-context: l\ncontexts: [{name: l, context: {cluster: l, user: u}}]");
        using var scope = new EnvironmentScope(("KUBECONFIG", listed));
        Assert.Equal(["t"], new Connector().ReadContexts(new KubeOptions(Kubeconfig: typed)).All.Select(context => context.Name));
    }
}
