namespace EbsPv.Sandbox.Ec2.Protocol;

/// <summary>One request as an operation sees it.</summary>
public sealed record Ec2Request(string Action, QueryNode Parameters, CallerCredential Caller, DateTimeOffset Now)
{
    public string Region => Caller.Region;

    public bool IsDryRun => Parameters.Flag("DryRun");

    /// <summary>EC2 checks everything, then stops short of doing it.</summary>
    public void StopIfDryRun()
    {
        if (IsDryRun) throw Ec2Errors.DryRun();
    }
}
