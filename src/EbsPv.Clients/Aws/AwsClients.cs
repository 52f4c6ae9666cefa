using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Amazon;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Clients.Aws;

/// <summary>SDK clients, one for each setting, for the life of the process.</summary>
internal sealed class AwsClients(TimeProvider time)
{
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    private static readonly string[] CredentialVariables =
    [
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE",
        "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_EC2", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE",
    ];

    private readonly ConcurrentDictionary<(AwsOptions Options, string Surroundings), SignedClient> _clients = new();
    private readonly Ec2Pacer _pacer = new(time);

    public IEc2 Connect(AwsOptions options, IReporter reporter)
    {
        var region = options.Region ?? ReadProfileRegion(options.ProfileName) ?? throw RegionMissing();
        if (!ZoneName.IsRegion(region))
            throw EbsPvException.Input(ErrorIds.RegionInvalid, $"'{Escaped.Text(region)}' is not the name of a region.", region, "A region looks like eu-west-1.");
        if (options.ProfileName is { } profile && !new CredentialProfileStoreChain().TryGetProfile(profile, out _)) throw ProfileNotFound(profile);
        // Only errors speak of the policy: one client serves all cmdlets.
        var key = options with { Region = region, Policy = "" };
        var (client, credentials) = _clients.GetOrAdd((key, Surroundings()), _ => Client(options, region));
        var endpoint = client.Config.ServiceURL is { Length: > 0 } url ? url : null;
        var caller = new Ec2Caller(_pacer, $"{endpoint} {region} {options.ProfileName}", credentials, reporter, time);
        var profileName = options.ProfileName ?? Environment.GetEnvironmentVariable("AWS_PROFILE");
        return new Ec2Service(client, region, endpoint, profileName, caller) { Policy = options.Policy };
    }

    public static string? ReadProfileRegion(string? profileName)
    {
        var chain = new CredentialProfileStoreChain();
        var name = profileName ?? Environment.GetEnvironmentVariable("AWS_PROFILE") ?? "default";
        if (chain.TryGetProfile(name, out var profile)) return profile.Region?.SystemName;
        return profileName is null ? null : throw ProfileNotFound(profileName);
    }

    public static IReadOnlyList<string> ListProfiles() => [.. new CredentialProfileStoreChain().ListProfiles().Select(profile => profile.Name)];

    // The SDK also lists names that only S3 signs for (us-east-1-regional).
    public static IReadOnlyList<string> ListRegions() =>
        [.. RegionEndpoint.EnumerableAllRegions.Select(region => region.SystemName).Where(ZoneName.IsRegion)];

    // Credentials may be set or renewed in the session, in variables or in files (aws configure, saml2aws): a client that holds older ones
    // is not taken again. Hashed, since some are secret. What the files say counts: two writes within a tick of their clock have one time.
    private static string Surroundings()
    {
        var files = new[] { SharedCredentialsFile.DefaultFilePath, SharedCredentialsFile.DefaultConfigFilePath }.Select(TextOf);
        var values = string.Join('\n', CredentialVariables.Select(Environment.GetEnvironmentVariable).Concat(files));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(values)));
    }

    private static string TextOf(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : "";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // The SDK says so when it comes to it.
            return "";
        }
    }

    private SignedClient Client(AwsOptions options, string region)
    {
        ProfileAssemblies.Register();
        if (options.EndpointUrl is { } given) EndpointAddress.Check(given);
        var config = new AmazonEC2Config
        {
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            ThrottleRetries = false,
            // A redirect would take the session's token to whatever host it names.
            AllowAutoRedirect = false,
            Timeout = CallTimeout,
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
        };
        if (options.EndpointUrl is not null) config.ServiceURL = options.EndpointUrl;
        else ConfiguredEndpoint.Check(config);
        // With an endpoint of its own the SDK forgets the region and would sign for the surroundings' one.
        config.AuthenticationRegion = region;

        var credentials = new SessionCredentials(() => Credentials(options.ProfileName), time);
        return new SignedClient(new AmazonEC2Client(credentials, config), credentials);
    }

    private static AWSCredentials Credentials(string? profileName)
    {
        if (profileName is null) return FoundByTheChain();
        // A profile that was asked for by name is never replaced by whatever else the chain would find.
        if (!new CredentialProfileStoreChain().TryGetAWSCredentials(profileName, out var credentials)) throw ProfileNotFound(profileName);
        return credentials;
    }

    // Never the one that the process shares: it keeps what it found until the file system tells of a change, which comes late, and behind
    // links and on network shares not at all.
    private static AWSCredentials FoundByTheChain()
    {
        using var chain = new DefaultAWSCredentialsIdentityResolver();
        return chain.ResolveIdentity(null);
    }

    private static EbsPvException ProfileNotFound(string profileName) => new(
        ErrorKind.NotFound, ErrorIds.ProfileNotFound, $"There is no usable AWS profile '{Escaped.Text(profileName)}'.")
    {
        Target = profileName,
        RecommendedAction = "See what there is: aws configure list-profiles.",
    };

    private static EbsPvException RegionMissing() => EbsPvException.Input(
        ErrorIds.RegionMissing,
        "No region is known: none was given with -Region or piped, and neither AWS_REGION, AWS_DEFAULT_REGION nor the profile names one.",
        null,
        "Give one, as in -Region eu-west-1.");

    private sealed record SignedClient(AmazonEC2Client Client, SessionCredentials Credentials);
}
