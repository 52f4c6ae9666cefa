using System.Security.Cryptography;
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

    public void Run(Ec2Request request, AnswerWriter answer)
    {
        var arn = request.Parameters.Text("RoleArn") ?? throw Absent("roleArn");
        var session = request.Parameters.Text("RoleSessionName") ?? throw Absent("roleSessionName");
        if (!arn.StartsWith("arn:aws:iam::", StringComparison.Ordinal) || !arn.Contains(":role/", StringComparison.Ordinal))
            throw Invalid($"{arn} is invalid");
        var lifetime = TimeSpan.FromSeconds(request.Parameters.Number("DurationSeconds") ?? 3_600);

        var accessKeyId = "ASIA" + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16);
        keys.Add(accessKeyId, arn, session, lifetime);
        answer.Element("Credentials", () =>
        {
            answer.Text("AccessKeyId", accessKeyId);
            answer.Text("SecretAccessKey", RandomNumberGenerator.GetHexString(40, lowercase: true));
            answer.Text("SessionToken", "sandbox-session-" + RandomNumberGenerator.GetHexString(32, lowercase: true));
            // Clients compare it with their own clock, which is not ours.
            answer.Time("Expiration", DateTimeOffset.UtcNow + lifetime);
        });
        answer.Element("AssumedRoleUser", () =>
        {
            answer.Text("AssumedRoleId", $"AROASANDBOXSANDBOX12:{session}");
            answer.Text("Arn", keys.Find(accessKeyId)!.AssumedRoleArn);
        });
    }

    private static Ec2Exception Absent(string parameter) =>
        Invalid($"Value null at '{parameter}' failed to satisfy constraint: Member must not be null");

    private static Ec2Exception Invalid(string message) => new("ValidationError", message);
}
