using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Operations;

/// <summary>It knows no client token: who asks twice gets two snapshots, unless the pause between two of a volume forbids it.</summary>
public sealed class CreateSnapshot(Ec2State state) : IEc2Operation
{
    private const int LongestDescription = 255;

    public string Action => "CreateSnapshot";

    public IReadOnlySet<string> Parameters { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "VolumeId", "Description", "TagSpecification", "OutpostArn", "Location", "DryRun" };

    public string Target(QueryNode parameters) => parameters.Text("VolumeId") ?? "";

    public void Run(Ec2Request request, AnswerWriter answer)
    {
        var volumeId = request.Parameters.Text("VolumeId") ?? throw Ec2Errors.Missing("VolumeId");
        VolumeIds.Check(volumeId);
        var description = request.Parameters.Text("Description") ?? "";
        if (description.Length > LongestDescription)
            throw Ec2Errors.InvalidValue($"Value for parameter description exceeds the maximum length of {LongestDescription} characters");
        var tags = TagRules.ParseSpecification(request.Parameters, "snapshot");
        var volume = state.ExistingVolume(request.Region, volumeId, request.Now);
        var volumeState = volume.StateAt(request.Now);
        if (volumeState == VolumeState.Deleting) throw Ec2Errors.VolumeNotFound(volumeId);
        if (volumeState is not (VolumeState.Available or VolumeState.InUse)) throw Ec2Errors.IncorrectState(volumeId, volumeState);
        request.StopIfDryRun();
        if (state.Settings.ZoneOutages.TryGetValue(volume.AvailabilityZone, out var outage)) throw outage.Refusal();

        var snapshot = state.Snapshots.Create(request, volume, description, tags, state.Settings);
        answer.Snapshot(snapshot, SnapshotState.Pending, "");
    }
}
