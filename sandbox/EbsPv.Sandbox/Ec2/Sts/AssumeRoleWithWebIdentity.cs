using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Sts;

/// <summary>A role for who brings a token of another identity provider, as pods do. The request is not signed; any token is believed.</summary>
public sealed class AssumeRoleWithWebIdentity(IssuedKeys keys) : IEc2Operation
{
    public string Action => "AssumeRoleWithWebIdentity";

    public IReadOnlySet<string> Parameters { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "RoleArn", "RoleSessionName", "WebIdentityToken", "ProviderId", "PolicyArns", "Policy", "DurationSeconds",
    };

    public string Target(QueryNode parameters) => parameters.Text("RoleArn") ?? "";

    public void Run(Ec2Request request, AnswerWriter answer)
    {
        if (request.Parameters.Text("WebIdentityToken") is not { Length: >= 4 })
            throw new Ec2Exception("InvalidIdentityToken", "The web identity token that was passed could not be validated.");
        AssumeRole.Answer(keys, request, answer);
    }
}
