using EbsPv.Sandbox.Ec2;

namespace EbsPv.Sandbox.Server;

/// <summary>The handles for tests whose sandbox is a process of its own: ledger, faults, clock, and EC2's inside.</summary>
public sealed class AdminApi(SandboxServer server)
{
    public const string Path = "/_sandbox";

    private readonly Ec2Admin _ec2 = new(server.Ec2);
    private readonly KubernetesAdmin _kubernetes = new(server);

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context);
        }
        catch (Exception error) when (error is BadHttpRequestException or System.Text.Json.JsonException or ArgumentException
            or Ec2.Protocol.Ec2Exception or NotSupportedException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await AdminJson.WriteAsync(context, new { error = error.Message });
        }
    }

    private Task RouteAsync(HttpContext context)
    {
        var route = $"{context.Request.Method} {context.Request.Path.Value![Path.Length..]}";
        return route switch
        {
            "GET /ledger" => AdminJson.WriteAsync(context, server.Ledger.Calls),
            "DELETE /ledger" => DoAsync(context, server.Ledger.Clear),
            "GET /counts" => AdminJson.WriteAsync(context, server.Ledger.Counts),
            "GET /faults" => AdminJson.WriteAsync(context, server.Faults.Played.Select(Show)),
            "POST /faults" => AddFaultAsync(context),
            "POST /faults/release" => ReleaseAsync(context),
            "DELETE /faults" => DoAsync(context, server.Faults.Clear),
            "GET /clock" => WriteClockAsync(context),
            "POST /clock" => SetClockAsync(context),
            "POST /reset" => ResetAsync(context),
            "GET /kubernetes" => AdminJson.WriteAsync(context, new { watchers = server.Kubernetes.State.WatcherCount }),
            "POST /kubernetes/settings" => _kubernetes.SetAsync(context),
            "POST /kubernetes/nodes" => _kubernetes.SetNodesAsync(context),
            _ when context.Request.Path.StartsWithSegments(Path + "/ec2", out var rest) => _ec2.HandleAsync(context, rest),
            _ => DoAsync(context, () => context.Response.StatusCode = StatusCodes.Status404NotFound),
        };
    }

    private static Task DoAsync(HttpContext context, Action action)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        action();
        return Task.CompletedTask;
    }

    private async Task ResetAsync(HttpContext context)
    {
        await server.ResetAsync();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task AddFaultAsync(HttpContext context)
    {
        var fault = await AdminJson.ReadAsync<Fault>(context);
        await DoAsync(context, () => server.Faults.Add(fault));
    }

    private async Task ReleaseAsync(HttpContext context)
    {
        var which = await AdminJson.ReadAsync<FaultName>(context);
        await DoAsync(context, () => server.Faults.Release(which.Name));
    }

    private static object Show(FaultTurn turn) => new { turn.Fault.Name, turn.Kind, turn.Operation, turn.Target, turn.IsHeld };

    private async Task SetClockAsync(HttpContext context)
    {
        var change = await AdminJson.ReadAsync<ClockChange>(context);
        if (change.Scale is { } scale) server.Clock.Scale = scale;
        if (change.AdvanceSeconds is { } seconds) server.Clock.Advance(TimeSpan.FromSeconds(seconds));
        await WriteClockAsync(context);
    }

    private Task WriteClockAsync(HttpContext context) =>
        AdminJson.WriteAsync(context, new { now = server.Clock.GetUtcNow(), scale = server.Clock.Scale });

    private sealed record FaultName(string? Name);

    private sealed record ClockChange(double? Scale, double? AdvanceSeconds);
}
