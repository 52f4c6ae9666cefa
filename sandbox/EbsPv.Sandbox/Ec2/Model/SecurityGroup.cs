namespace EbsPv.Sandbox.Ec2.Model;

public sealed record SecurityGroup(string GroupId, string GroupName);
