using EbsPv.Sandbox.Server;

namespace EbsPv.Sandbox.Ec2.Sts;

/// <summary>IAM Identity Center's portal, as far as a profile with a cached login asks it: a role's key for the login's token.</summary>
public sealed class SsoPortal(Ec2State state, IssuedKeys keys, CallLedger ledger)
{
    private const string Path = "/federation/credentials";
    private const string Operation = "GetRoleCredentials";

    public static bool Serves(HttpRequest request) => request.Path == Path;

    public async Task HandleAsync(HttpContext context)
    {
        var account = context.Request.Query["account_id"].ToString();
        var role = context.Request.Query["role_name"].ToString();
        var isLoggedIn = context.Request.Headers["x-amz-sso_bearer_token"].ToString().Length > 0;
        context.Response.StatusCode = isLoggedIn ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
        ledger.Add(
            state.Clock.GetUtcNow(), "sso", Operation, $"{account}/{role}", context.Response.StatusCode, isLoggedIn ? null : "UnauthorizedException");
        if (!isLoggedIn)
        {
            context.Response.Headers["x-amzn-ErrorType"] = "UnauthorizedException";
            await context.Response.WriteAsJsonAsync(new { message = "Session token not found or invalid" });
            return;
        }

        var key = TemporaryKey.Issue(keys, $"arn:aws:iam::{account}:role/{role}", "sso", TimeSpan.FromHours(1));
        await context.Response.WriteAsJsonAsync(new
        {
            roleCredentials = new
            {
                accessKeyId = key.AccessKeyId,
                secretAccessKey = key.SecretAccessKey,
                sessionToken = key.SessionToken,
                expiration = key.Expiration.ToUnixTimeMilliseconds(),
            },
        });
    }
}
