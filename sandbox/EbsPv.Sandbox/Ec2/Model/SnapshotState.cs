namespace EbsPv.Sandbox.Ec2.Model;

/// <summary>The states of a snapshot, spelled as EC2 spells them.</summary>
public static class SnapshotState
{
    public const string Pending = "pending";
    public const string Completed = "completed";
    public const string Error = "error";
}
