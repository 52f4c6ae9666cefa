using System.Text;
using EbsPv.Sandbox.Ec2.Protocol;
using EbsPv.Sandbox.Ec2.Sts;

namespace EbsPv.Sandbox.Ec2;

/// <summary>Who may do what: nothing is verified, but keys can be declared expired and actions denied.</summary>
public sealed class CallerRules(Ec2State state, IssuedKeys keys)
{
    public void Check(CallerCredential caller, QueryService service, string action)
    {
        var settings = state.Settings;
        if (caller.Service != service.Name) throw Ec2Errors.AuthFailure();
        if (settings.ExpiredAccessKeys.TryGetValue(caller.AccessKeyId, out var code)) throw Expired(code);
        if (keys.IsExpired(caller.AccessKeyId)) throw Expired(service.Name == "sts" ? "ExpiredToken" : "RequestExpired");
        if (IsDenied(settings, caller.AccessKeyId, action) || IsDenied(settings, "*", action)) throw Denied(caller, service, action);
    }

    private static bool IsDenied(Ec2Settings settings, string who, string action) =>
        settings.DeniedActions.TryGetValue(who, out var actions) && (actions.Contains(action) || actions.Contains("*"));

    private static Ec2Exception Expired(string code) => code == "ExpiredToken"
        ? new Ec2Exception(code, "The security token included in the request is expired", StatusCodes.Status403Forbidden)
        : new Ec2Exception(code, "Request has expired.");

    private Ec2Exception Denied(CallerCredential caller, QueryService service, string action)
    {
        var who = new GetCallerIdentity(keys).ArnOf(caller.AccessKeyId);
        var what = $"User: {who} is not authorized to perform: {service.Name}:{action}";
        if (service.Name == "sts") return new Ec2Exception("AccessDenied", what, StatusCodes.Status403Forbidden);

        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes($"sandbox {caller.AccessKeyId} {action}"));
        return new Ec2Exception(
            "UnauthorizedOperation",
            $"You are not authorized to perform this operation. {what} because no identity-based policy allows the "
            + $"{service.Name}:{action} action. Encoded authorization failure message: {encoded}",
            StatusCodes.Status403Forbidden);
    }
}
