using System.Text;
using EbsPv.Sandbox.Ec2.Iam;
using EbsPv.Sandbox.Ec2.Protocol;
using EbsPv.Sandbox.Ec2.Sts;

namespace EbsPv.Sandbox.Ec2;

/// <summary>Who may do what: nothing is verified, but keys can be declared expired, actions denied, and policies given to keys.</summary>
public sealed class CallerRules(Ec2State state, IssuedKeys keys)
{
    private readonly Ec2Access _access = new(state);

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

    /// <summary>Refuses what the caller's policies do not allow; each thing that the call needs is asked for by itself.</summary>
    public void CheckPolicies(CallerCredential caller, string action, QueryNode parameters)
    {
        if (state.Policies.Of(caller.AccessKeyId) is not { } policies) return;
        foreach (var needed in _access.Of(action, parameters, caller.Region))
        {
            var decision = PolicyDocument.Decide(policies, needed);
            if (decision != AccessDecision.Allowed) throw Unauthorized(caller, needed, decision == AccessDecision.Denied);
        }
    }

    private Ec2Exception Denied(CallerCredential caller, QueryService service, string action)
    {
        var what = $"{service.Name}:{action}";
        if (service.Name == "sts")
            return new Ec2Exception("AccessDenied", $"User: {ArnOf(caller)} is not authorized to perform: {what}", StatusCodes.Status403Forbidden);
        return Unauthorized(caller, new AccessRequest(what, "*", new Dictionary<string, IReadOnlyList<string>>()), isExplicit: false);
    }

    private Ec2Exception Unauthorized(CallerCredential caller, AccessRequest needed, bool isExplicit)
    {
        var resource = needed.Resource == "*" ? "" : $" on resource: {needed.Resource}";
        var because = isExplicit ? "with an explicit deny in an identity-based policy" : $"because no identity-based policy allows the {needed.Action} action";
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes($"sandbox {caller.AccessKeyId} {needed.Action} {needed.Resource}"));
        return new Ec2Exception(
            "UnauthorizedOperation",
            $"You are not authorized to perform this operation. User: {ArnOf(caller)} is not authorized to perform: {needed.Action}{resource} {because}. "
            + $"Encoded authorization failure message: {encoded}",
            StatusCodes.Status403Forbidden);
    }

    private string ArnOf(CallerCredential caller) => new GetCallerIdentity(keys).ArnOf(caller.AccessKeyId);
}
