using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Safety.Tests.Rbac;

/// <summary>Each line does its work with its role alone, and without it says which role it needs.</summary>
public abstract class RoleLineTests(IBackend backend) : RoleTests(backend)
{
    public static TheoryData<int, string> Lines => RoleLines.Rows;

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_line_needs_no_more_than_its_role(int index, string line)
    {
        var one = RoleLines.All[index];

        var result = await RunAsync(one, await Backend.KubeconfigAsync(one.Role));

        Assert.Equal(one.Errors, result.Errors.Select(ScriptResult.Id).Where(id => id != one.MayWaitInVain));
        Assert.DoesNotContain(result.Warnings, warning => warning.Contains("forbidden", StringComparison.Ordinal));
        Assert.True(result.Output.Count > 0 || one.Errors.Count > 0, line);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Without_any_role_a_line_does_nothing_and_names_the_file_to_apply(int index, string line)
    {
        var one = RoleLines.All[index];

        var result = await RunAsync(one, await Backend.KubeconfigAsync(null));

        Assert.Empty(result.Output);
        Assert.True(result.Errors.Count > 0, line);
        Assert.All(result.Errors, error =>
        {
            Assert.Matches(@"User ""ebspv-nobody"" cannot \w+ resource ""\w+"" in API group ""[a-z0-9.]*"" (at the cluster scope|in the namespace ""\w+"")", error.Exception.Message);
            Assert.Matches(@"verb \w+ on \w+ of the API group ""[a-z0-9.]*"" in", error.ErrorDetails.RecommendedAction);
            Assert.Contains($"kubectl apply -f docs/rbac/{one.Role}.yaml", error.ErrorDetails.RecommendedAction);
        });
    }

    [Fact]
    public async Task The_error_holds_the_server_s_own_words_and_the_next_step()
    {
        Session.Set("KUBECONFIG", await Backend.KubeconfigAsync(null));

        var error = Session.Run("'vol-0aaaaaaaaaaaaaaa1' | Register-EbsPersistentVolume -AvailabilityZone eu-west-1b -Size 10").OnlyError("KubePermissionDenied");

        Assert.Equal(
            $"The kube context '{IBackend.Cluster}' refused to list persistentvolumes: persistentvolumes is forbidden: "
            + "User \"ebspv-nobody\" cannot list resource \"persistentvolumes\" in API group \"\" at the cluster scope.",
            error.Exception.Message);
        Assert.Equal(
            "Allow the verb list on persistentvolumes of the API group \"\" in a ClusterRole of the user. Run by an administrator, this allows all that the "
            + "cmdlet needs: kubectl apply -f docs/rbac/register.yaml && kubectl create clusterrolebinding ebspv-register-NAME --clusterrole=ebspv-register "
            + $"--user=NAME (who else can be named: docs/guides/rbac.md). kubectl --context {IBackend.Cluster} auth can-i list persistentvolumes tells whether it is allowed.",
            error.ErrorDetails.RecommendedAction);
    }
}
