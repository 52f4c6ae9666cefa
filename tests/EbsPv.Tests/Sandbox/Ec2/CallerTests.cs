using System.Xml.Linq;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using EbsPv.Sandbox.Ec2;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

public class CallerTests
{
    [Theory]
    [InlineData("RequestExpired", 400)]
    [InlineData("ExpiredToken", 403)]
    public async Task A_key_can_be_declared_expired(string code, int status)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        ec2.Server.Ec2.Settings = new Ec2Settings { ExpiredAccessKeys = new Dictionary<string, string> { ["sandbox"] = code } };
        Assert.Equal(status, (int)(await Ec2Harness.RefusedAsync(() => ec2.CreateAsync(), code)).StatusCode);
        var other = ec2.NewClient(credentials: new BasicAWSCredentials("other", "other"));
        await other.CreateVolumeAsync(Ec2Harness.Gp3(), Ec2Harness.Stop);
    }

    [Theory]
    [InlineData("sandbox")]
    [InlineData("*")]
    public async Task An_action_can_be_denied(string who)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var denied = new Dictionary<string, IReadOnlyList<string>> { [who] = ["CreateVolume"] };
        ec2.Server.Ec2.Settings = new Ec2Settings { DeniedActions = denied };
        var error = await Ec2Harness.RefusedAsync(() => ec2.CreateAsync(), "UnauthorizedOperation");
        Assert.Equal(403, (int)error.StatusCode);
        Assert.Contains("ec2:CreateVolume", error.Message);
        Assert.Matches("Encoded authorization failure message: [A-Za-z0-9+/=]{20,}$", error.Message);
        Assert.Equal(4, (await ec2.VolumeIdsAsync()).Count);
    }

    [Fact]
    public async Task An_assumed_role_gets_keys_that_end_by_the_sandbox_s_clock()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        using var sts = NewSts(ec2);
        var request = new AssumeRoleRequest { RoleArn = "arn:aws:iam::123456789012:role/ebs", RoleSessionName = "prueba", DurationSeconds = 900 };
        var role = await sts.AssumeRoleAsync(request, Ec2Harness.Stop);
        Assert.StartsWith("ASIA", role.Credentials.AccessKeyId);
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/ebs/prueba", role.AssumedRoleUser.Arn);

        var client = ec2.NewClient(credentials: role.Credentials);
        await client.CreateVolumeAsync(Ec2Harness.Gp3(), Ec2Harness.Stop);
        ec2.Pass(901);
        await Ec2Harness.RefusedAsync(() => client.CreateVolumeAsync(Ec2Harness.Gp3(), Ec2Harness.Stop), "RequestExpired");
        Assert.Equal(["sts", "ec2", "ec2"], ec2.Server.Ledger.Calls.Select(call => call.Service));
    }

    [Fact]
    public async Task The_caller_s_identity_is_told()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        using var sts = NewSts(ec2);
        var identity = await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), Ec2Harness.Stop);
        Assert.Equal(KopsCluster.AccountId, identity.Account);
        Assert.Equal("arn:aws:iam::123456789012:user/sandbox", identity.Arn);
    }

    [Fact]
    public async Task STS_refuses_in_its_own_shape()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var (response, body) = await ec2.SendAsync(
            new Dictionary<string, string> { ["Action"] = "AssumeRole", ["Version"] = "2011-06-15" }, service: "sts");
        XNamespace ns = "https://sts.amazonaws.com/doc/2011-06-15/";
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("ValidationError", (string?)body.Root!.Element(ns + "Error")?.Element(ns + "Code"));
    }

    private static AmazonSecurityTokenServiceClient NewSts(Ec2Harness ec2) => new(
        new BasicAWSCredentials("sandbox", "sandbox"),
        new AmazonSecurityTokenServiceConfig
        {
            ServiceURL = ec2.Server.Ec2Url.ToString(), AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0, ProxyHost = null,
        });
}
