using System.Text.Json;

namespace EbsPv.Sandbox.Ec2.Iam;

/// <summary>
/// An IAM policy, as in docs/iam. What it does not evaluate it does not take: a condition that was overlooked would pass here and fail in
/// an account, or the other way round.
/// </summary>
public sealed record PolicyDocument(IReadOnlyList<PolicyStatement> Statements)
{
    private const string Version = "2012-10-17";

    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="FormatException">It is no policy, or one with something in it that is not evaluated here.</exception>
    public static PolicyDocument Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, s_strict);
            return Parse(document.RootElement);
        }
        catch (JsonException failure)
        {
            throw new FormatException($"It is no JSON: {failure.Message}", failure);
        }
    }

    public static AccessDecision Decide(IEnumerable<PolicyDocument> policies, AccessRequest request)
    {
        var covering = policies.SelectMany(policy => policy.Statements).Where(statement => statement.Covers(request)).ToArray();
        if (covering.Any(statement => !statement.Allows)) return AccessDecision.Denied;
        return covering.Length > 0 ? AccessDecision.Allowed : AccessDecision.NotAllowed;
    }

    private static PolicyDocument Parse(JsonElement root)
    {
        var statements = new List<PolicyStatement>();
        var version = "";
        foreach (var member in PolicyStatement.Members(root, "A policy"))
            switch (member.Name)
            {
                case "Version":
                    version = PolicyStatement.Text(member.Value);
                    break;
                case "Statement" when member.Value.ValueKind == JsonValueKind.Array:
                    statements.AddRange(member.Value.EnumerateArray().Select(PolicyStatement.Parse));
                    break;
                case "Statement":
                    statements.Add(PolicyStatement.Parse(member.Value));
                    break;
                default:
                    throw new FormatException($"The element {member.Name} is not evaluated here.");
            }

        // Without it IAM takes an older language, in which * in a condition and variables mean other things.
        if (version != Version) throw new FormatException($"Its Version is not {Version}.");
        return new PolicyDocument(statements);
    }
}
