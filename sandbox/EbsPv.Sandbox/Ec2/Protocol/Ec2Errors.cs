namespace EbsPv.Sandbox.Ec2.Protocol;

/// <summary>EC2's refusals in EC2's words: clients tell them apart by code, people by message.</summary>
public static class Ec2Errors
{
    public static Ec2Exception InvalidValue(string message) => new("InvalidParameterValue", message);

    public static Ec2Exception InvalidCombination(string message) => new("InvalidParameterCombination", message);

    public static Ec2Exception Missing(string parameter) =>
        new("MissingParameter", $"The request must contain the parameter {parameter}");

    public static Ec2Exception UnknownParameter(string name) =>
        new("UnknownParameter", $"The parameter {name} is not recognized");

    public static Ec2Exception VolumeNotFound(params IReadOnlyList<string> volumeIds) =>
        new("InvalidVolume.NotFound", volumeIds.Count == 1
            ? $"The volume '{volumeIds[0]}' does not exist."
            : $"The volumes '{string.Join(", ", volumeIds)}' do not exist.");

    public static Ec2Exception SnapshotNotFound(params IReadOnlyList<string> snapshotIds) =>
        new("InvalidSnapshot.NotFound", snapshotIds.Count == 1
            ? $"The snapshot '{snapshotIds[0]}' does not exist."
            : $"The snapshots '{string.Join(", ", snapshotIds)}' do not exist.");

    public static Ec2Exception InstanceNotFound(IReadOnlyList<string> instanceIds) =>
        new("InvalidInstanceID.NotFound", instanceIds.Count == 1
            ? $"The instance ID '{instanceIds[0]}' does not exist"
            : $"The instance IDs '{string.Join(", ", instanceIds)}' do not exist");

    public static Ec2Exception ZoneNotFound(string zone) =>
        new("InvalidZone.NotFound", $"The zone '{zone}' does not exist.");

    public static Ec2Exception ZoneMismatch(string volumeId, string instanceId) =>
        new("InvalidVolume.ZoneMismatch", $"The volume '{volumeId}' is not in the same availability zone as instance '{instanceId}'");

    public static Ec2Exception VolumeInUse(string volumeId, string instanceId) =>
        new("VolumeInUse", $"Volume {volumeId} is currently attached to {instanceId}");

    public static Ec2Exception IncorrectState(string volumeId, string state) =>
        new("IncorrectState", $"The volume '{volumeId}' is in the state '{state}'; it must be 'available'.");

    public static Ec2Exception NotModifiable(string volumeId, string state) =>
        new("IncorrectState", $"The volume '{volumeId}' is in the state '{state}'; it must be 'available' or 'in-use' to be modified.");

    public static Ec2Exception ModificationUnderWay(string volumeId, string state) =>
        new("IncorrectModificationState", $"Volume {volumeId} cannot be modified in modification state {state.ToUpperInvariant()}");

    // EC2's sentence still speaks of six hours, years after the rule became four modifications in 24 hours.
    public static Ec2Exception ModificationRateExceeded() => new(
        "VolumeModificationRateExceeded",
        "You've reached the maximum modification rate per volume limit. Wait at least 6 hours between modifications per EBS volume.");

    public static Ec2Exception ModificationNotFound(string volumeId) =>
        new("InvalidVolumeModification.NotFound", $"Modification for volume '{volumeId}' does not exist.");

    public static Ec2Exception TokenMismatch() => new(
        "IdempotentParameterMismatch",
        "Parameters on this idempotent request are inconsistent with parameters used in previous request(s)");

    public static Ec2Exception TokenOfDeleted() => new(
        "IdempotentParameterMismatch",
        "The client token you have provided is associated with a resource that is already deleted. Please use a different client token.");

    public static Ec2Exception DryRun() =>
        new("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", StatusCodes.Status412PreconditionFailed);

    public static Ec2Exception Throttled() =>
        new("RequestLimitExceeded", "Request limit exceeded.", StatusCodes.Status503ServiceUnavailable);

    public static Ec2Exception AuthFailure() => new(
        "AuthFailure", "AWS was not able to validate the provided access credentials", StatusCodes.Status401Unauthorized);
}
