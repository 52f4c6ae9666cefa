using System.Management.Automation;
using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Safety.Tests.Iam;

/// <summary>Each line does its work with its policy alone, and without it says which policy it needs.</summary>
[Collection(SandboxBackend.CollectionName)]
public sealed class PolicyLineTests(SandboxBackend backend) : PolicyTests(backend)
{
    public static TheoryData<int, string> Lines => PolicyLines.Rows;

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_line_needs_no_more_than_its_policy(int index, string line)
    {
        var one = PolicyLines.All[index];

        var result = (await RunAsync(one, await Admin.AccessKeyAsync(Policies.Load(one.Policy)))).WithoutErrors();

        Assert.DoesNotContain(Said(result), text => text.Contains("may not call", StringComparison.Ordinal));
        Assert.True(result.Output.Count > 0, line);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Without_any_policy_a_line_does_nothing_and_names_the_file_to_apply(int index, string line)
    {
        var one = PolicyLines.All[index];

        var result = await RunAsync(one, await Admin.AccessKeyAsync());

        Assert.Empty(result.Output);
        Assert.True(result.Errors.Count > 0, line);
        Assert.All(result.Errors, error =>
        {
            Assert.Equal(ErrorCategory.PermissionDenied, error.CategoryInfo.Category);
            Assert.Matches(@"The credentials may not call ec2:\w+ in eu-west-1\.", error.Exception.Message);
            Assert.Contains($"docs/iam/{one.Policy}.json", error.ErrorDetails.RecommendedAction);
        });
        Assert.DoesNotContain(await Admin.CallsAsync(), call => call.Service == "ec2" && call.Status == 200 && !call.Operation.StartsWith("Describe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_error_names_the_resource_the_call_and_the_next_step()
    {
        Session.Set("AWS_ACCESS_KEY_ID", await Admin.AccessKeyAsync(Policies.Without(Policies.Load("create"), "TagThemAsTheyAreMade", "ec2:CreateTags")));

        var error = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10").OnlyError("AwsPermissionDenied");

        Assert.Matches(
            @"^The credentials may not call ec2:CreateTags on arn:aws:ec2:eu-west-1:123456789012:volume/\* in eu-west-1, which CreateVolume needs\. \[request [0-9a-f-]+\]$",
            error.Exception.Message);
        Assert.Equal(
            "Allow ec2:CreateTags on arn:aws:ec2:eu-west-1:123456789012:volume/* in a policy of the user or role. Run by an administrator, this allows all that the "
            + "cmdlet needs: sed 's/CLUSTER-NAME/NAME-OF-THE-CLUSTER/g' docs/iam/create.json > ebspv-create.json && aws iam put-user-policy --user-name NAME "
            + "--policy-name ebspv-create --policy-document file://ebspv-create.json (roles, and what it does not hold: docs/guides/iam.md). Or choose another -ProfileName.",
            error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public async Task A_policy_for_another_cluster_allows_nothing_on_this_one()
    {
        Session.Run(Line).WithoutErrors();
        var other = Policies.Load("change").ToJsonString().Replace(IBackend.Cluster, "vecino.k8s.local", StringComparison.Ordinal);
        Session.Set("AWS_ACCESS_KEY_ID", await Admin.AccessKeyAsync(JsonNode.Parse(other)!.AsObject()));

        var result = Session.Run("Get-ClusterEbsVolume -SetName manual-ebs | Set-ClusterEbsVolume -Iops 4000");

        Assert.All(result.Errors, error => Assert.Matches(@"may not call ec2:ModifyVolume on arn:aws:ec2:\S+:volume/vol-", error.Exception.Message));
        Assert.Equal(2, result.Errors.Count);
    }

    [Fact]
    public async Task Who_is_denied_outright_is_told_that_allowing_does_not_help()
    {
        var policy = Policies.Load("create");
        policy["Statement"]!.AsArray().Add(JsonNode.Parse("""{"Sid":"No","Effect":"Deny","Action":"ec2:CreateVolume","Resource":"*"}"""));
        Session.Set("AWS_ACCESS_KEY_ID", await Admin.AccessKeyAsync(policy));

        var error = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10").OnlyError("AwsPermissionDenied");

        Assert.Contains("A policy denies it outright.", error.Exception.Message);
        Assert.DoesNotContain("docs/iam", error.ErrorDetails.RecommendedAction);
    }
}
