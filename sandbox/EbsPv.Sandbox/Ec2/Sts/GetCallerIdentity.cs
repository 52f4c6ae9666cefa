using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Sts;

public sealed class GetCallerIdentity(IssuedKeys keys) : IEc2Operation
{
    public string Action => "GetCallerIdentity";

    public IReadOnlySet<string> Parameters { get; } = new HashSet<string>(StringComparer.Ordinal);

    public string Target(QueryNode parameters) => "";

    public void Run(Ec2Request request, AnswerWriter answer)
    {
        answer.Text("Arn", ArnOf(request.Caller.AccessKeyId));
        answer.Text("UserId", "AIDASANDBOXSANDBOX12");
        answer.Text("Account", KopsCluster.AccountId);
    }

    public string ArnOf(string accessKeyId) =>
        keys.Find(accessKeyId)?.AssumedRoleArn ?? $"arn:aws:iam::{KopsCluster.AccountId}:user/sandbox";
}
