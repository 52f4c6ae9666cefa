using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Operations;

public sealed class DeleteSnapshot(Ec2State state) : IEc2Operation
{
    public string Action => "DeleteSnapshot";

    public IReadOnlySet<string> Parameters { get; } = new HashSet<string>(StringComparer.Ordinal) { "SnapshotId", "DryRun" };

    public string Target(QueryNode parameters) => parameters.Text("SnapshotId") ?? "";

    public void Run(Ec2Request request, AnswerWriter answer)
    {
        var snapshotId = request.Parameters.Text("SnapshotId") ?? throw Ec2Errors.Missing("SnapshotId");
        VolumeIds.CheckSnapshot(snapshotId);
        request.StopIfDryRun();
        state.Snapshots.Delete(request.Region, snapshotId);
        answer.Done();
    }
}
