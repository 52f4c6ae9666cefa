namespace EbsPv.Sandbox.Ec2.Protocol;

/// <summary>A refusal with EC2's code, message and HTTP status.</summary>
public sealed class Ec2Exception(string code, string message, int status = 400) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;
}
