using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Operations;

public sealed class DeleteVolume(Ec2State state) : IEc2Operation
{
    public string Action => "DeleteVolume";

    public IReadOnlySet<string> Parameters { get; } = new HashSet<string>(StringComparer.Ordinal) { "VolumeId", "DryRun" };

    public string Target(QueryNode parameters) => parameters.Text("VolumeId") ?? "";

    public void Run(Ec2Request request, AnswerWriter answer)
    {
        var volumeId = request.Parameters.Text("VolumeId") ?? throw Ec2Errors.Missing("VolumeId");
        VolumeIds.Check(volumeId);
        request.StopIfDryRun();
        state.DeleteVolume(request.Region, volumeId, request.Now);
        answer.Done();
    }
}
