using EbsPv.Sandbox.Kubernetes;

namespace EbsPv.Sandbox.Server;

/// <summary>The handle for the API server's inside; its objects are made and changed through its own API.</summary>
internal sealed class KubernetesAdmin(SandboxServer server)
{
    public async Task HandleAsync(HttpContext context)
    {
        var settings = await AdminJson.ReadAsync<Settings>(context);
        var options = server.KubernetesOptions;
        if (settings.RunBinder is { } run) options.RunBinder = run;
        if (settings.RunProvisioner is { } runs) options.RunProvisioner = runs;
        if (settings.BinderDelay is { } delay) options.BinderDelay = delay;
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

    private sealed record Settings
    {
        public string? ServerVersion { get; init; }

        public bool? RunBinder { get; init; }

        public bool? RunProvisioner { get; init; }

        public TimeSpan? BinderDelay { get; init; }

        public int? MaxListPage { get; init; }

        public Dictionary<string, SandboxUser>? Tokens { get; init; }
    }
}
