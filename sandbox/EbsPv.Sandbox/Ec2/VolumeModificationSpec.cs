using EbsPv.Sandbox.Ec2.Operations;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2;

/// <summary>What a ModifyVolume request asks for; null is what it does not name.</summary>
public sealed record VolumeModificationSpec
{
    public required string VolumeId { get; init; }

    public int? Size { get; init; }

    public VolumeTypeLimits? Type { get; init; }

    public int? Iops { get; init; }

    public int? Throughput { get; init; }

    public bool? MultiAttachEnabled { get; init; }

    public static VolumeModificationSpec Parse(Ec2Request request)
    {
        var parameters = request.Parameters;
        var volumeId = parameters.Text("VolumeId") ?? throw Ec2Errors.Missing("VolumeId");
        VolumeIds.Check(volumeId);
        var spec = new VolumeModificationSpec
        {
            VolumeId = volumeId,
            Size = parameters.Number("Size"),
            Type = TypeOf(parameters),
            Iops = parameters.Number("Iops"),
            Throughput = parameters.Number("Throughput"),
            MultiAttachEnabled = parameters.Text("MultiAttachEnabled") is null ? null : parameters.Flag("MultiAttachEnabled"),
        };
        if (spec is { Size: null, Type: null, Iops: null, Throughput: null, MultiAttachEnabled: null })
            throw Ec2Errors.Missing("size, volumeType, iops, throughput or multiAttachEnabled");
        return spec;
    }

    private static VolumeTypeLimits? TypeOf(QueryNode parameters)
    {
        if (parameters.Text("VolumeType") is not { } name) return null;
        return VolumeTypeLimits.ByName.GetValueOrDefault(name)
            ?? throw new Ec2Exception("UnknownVolumeType", $"Unsupported volume type '{name}' for volume modification.");
    }
}
