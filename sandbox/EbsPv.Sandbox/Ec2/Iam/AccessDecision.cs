namespace EbsPv.Sandbox.Ec2.Iam;

public enum AccessDecision
{
    /// <summary>No statement allows it.</summary>
    NotAllowed,

    /// <summary>A statement allows it and none denies it.</summary>
    Allowed,

    /// <summary>A statement denies it, whatever others allow.</summary>
    Denied,
}
