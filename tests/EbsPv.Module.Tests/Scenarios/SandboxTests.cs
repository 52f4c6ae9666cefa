using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Tests that need the sandbox's handles: its ledger, its faults, its settings.</summary>
[Collection(SandboxBackend.CollectionName)]
public abstract class SandboxTests(SandboxBackend backend) : ScenarioBase(backend)
{
    protected SandboxAdmin Admin => backend.Admin;

    /// <summary>Members of the set manual-ebs, all in zone b.</summary>
    protected async Task SeedMembersAsync(int count) => await Admin.AddVolumesAsync(new
    {
        count,
        availabilityZones = new[] { IBackend.ZoneB },
        tags = new Dictionary<string, string>
        {
            ["Name"] = "manual-ebs-{n}", ["KubernetesCluster"] = IBackend.Cluster, ["ebspv/set"] = "manual-ebs", ["ebspv/slot"] = $"{IBackend.ZoneB}/{{n}}",
        },
    });

    /// <summary>What a script costs, by "service operation".</summary>
    protected async Task<Dictionary<string, int>> CostAsync(string script)
    {
        await Admin.ClearLedgerAsync();
        Session.Run(script).WithoutErrors();
        return new Dictionary<string, int>(await Admin.CountsAsync());
    }

    /// <summary>That a script cost so much, and nothing else.</summary>
    protected static void AssertCost(Dictionary<string, int> cost, params (string Call, int Times)[] expected) =>
        Assert.Equal(expected.Select(call => $"{call.Call}: {call.Times}"), cost.OrderBy(call => call.Key, StringComparer.Ordinal).Select(call => $"{call.Key}: {call.Value}"));
}
