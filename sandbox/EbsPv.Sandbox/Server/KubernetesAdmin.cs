using EbsPv.Sandbox.Kubernetes;

namespace EbsPv.Sandbox.Server;

/// <summary>The handles for the API server's inside, and for what its cluster does by itself; its objects are made and changed through its own API.</summary>
internal sealed class KubernetesAdmin(SandboxServer server)
{
    public async Task SetAsync(HttpContext context)
    {
        var settings = await AdminJson.ReadAsync<Settings>(context);
        var options = server.KubernetesOptions;
        if (settings.RunBinder is { } run) options.RunBinder = run;
        if (settings.RunProvisioner is { } runs) options.RunProvisioner = runs;
        if (settings.BinderDelay is { } delay) options.BinderDelay = delay;
        if (settings.CustomResources is { } names) options.CustomResources.UnionWith(names);
        if (settings.MaxListPage is { } page) options.MaxListPage = page;
        foreach (var (token, user) in settings.Tokens ?? []) options.Tokens[token] = user;
        if (settings.ServerVersion is { } version)
        {
            // Another release is another server: it begins with the seed.
            options.ServerVersion = version;
            await server.ResetKubernetesAsync();
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Lets nodes fall silent, as when their zone fails, or come back.</summary>
    public async Task SetNodesAsync(HttpContext context)
    {
        var nodes = await AdminJson.ReadAsync<Nodes>(context);
        await AdminJson.WriteAsync(context, new NodeHealth(server.Kubernetes.State).Set(nodes.Names, nodes.Zones, nodes.Ready));
    }

    private sealed record Nodes
    {
        public IReadOnlyList<string> Names { get; init; } = [];

        public IReadOnlyList<string> Zones { get; init; } = [];

        public required bool Ready { get; init; }
    }

    private sealed record Settings
    {
        public string? ServerVersion { get; init; }

        public bool? RunBinder { get; init; }

        public bool? RunProvisioner { get; init; }

        public TimeSpan? BinderDelay { get; init; }

        public int? MaxListPage { get; init; }

        /// <summary>CustomResourceDefinitions to install.</summary>
        public IReadOnlyList<string>? CustomResources { get; init; }

        public Dictionary<string, SandboxUser>? Tokens { get; init; }
    }
}
