using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using EbsPv.Module.Tests.Rbac;
using Xunit;

namespace EbsPv.Safety.Tests.Rbac;

/// <summary>Nothing stands in a role that its lines can do without, and what is missing is named.</summary>
[Collection(SandboxBackend.CollectionName)]
public sealed class GrantTests(SandboxBackend backend) : RoleTests(backend)
{
    public static TheoryData<string, string, string> Grants
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var role in ClusterRoles.Names)
                foreach (var (verb, resource) in ClusterRoles.Grants(ClusterRoles.Load(role)))
                    rows.Add(role, verb, resource);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Grants))]
    public async Task A_grant_that_is_taken_away_is_missed_by_name(string role, string verb, string resource)
    {
        var complaint = await ComplaintAsync(role, verb, resource);

        Assert.True(complaint is not null, $"UNUSED: every line of docs/rbac/{role}.yaml does without {verb} on {resource}.");
    }

    /// <summary>What the lines of a role say when it lacks a grant; null when none of them minds.</summary>
    private async Task<string?> ComplaintAsync(string role, string verb, string resource)
    {
        var rest = ClusterRoles.Without(ClusterRoles.Load(role), verb, resource);
        foreach (var line in RoleLines.All.Where(line => line.Role == role))
        {
            await backend.ResetAsync();
            Session.Set("KUBECONFIG", Backend.Variables["KUBECONFIG"]);
            if (line.LosesAnswerOf is { } write) await backend.Admin.AddFaultAsync(new { kind = "ErrorAfter", operation = write, status = 504, code = "Timeout" });
            var result = await RunAsync(line, await backend.KubeconfigAsync(rest));
            var said = result.Errors.Select(error => error.Exception.Message).Concat(result.Warnings);
            if (said.FirstOrDefault(text => IsAbout(text, verb, resource)) is { } complaint) return complaint;
            Assert.Equal(line.Errors, result.Errors.Select(ScriptResult.Id).Where(id => id != line.MayWaitInVain));
        }

        return null;
    }

    private static bool IsAbout(string text, string verb, string resource) =>
        text.Contains($"refused to {verb} {resource}", StringComparison.Ordinal) && text.Contains($"cannot {verb} resource \"{resource}\"", StringComparison.Ordinal);
}
