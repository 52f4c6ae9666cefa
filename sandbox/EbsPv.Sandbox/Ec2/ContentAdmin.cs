using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2;

/// <summary>What is written on volumes, as bytes, below /_sandbox/ec2: PUT replaces, POST appends, GET reads. Of snapshots: GET.</summary>
internal sealed class ContentAdmin(Ec2State state)
{
    private const string Suffix = "content";

    public static bool Serves(PathString rest) => Parse(rest) is not null;

    public Task HandleAsync(HttpContext context, PathString rest)
    {
        var (kind, id) = Parse(rest)!.Value;
        return $"{context.Request.Method} {kind}" switch
        {
            "GET volumes" => SendAsync(context, VolumeContent(id)),
            "PUT volumes" => WriteAsync(context, id, append: false),
            "POST volumes" => WriteAsync(context, id, append: true),
            "GET snapshots" => SendAsync(context, SnapshotContent(id)),
            _ => RefuseAsync(context),
        };
    }

    private static (string Kind, string Id)? Parse(PathString rest) =>
        rest.Value?.Split('/') is ["", var kind, var id, Suffix] ? (kind, id) : null;

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        return Task.CompletedTask;
    }

    private static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> content)
    {
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }

    private async Task WriteAsync(HttpContext context, string volumeId, bool append)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        state.Write(volumeId, body.ToArray(), append);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private ReadOnlyMemory<byte> VolumeContent(string volumeId) =>
        state.FindVolume(volumeId) is { } volume && !volume.IsGone(state.Clock.GetUtcNow())
            ? volume.Content
            : throw Ec2Errors.VolumeNotFound(volumeId);

    private ReadOnlyMemory<byte> SnapshotContent(string snapshotId) =>
        state.Snapshots.Find(KopsCluster.Region, snapshotId)?.Content ?? throw Ec2Errors.SnapshotNotFound(snapshotId);
}
