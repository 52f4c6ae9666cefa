using EbsPv.Module.Tests.Backends;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Tests that need the sandbox's handles: its ledger, its faults, its settings.</summary>
[Xunit.Collection(SandboxBackend.CollectionName)]
public abstract class SandboxTests(SandboxBackend backend) : ScenarioBase(backend)
{
    protected SandboxAdmin Admin => backend.Admin;

    /// <summary>What a script costs, by "service operation".</summary>
    protected async Task<Dictionary<string, int>> CostAsync(string script)
    {
        await Admin.ClearLedgerAsync();
        Session.Run(script).WithoutErrors();
        return new Dictionary<string, int>(await Admin.CountsAsync());
    }
}
