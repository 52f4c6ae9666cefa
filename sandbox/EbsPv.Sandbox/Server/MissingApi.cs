namespace EbsPv.Sandbox.Server;

/// <summary>Stands where no API was given.</summary>
public sealed class MissingApi : ISandboxApi
{
    public Task HandleAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status501NotImplemented;
        return Task.CompletedTask;
    }
}
