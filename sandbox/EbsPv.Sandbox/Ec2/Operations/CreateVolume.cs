using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Operations;

public sealed class CreateVolume(Ec2State state) : IEc2Operation
{
    public string Action => "CreateVolume";

    public IReadOnlySet<string> Parameters { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "AvailabilityZone", "AvailabilityZoneId", "Size", "SnapshotId", "VolumeType", "Iops", "Throughput", "Encrypted", "KmsKeyId",
        "MultiAttachEnabled", "VolumeInitializationRate", "TagSpecification", "ClientToken", "DryRun",
    };

    public string Target(QueryNode parameters)
    {
        var zone = parameters.Text("AvailabilityZone") ?? parameters.Text("AvailabilityZoneId") ?? "";
        return NameTag(parameters) is { } name ? $"{zone} {name}" : zone;
    }

    public void Run(Ec2Request request, AnswerWriter answer)
    {
        var spec = VolumeSpec.Parse(request);
        var token = ClientTokens.Parse(request.Parameters);
        request.StopIfDryRun();

        // With a create time of nothing the volume is available by now, and EC2 would still answer creating.
        var (volume, isNew) = state.CreateVolume(request, spec, token);
        answer.Volume(volume.At(request.Now), isNew ? VolumeState.Creating : volume.StateAt(request.Now));
    }

    private static string? NameTag(QueryNode parameters) => parameters.Children
        .Where(child => child.Key == "TagSpecification")
        .SelectMany(child => child.Value.Children.Values)
        .SelectMany(specification => specification.Children.TryGetValue("Tag", out var tags) ? tags.Children.Values : [])
        .FirstOrDefault(tag => tag.Text("Key") == "Name")?.Text("Value");
}
