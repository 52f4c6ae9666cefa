using System.Text.RegularExpressions;
using EbsPv.Defaults;

namespace EbsPv.Clients.Aws;

/// <summary>What the credentials lack, in EC2's words as far as it says so: a call can need more than the action of its own name. Neither the
/// caller nor the encoded rest of EC2's message is passed on.</summary>
internal sealed partial record Ec2Denial(string Action, string On, bool IsExplicit)
{
    public static Ec2Denial From(string message, Ec2Call call)
    {
        var match = Sentence().Match(message);
        if (!match.Success) return new Ec2Denial($"ec2:{call.Action}", "", false);
        var resource = match.Groups["resource"].Value;
        return new Ec2Denial(
            Escaped.Text(match.Groups["action"].Value),
            resource.Length == 0 ? "" : $" on {Escaped.Text(resource)}",
            message.Contains("with an explicit deny", StringComparison.Ordinal));
    }

    public string Text(Ec2Call call)
    {
        var needed = Action == $"ec2:{call.Action}" ? "" : $", which {call.Action} needs";
        return $"The credentials may not call {Action}{On} in {call.Region}{needed}.{(IsExplicit ? " A policy denies it outright." : "")}";
    }

    public string NextStep(Ec2Call call)
    {
        if (IsExplicit) return $"Allowing {Action}{On} does not help: whoever denies it, in a policy of the user or role or of the organisation, must lift that.";
        var own = $"ebspv-{call.Policy}";
        return $"Allow {Action}{On} in a policy of the user or role. Run by an administrator, this allows all that the cmdlet needs: "
            + $"sed 's/CLUSTER-NAME/NAME-OF-THE-CLUSTER/g' docs/iam/{call.Policy}.json > {own}.json && aws iam put-user-policy --user-name NAME "
            + $"--policy-name {own} --policy-document file://{own}.json (roles, and what it does not hold: docs/guides/iam.md). Or choose another -ProfileName.";
    }

    [GeneratedRegex(@"is not authorized to perform: (?<action>[a-z0-9-]+:[A-Za-z]+)( on resource: (?<resource>\S+))?", RegexOptions.CultureInvariant)]
    private static partial Regex Sentence();
}
