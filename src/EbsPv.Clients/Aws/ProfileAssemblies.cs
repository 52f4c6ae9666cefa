using Amazon.Runtime;
using Amazon.RuntimeDependencies;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;

namespace EbsPv.Clients.Aws;

/// <summary>
/// The SDK's packages for role, web-identity and SSO profiles, made by us: left to itself the SDK takes the first assembly of that name in
/// the process, which may be another module's. Each loads only when a profile needs it.
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

    private static AmazonSecurityTokenServiceClient SecurityToken(CreateInstanceContext context) => new(
        RoleCredentials.CurrentSource,
        new AmazonSecurityTokenServiceConfig { RegionEndpoint = context.SecurityTokenServiceClientContextData.Region, Timeout = AwsClients.CallTimeout });

    private static AmazonSSOClient Sso(CreateInstanceContext context) => new(
        new AnonymousAWSCredentials(),
        new AmazonSSOConfig { RegionEndpoint = context.SSOClientContextData.Region, Timeout = AwsClients.CallTimeout });

    private static AmazonSSOOIDCClient SsoOidc(CreateInstanceContext context) => new(
        new AnonymousAWSCredentials(),
        new AmazonSSOOIDCConfig { RegionEndpoint = context.SSOOIDCClientContextData.Region, Timeout = AwsClients.CallTimeout });
}
