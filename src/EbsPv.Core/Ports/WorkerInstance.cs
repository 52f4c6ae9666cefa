namespace EbsPv.Ports;

/// <summary>An EC2 instance, as far as it tells where a cluster's workers are.</summary>
/// <param name="InstanceId">Its id.</param>
/// <param name="InstanceType">Its type, as in <c>t3.medium</c>.</param>
/// <param name="AvailabilityZone">Its zone.</param>
/// <param name="SecurityGroups">Names of its security groups.</param>
/// <param name="Tags">Its tags.</param>
public sealed record WorkerInstance(
    string InstanceId,
    string InstanceType,
    string AvailabilityZone,
    IReadOnlyList<string> SecurityGroups,
    IReadOnlyDictionary<string, string> Tags);
