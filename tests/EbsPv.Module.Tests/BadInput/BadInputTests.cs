using System.Management.Automation;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using EbsPv.Module.Tests.Scenarios;
using Xunit;

namespace EbsPv.Module.Tests.BadInput;

/// <summary>What every refusal has in common: its id, the thing it is about, something to do, and not one call to a service.</summary>
public abstract class BadInputTests(SandboxBackend backend) : SandboxTests(backend)
{
    /// <summary>The only error of a script that must not reach a service.</summary>
    private protected async Task<ErrorRecord> RefusedAsync(string script, string errorId, string names)
    {
        await Admin.ClearLedgerAsync();

        var result = Session.Run(script);

        var error = result.OnlyError(errorId);
        Assert.Contains(names, error.Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith($"{errorId},EbsPv.PowerShell.Commands.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Empty(await Admin.CountsAsync());
        return error;
    }
}
