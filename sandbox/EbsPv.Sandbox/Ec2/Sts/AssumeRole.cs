using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Sts;

public sealed class AssumeRole(IssuedKeys keys) : IEc2Operation
{
    public string Action => "AssumeRole";

    public IReadOnlySet<string> Parameters { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "RoleArn", "RoleSessionName", "DurationSeconds", "ExternalId", "Policy", "PolicyArns", "Tags", "TransitiveTagKeys",
        "SourceIdentity", "SerialNumber", "TokenCode", "ProvidedContexts",
    };

    public string Target(QueryNode parameters) => parameters.Text("RoleArn") ?? "";

    public void Run(Ec2Request request, AnswerWriter answer) => Answer(keys, request, answer);

    /// <summary>A key for the role that the request names.</summary>
    public static void Answer(IssuedKeys keys, Ec2Request request, AnswerWriter answer)
    {
        var arn = request.Parameters.Text("RoleArn") ?? throw Absent("roleArn");
        var session = request.Parameters.Text("RoleSessionName") ?? throw Absent("roleSessionName");
        if (!arn.StartsWith("arn:aws:iam::", StringComparison.Ordinal) || !arn.Contains(":role/", StringComparison.Ordinal))
            throw Invalid($"{arn} is invalid");
        var lifetime = TimeSpan.FromSeconds(request.Parameters.Number("DurationSeconds") ?? 3_600);

        var key = TemporaryKey.Issue(keys, arn, session, lifetime);
        answer.Element("Credentials", () =>
        {
            answer.Text("AccessKeyId", key.AccessKeyId);
            answer.Text("SecretAccessKey", key.SecretAccessKey);
            answer.Text("SessionToken", key.SessionToken);
            answer.Time("Expiration", key.Expiration);
        });
        answer.Element("AssumedRoleUser", () =>
        {
            answer.Text("AssumedRoleId", $"AROASANDBOXSANDBOX12:{session}");
            answer.Text("Arn", keys.Find(key.AccessKeyId)!.AssumedRoleArn);
        });
    }

    private static Ec2Exception Absent(string parameter) =>
        Invalid($"Value null at '{parameter}' failed to satisfy constraint: Member must not be null");

    private static Ec2Exception Invalid(string message) => new("ValidationError", message);
}
