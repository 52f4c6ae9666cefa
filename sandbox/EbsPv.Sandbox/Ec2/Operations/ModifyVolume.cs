using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Operations;

public sealed class ModifyVolume(Ec2State state) : IEc2Operation
{
    public string Action => "ModifyVolume";

    /// <summary>No ClientToken: a request that is sent again is another modification.</summary>
    public IReadOnlySet<string> Parameters { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "VolumeId", "Size", "VolumeType", "Iops", "Throughput", "MultiAttachEnabled", "DryRun",
    };

    public string Target(QueryNode parameters) => parameters.Text("VolumeId") ?? "";

    public void Run(Ec2Request request, AnswerWriter answer)
    {
        var spec = VolumeModificationSpec.Parse(request);
        var modification = state.ModifyVolume(request, spec);
        request.StopIfDryRun();
        // With a modify time of nothing EC2 would still answer modifying.
        answer.Element("volumeModification", () => answer.Modification(spec.VolumeId, modification, modification.StartTime.AddTicks(-1)));
    }
}
