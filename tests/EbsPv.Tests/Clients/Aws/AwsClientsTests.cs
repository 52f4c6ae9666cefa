using EbsPv.Clients;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Sandbox.Ec2;
using EbsPv.Tests.Support;
using EbsPv.Volumes;
using Xunit;
using static EbsPv.Tests.Clients.Aws.AwsHarness;

namespace EbsPv.Tests.Clients.Aws;

/// <summary>Profiles, regions, endpoints and credentials as the surroundings give them.</summary>
[Collection(nameof(EnvironmentTests))]
public sealed class AwsClientsTests : IDisposable
{
    private const string Base = "AKIABASEBASEBASE1234", Renewed = "AKIARENEWEDRENEWED12";

    private readonly EnvironmentScope _scope = new();

    public void Dispose()
    {
        _scope.Dispose();
        PrivateSurroundings.EmptyFiles();
    }

    [Fact]
    public void A_profile_that_is_missing_is_an_error_that_names_it()
    {
        var failure = Refusal.Of(ErrorIds.ProfileNotFound, () => Connect(new AwsOptions("eu-west-1", "no\u001bbody", "http://127.0.0.1:1")));
        Assert.Contains("no\\u001bbody", failure.Message);
        Refusal.Of(ErrorIds.ProfileNotFound, () => new Connector().ReadProfileRegion("nobody"));
        Assert.Null(new Connector().ReadProfileRegion(null));
    }

    [Fact]
    public void The_region_may_come_from_the_profile()
    {
        Config("[default]\nregion = eu-central-1\n[profile work]\nregion = us-east-1\n");
        Assert.Equal("eu-central-1", new Connector().ReadProfileRegion(null));
        Assert.Equal("us-east-1", new Connector().ReadProfileRegion("work"));
        Credentials("work", Base);
        Assert.Equal(["work"], new Connector().ListProfiles());
    }

    [Fact]
    public void AWS_PROFILE_names_the_profile_that_is_asked_for_a_region()
    {
        Config("[default]\nregion = eu-central-1\n[profile work]\nregion = us-east-1\n");
        Assert.Equal("eu-central-1", Connect(new AwsOptions(null, null, "http://127.0.0.1:1")).Region);
        _scope.Set("AWS_PROFILE", "work");
        Assert.Equal("us-east-1", Connect(new AwsOptions(null, null, "http://127.0.0.1:1")).Region);
    }

    [Fact]
    public void No_region_and_no_region_s_name_are_errors()
    {
        Refusal.Of(ErrorIds.RegionMissing, () => Connect(new AwsOptions(null, null, "http://127.0.0.1:1")));
        Refusal.Of(ErrorIds.RegionInvalid, () => Connect(new AwsOptions("eu-west-1b", null, "http://127.0.0.1:1")));
        Assert.DoesNotContain('\e', Refusal.Of(ErrorIds.RegionInvalid, () => Connect(new AwsOptions("\e[2J"))).Message);
    }

    [Fact]
    public async Task An_endpoint_of_its_own_is_signed_for_the_region_that_was_asked()
    {
        _scope.Set("AWS_REGION", "us-east-1");
        await using var aws = await StartAsync();
        await aws.Connect("eu-central-1").CreateVolumeAsync(new NewVolume("eu-central-1a", new() { Size = 10 }, [], "t"), Stop);
        Assert.Equal("eu-central-1", aws.Made.Single().Region);
        Assert.Equal(("ec2", 200), aws.Server.Ledger.Calls.Select(call => (call.Service, call.Status)).Single());
    }

    [Theory]
    [InlineData("http://10.0.0.1:4566", ErrorIds.EndpointPlainText)]
    [InlineData("not an address", ErrorIds.EndpointInvalid)]
    public void An_endpoint_is_checked_wherever_it_comes_from(string endpoint, string errorId)
    {
        Refusal.Of(errorId, () => Connect(new AwsOptions("eu-west-1", null, endpoint)));
        _scope.Set("AWS_ENDPOINT_URL", endpoint);
        Refusal.Of(errorId, () => Connect(new AwsOptions("eu-west-1")));
        _scope.Set("AWS_ENDPOINT_URL", null);
        _scope.Set("AWS_ENDPOINT_URL_EC2", endpoint);
        Refusal.Of(errorId, () => Connect(new AwsOptions("eu-west-1")));
    }

    [Fact]
    public async Task AWS_ENDPOINT_URL_is_used_when_no_endpoint_was_given()
    {
        await using var aws = await StartAsync();
        _scope.Set("AWS_ENDPOINT_URL", aws.Server.Ec2Url.ToString());
        await ReadAsync(new Connector(aws.Time).ConnectEc2(new AwsOptions("eu-west-1"), aws.Reporter));
        Assert.Equal(1, aws.Describes);
    }

    [Fact]
    public async Task Credentials_renewed_in_the_session_take_effect()
    {
        await using var aws = await StartAsync(Expired(Base));
        _scope.Set("AWS_ACCESS_KEY_ID", Base);
        var failure = await Refusal.OfAsync(ErrorIds.AwsAuthenticationFailed, () => ReadAsync(aws.Connect()));
        Assert.Contains("expired", failure.RecommendedAction);
        _scope.Set("AWS_ACCESS_KEY_ID", Renewed);
        await ReadAsync(aws.Connect());
    }

