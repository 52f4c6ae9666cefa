namespace EbsPv.Sandbox.Server;

/// <summary>One of the two APIs behind the sandbox's ports. It keeps the ledger and plays the faults for its own requests.</summary>
public interface ISandboxApi
{
    Task HandleAsync(HttpContext context);
}
