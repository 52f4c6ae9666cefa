using Amazon.Runtime;
using Amazon.RuntimeDependencies;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;

namespace EbsPv.Clients.Aws;

/// <summary>
/// The SDK's packages for role, web-identity and SSO profiles, made by us: left to itself the SDK takes the first assembly of that name in
/// the process, which may be another module's. Each loads only when a profile needs it, since that other module's SDK would stumble over
/// ours in the same way: nothing outside the factories' bodies, not even what they return, may name a type of theirs.
/// </summary>
internal static class ProfileAssemblies
{
    private static int _registered;

    public static void Register()
    {
        if (Interlocked.Exchange(ref _registered, 1) == 1) return;
        var registry = GlobalRuntimeDependencyRegistry.Instance;
        registry.RegisterSecurityTokenServiceClient(SecurityToken);
        registry.RegisterSSOClient(Sso);
        registry.RegisterSSOOIDCClient(SsoOidc);
    }

    private static object SecurityToken(CreateInstanceContext context) => new AmazonSecurityTokenServiceClient(
        RoleCredentials.CurrentSource,
        ConfiguredEndpoint.Check(new AmazonSecurityTokenServiceConfig { RegionEndpoint = context.SecurityTokenServiceClientContextData.Region, Timeout = AwsClients.CallTimeout }));

    private static object Sso(CreateInstanceContext context) => new AmazonSSOClient(
        new AnonymousAWSCredentials(),
        ConfiguredEndpoint.Check(new AmazonSSOConfig { RegionEndpoint = context.SSOClientContextData.Region, Timeout = AwsClients.CallTimeout }));

    private static object SsoOidc(CreateInstanceContext context) => new AmazonSSOOIDCClient(
        new AnonymousAWSCredentials(),
        ConfiguredEndpoint.Check(new AmazonSSOOIDCConfig { RegionEndpoint = context.SSOOIDCClientContextData.Region, Timeout = AwsClients.CallTimeout }));
}
