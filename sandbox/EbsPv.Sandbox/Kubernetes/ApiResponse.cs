using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EbsPv.Sandbox.Server;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>A complete answer, so that it can be thrown away after the work is done.</summary>
public sealed record ApiResponse(int Status, byte[] Body)
{
    internal static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string ContentType { get; init; } = "application/json";

    /// <summary>Kubernetes' reason when it went wrong, for the ledger.</summary>
    public string? Reason { get; init; }

    public int? RetryAfter { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public static ApiResponse Json(int status, JsonNode body) => new(status, Bytes(body));

    public static ApiResponse Text(int status, string text) =>
        new(status, System.Text.Encoding.UTF8.GetBytes(text)) { ContentType = "text/plain; charset=utf-8" };

    public static ApiResponse Failure(ApiStatus status) => Json(status.Code, status.ToJson()) with
    {
        Reason = status.Reason.Length > 0 ? status.Reason : "Unknown",
        RetryAfter = status.RetryAfter,
    };

    public static byte[] Bytes(JsonNode node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Compact)) node.WriteTo(writer);
        return stream.ToArray();
    }

    public Task SendAsync(HttpContext context) => SendAsync(context, Body.Length);

    /// <summary>As if the rest of it were to follow.</summary>
    public async Task SendHalfAsync(HttpContext context)
    {
        await SendAsync(context, Body.Length / 2);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        throw new AnswerCutException();
    }

    private async Task SendAsync(HttpContext context, int bytes)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = ContentType;
        context.Response.ContentLength = Body.Length;
        if (RetryAfter is { } seconds) context.Response.Headers.RetryAfter = $"{seconds}";
        foreach (var warning in Warnings)
            context.Response.Headers.Append("Warning", $"299 - \"{Quoted(warning)}\"");
        await context.Response.Body.WriteAsync(Body.AsMemory(0, bytes), context.RequestAborted);
    }

    private static string Quoted(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
