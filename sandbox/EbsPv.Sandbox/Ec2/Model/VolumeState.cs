namespace EbsPv.Sandbox.Ec2.Model;

/// <summary>The states of a volume, spelled as EC2 spells them.</summary>
public static class VolumeState
{
    public const string Creating = "creating";
    public const string Available = "available";
    public const string InUse = "in-use";
    public const string Deleting = "deleting";
    public const string Deleted = "deleted";
    public const string Error = "error";

    public static IReadOnlyList<string> All { get; } = [Creating, Available, InUse, Deleting, Deleted, Error];
}