    [Theory]
    [InlineData("default", null)]
    [InlineData("work", "work")]
    public async Task Credentials_renewed_in_their_file_take_effect(string section, string? profile)
    {
        await using var aws = await StartAsync(Expired(Base));
        NoEnvironmentKeys();
        Credentials(section, Base);
        await Refusal.OfAsync(ErrorIds.AwsAuthenticationFailed, () => ReadAsync(aws.Connect(profile: profile)));
        Credentials(section, Renewed);
        await ReadAsync(aws.Connect(profile: profile));
    }

    // A file that is reached through a link changes without an event in its folder, as one on a network share does.
    [Theory]
    [InlineData("default", null)]
    [InlineData("work", "work")]
    public async Task Credentials_renewed_where_no_event_tells_of_it_take_effect(string section, string? profile)
    {
        await using var aws = await StartAsync(Expired(Base));
        NoEnvironmentKeys();
        using var elsewhere = new LinkedFile(PrivateSurroundings.CredentialsFile);
        Credentials(section, Base);
        await Refusal.OfAsync(ErrorIds.AwsAuthenticationFailed, () => ReadAsync(aws.Connect(profile: profile)));
        Credentials(section, Renewed);
        await ReadAsync(aws.Connect(profile: profile));
    }

    [Fact]
    public async Task Without_credentials_the_error_says_how_to_get_some_and_then_they_are_found()
    {
        await using var aws = await StartAsync();
        NoEnvironmentKeys();
        var failure = await Refusal.OfAsync(ErrorIds.AwsAuthenticationFailed, () => ReadAsync(aws.Connect()));
        Assert.Contains("-ProfileName", failure.RecommendedAction);
        Credentials("default", Base);
        await ReadAsync(aws.Connect());
    }

    [Fact]
    public async Task A_role_s_profile_goes_through_STS_with_the_source_s_keys_and_signs_with_the_role_s()
    {
        await using var aws = await StartAsync();
        aws.Change(settings => settings with { DeniedActions = new Dictionary<string, IReadOnlyList<string>> { [Base] = ["DescribeVolumes"] } });
        RoleProfile(aws);
        await ReadAsync(aws.Connect(profile: "role"));
        await ReadAsync(aws.Connect(profile: "role"));
        Assert.Equal(
            new Dictionary<string, int> { ["ec2 DescribeVolumes"] = 2, ["sts AssumeRole"] = 1 }, aws.Server.Ledger.Counts);
        await Refusal.OfAsync(ErrorIds.AwsPermissionDenied, () => ReadAsync(aws.Connect(profile: "base")));
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL", "http://192.0.2.1", ErrorIds.EndpointPlainText)]
    [InlineData("AWS_ENDPOINT_URL_STS", "http://192.0.2.1", ErrorIds.EndpointPlainText)]
    [InlineData("AWS_ENDPOINT_URL_STS", "not an address", ErrorIds.EndpointInvalid)]
    public async Task The_endpoint_that_assumes_a_role_is_checked_as_EC2_s_is(string variable, string endpoint, string errorId)
    {
        await using var aws = await StartAsync();
        RoleProfile(aws);
        _scope.Set(variable, endpoint);
        await Refusal.OfAsync(errorId, () => ReadAsync(Connect(new AwsOptions("eu-west-1", "role", aws.Server.Ec2Url.ToString()))));
        Assert.Empty(aws.Server.Ledger.Counts);
    }

    [Fact]
    public async Task A_role_that_may_not_be_assumed_is_told_as_such()
    {
        await using var aws = await StartAsync();
        aws.Change(settings => settings with { DeniedActions = new Dictionary<string, IReadOnlyList<string>> { ["*"] = ["AssumeRole"] } });
        RoleProfile(aws);
        var failure = await Refusal.OfAsync(ErrorIds.AwsAuthenticationFailed, () => ReadAsync(aws.Connect(profile: "role")));
        Assert.True(failure.Message.Contains("AssumeRole"), failure.Message);
        Assert.Equal(0, aws.Describes);
        Recorder.AssertNoSecretIn(failure);
    }

    private static IEc2 Connect(AwsOptions options) => new Connector().ConnectEc2(options, new Recorder());

    private static Ec2Settings Expired(string key) =>
        new() { ExpiredAccessKeys = new Dictionary<string, string> { [key] = "RequestExpired" } };

    private static async Task ReadAsync(IEc2 ec2) => await ClusterVolumes.FindAsync(ec2, new VolumeQuery("c", "s", [], [], null), Stop).ToListAsync(Stop);

    private void RoleProfile(AwsHarness aws)
    {
        NoEnvironmentKeys();
        _scope.Set("AWS_ENDPOINT_URL", aws.Server.Ec2Url.ToString());
        Credentials("base", Base);
        Config("[profile role]\nrole_arn = arn:aws:iam::123456789012:role/storage\nsource_profile = base\nregion = eu-west-1\n");
    }

    private void NoEnvironmentKeys()
    {
        foreach (var name in (string[])["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]) _scope.Set(name, null);
    }

    private static void Config(string text) => File.WriteAllText(PrivateSurroundings.ConfigFile, text);

    private static void Credentials(string section, string key) => File.WriteAllText(
        PrivateSurroundings.CredentialsFile,
        $"[{section}]\naws_access_key_id = {key}\naws_secret_access_key = {PrivateSurroundings.SecretKey}\n");
}
