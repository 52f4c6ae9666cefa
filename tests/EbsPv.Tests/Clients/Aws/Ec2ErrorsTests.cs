using EbsPv.Clients;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Server;
using EbsPv.Tests.Support;
using Xunit;
using static EbsPv.Tests.Clients.Aws.AwsHarness;

namespace EbsPv.Tests.Clients.Aws;

/// <summary>Failures in the words that a user reads: the action, the region, what to do, and no secret anywhere.</summary>
public class Ec2ErrorsTests
{
    [Theory]
    [InlineData("AuthFailure", 401, ErrorKind.Authentication, ErrorIds.AwsAuthenticationFailed, "get-caller-identity")]
    [InlineData("InvalidClientTokenId", 403, ErrorKind.Authentication, ErrorIds.AwsAuthenticationFailed, "get-caller-identity")]
    [InlineData("SignatureDoesNotMatch", 403, ErrorKind.Authentication, ErrorIds.AwsAuthenticationFailed, "get-caller-identity")]
    [InlineData("RequestExpired", 400, ErrorKind.Authentication, ErrorIds.AwsAuthenticationFailed, "expired")]
    [InlineData("ExpiredToken", 403, ErrorKind.Authentication, ErrorIds.AwsAuthenticationFailed, "expired")]
    [InlineData("ExpiredTokenException", 403, ErrorKind.Authentication, ErrorIds.AwsAuthenticationFailed, "expired")]
    [InlineData("UnauthorizedOperation", 403, ErrorKind.PermissionDenied, ErrorIds.AwsPermissionDenied, "ec2:CreateVolume")]
    [InlineData("AccessDenied", 403, ErrorKind.PermissionDenied, ErrorIds.AwsPermissionDenied, "ec2:CreateVolume")]
    [InlineData("OptInRequired", 403, ErrorKind.PermissionDenied, ErrorIds.AwsPermissionDenied, "ec2:CreateVolume")]
    [InlineData("VolumeLimitExceeded", 400, ErrorKind.Quota, ErrorIds.VolumeQuotaExceeded, "Service Quotas")]
    [InlineData("MaxIOPSLimitExceeded", 400, ErrorKind.Quota, ErrorIds.VolumeQuotaExceeded, "Service Quotas")]
    [InlineData("SnapshotLimitExceeded", 400, ErrorKind.Quota, ErrorIds.VolumeQuotaExceeded, "Remove-ClusterEbsSnapshot")]
    [InlineData("InsufficientVolumeCapacity", 503, ErrorKind.Quota, ErrorIds.InsufficientVolumeCapacity, "-VolumeType")]
    [InlineData("InvalidVolume.NotFound", 400, ErrorKind.NotFound, ErrorIds.VolumeNotFound, "-Region")]
    [InlineData("InvalidZone.NotFound", 400, ErrorKind.InvalidInput, ErrorIds.VolumeRequestInvalid, "run the line again")]
    [InlineData("InvalidParameterValue", 400, ErrorKind.InvalidInput, ErrorIds.VolumeRequestInvalid, "run the line again")]
    [InlineData("SomethingNew", 400, ErrorKind.InvalidInput, ErrorIds.VolumeRequestInvalid, "run the line again")]
    [InlineData("InternalError", 500, ErrorKind.Service, ErrorIds.AwsServiceFailed, "run the same line again")]
    [InlineData("Unavailable", 503, ErrorKind.Service, ErrorIds.AwsServiceFailed, "run the same line again")]
    public async Task Each_code_has_its_id_its_kind_and_its_advice(string code, int status, ErrorKind kind, string errorId, string advice)
    {
        await using var aws = await StartAsync();
        aws.Fail(FaultKind.Error, code: code, status: status, times: -1);
        var failure = await FailureAsync(errorId, aws.Ec2);
        Assert.Equal((kind, code), (failure.Kind, failure.ServiceCode));
        Assert.Contains("CreateVolume", failure.Message);
        Assert.Contains("eu-west-1", failure.Message);
        Assert.Contains(advice, failure.RecommendedAction);
        Assert.Contains(KopsCluster.ZoneB, (string)failure.Target!);
    }

    [Theory]
    [InlineData("RequestLimitExceeded")]
    [InlineData("Throttling")]
    public async Task Throttling_is_given_up_after_a_quarter_of_an_hour(string code)
    {
        await using var aws = await StartAsync();
        aws.Fail(FaultKind.Error, code: code, status: 503, times: -1);
        var start = aws.Time.GetUtcNow();
        var failure = await FailureAsync(ErrorIds.AwsThrottled, aws.Ec2);
        Assert.Equal(ErrorKind.Throttled, failure.Kind);
        Assert.InRange(aws.Time.GetUtcNow() - start, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(16));
    }

