using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Safety.Tests.Iam;

/// <summary>Nothing stands in a policy that its lines can do without, and what is missing is named.</summary>
[Collection(SandboxBackend.CollectionName)]
public sealed class PolicyGrantTests(SandboxBackend backend) : PolicyTests(backend)
{
    public static TheoryData<string, string, string> Grants
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var policy in Policies.Names)
                foreach (var (sid, action) in Policies.Grants(Policies.Load(policy)))
                    rows.Add(policy, sid, action);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Grants))]
    public async Task An_action_that_is_taken_away_is_missed_by_name(string policy, string sid, string action)
    {
        var rest = Policies.Without(Policies.Load(policy), sid, action);

        Assert.True(await IsMissedAsync(policy, rest, action), $"UNUSED: every line of docs/iam/{policy}.json does without {action} in {sid}.");
    }

    /// <summary>Whether a line complains about an action. One that does not mind must work as ever.</summary>
    private async Task<bool> IsMissedAsync(string policy, JsonObject rest, string action)
    {
        foreach (var line in PolicyLines.All.Where(line => line.Policy == policy))
        {
            await Backend.ResetAsync();
            Session.Set("AWS_ACCESS_KEY_ID", Backend.Variables["AWS_ACCESS_KEY_ID"]);
            var result = await RunAsync(line, await Admin.AccessKeyAsync(rest));
            if (Said(result).Any(text => text.Contains($"may not call {action} ", StringComparison.Ordinal))) return true;
            result.WithoutErrors();
        }

        return false;
    }
}
