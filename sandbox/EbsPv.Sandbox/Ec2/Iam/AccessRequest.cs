namespace EbsPv.Sandbox.Ec2.Iam;

/// <summary>One thing that a call must be allowed: most calls are one, some are several, and then each is asked for by itself.</summary>
/// <param name="Action">As in ec2:CreateVolume.</param>
/// <param name="Resource">The ARN; * for an action that is on no resource in particular.</param>
/// <param name="Keys">What conditions can look at, by key, whatever its case. A key that is not there is absent, not empty.</param>
public sealed record AccessRequest(string Action, string Resource, IReadOnlyDictionary<string, IReadOnlyList<string>> Keys);