    [Fact]
    public async Task A_denial_names_the_action_and_not_the_caller()
    {
        await using var aws = await StartAsync();
        aws.Change(settings => settings with { DeniedActions = new Dictionary<string, IReadOnlyList<string>> { ["*"] = ["CreateVolume"] } });
        var failure = await FailureAsync(ErrorIds.AwsPermissionDenied, aws.Ec2);
        Assert.DoesNotContain("Encoded authorization failure message", failure.Message);
        Assert.DoesNotContain(PrivateSurroundings.AccessKey, failure.Message);
    }

    [Fact]
    public async Task Every_call_has_a_verbose_line_with_service_action_region_target_and_request()
    {
        await using var aws = await StartAsync();
        await aws.Ec2.CreateVolumeAsync(NewVolume(), Stop);
        Assert.Matches(@"^EC2 CreateVolume in eu-west-1 \(10 GiB gp3 in eu-west-1b\): \d+ ms, request [0-9a-f-]+$", Assert.Single(aws.Reporter.Lines));
        aws.Fail(FaultKind.Error, code: "AuthFailure");
        await FailureAsync(ErrorIds.AwsAuthenticationFailed, aws.Ec2);
        Assert.Matches(@"^EC2 CreateVolume in eu-west-1 \(.*\): AuthFailure after \d+ ms$", aws.Reporter.Lines[^1]);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_with_its_address()
    {
        var aws = await StartAsync();
        var url = aws.Server.Ec2Url;
        await aws.Server.DisposeAsync();
        var failure = await FailureAsync(ErrorIds.AwsUnreachable, aws.Ec2);
        Assert.Equal(ErrorKind.Connection, failure.Kind);
        Assert.Contains($"127.0.0.1:{url.Port}", failure.Message);
        Assert.Contains("-EndpointUrl", failure.RecommendedAction);
        Assert.Equal(5, aws.Time.Waits.Count);
        await aws.DisposeAsync();
    }

    [Theory]
    [InlineData("<html><body>Log in first</body></html>", 200)]
    [InlineData("", 200)]
    [InlineData("not xml at all", 200)]
    [InlineData("<html><body>Bad Gateway</body></html>", 502)]
    [InlineData("", 503)]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><CreateVolumeResponse><volumeId>&b;</volumeId></CreateVolumeResponse>", 200)]
    public async Task An_answer_that_is_not_EC2_s_is_the_server_s_fault_and_not_the_credentials(string body, int status)
    {
        await using var server = await RawServer.StartAsync(body, status: status);
        var ec2 = Connect(server);
        var failure = await Assert.ThrowsAsync<EbsPvException>(() => ec2.CreateVolumeAsync(NewVolume(), Stop));
        Assert.Contains(failure.ErrorId, (string[])[ErrorIds.AwsServiceFailed, ErrorIds.AwsUnreachable]);
        Assert.False(string.IsNullOrEmpty(failure.RecommendedAction), failure.Message);
        Recorder.AssertNoSecretIn(failure);
    }

    [Fact]
    public async Task A_server_s_words_are_shown_without_control_characters()
    {
        const string Refusal = """
            <Response><Errors><Error><Code>InvalidParameterValue</Code><Message>bad &#x202e;gpj.exe&#x9b;31m</Message></Error></Errors><RequestID>r</RequestID></Response>
            """;
        await using var server = await RawServer.StartAsync(Refusal, status: 400);
        var failure = await FailureAsync(ErrorIds.VolumeRequestInvalid, Connect(server));
        Assert.DoesNotContain('\u202e', failure.Message);
        Assert.DoesNotContain('\u009b', failure.Message);
    }

    [Fact]
    public async Task No_redirect_takes_the_signature_to_another_host()
    {
        await using var other = await RawServer.StartAsync("<x/>");
        await using var server = await RawServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = other.Url.ToString();
            return Task.CompletedTask;
        });
        await Assert.ThrowsAsync<EbsPvException>(() => Connect(server).CreateVolumeAsync(NewVolume(), Stop));
        Assert.Equal(0, other.Requests);
    }

    private static IEc2 Connect(RawServer server) =>
        new Connector(new SkippedTime()).ConnectEc2(new AwsOptions("eu-west-1", null, server.Url.ToString()), new Recorder());

    private static NewVolume NewVolume() => new(KopsCluster.ZoneB, new() { Size = 10 }, [new("Name", "n")], "token");

    private static async Task<EbsPvException> FailureAsync(string errorId, IEc2 ec2)
    {
        var failure = await Refusal.OfAsync(errorId, () => ec2.CreateVolumeAsync(NewVolume(), Stop));
        Recorder.AssertNoSecretIn(failure);
        return failure;
    }
}
