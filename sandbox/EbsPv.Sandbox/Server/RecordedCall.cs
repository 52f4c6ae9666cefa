namespace EbsPv.Sandbox.Server;

/// <summary>One request that reached the sandbox, as the ledger keeps it.</summary>
/// <param name="Sequence">Number of the request, from 1, in the order of arrival.</param>
/// <param name="Time">When it arrived, on the sandbox's clock.</param>
/// <param name="Service">"ec2", "sts" or "kubernetes".</param>
/// <param name="Operation">EC2's Action (CreateVolume), or verb and resource for Kubernetes ("list persistentvolumes", "create persistentvolumes").</param>
/// <param name="Target">What it was about: an id, a zone, an object's name; empty when it had none.</param>
/// <param name="Status">HTTP status answered; 0 when the connection was cut instead.</param>
/// <param name="Error">EC2's error code or Kubernetes' reason, null when it went well.</param>
public sealed record RecordedCall(
    long Sequence, DateTimeOffset Time, string Service, string Operation, string Target, int Status, string? Error);
