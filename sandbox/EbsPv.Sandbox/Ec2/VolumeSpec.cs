using System.Globalization;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2;

/// <summary>What a CreateVolume request asks for, once it has passed every rule that needs no look at other resources.</summary>
public sealed record VolumeSpec
{
    private const int MinThroughput = 125;
    private const int MaxThroughput = 2_000;
    private const double MaxThroughputPerIops = 0.25;
    private const int MinInitializationRate = 100;
    private const int MaxInitializationRate = 300;

    public required string AvailabilityZone { get; init; }

    public int? Size { get; init; }

    public string? SnapshotId { get; init; }

    public required VolumeTypeLimits Type { get; init; }

    public int? Iops { get; init; }

    public int? Throughput { get; init; }

    public bool Encrypted { get; init; }

    public string? KmsKeyId { get; init; }

    public bool MultiAttachEnabled { get; init; }

    /// <summary>MiB/s at which the blocks of the snapshot are loaded.</summary>
    public int? VolumeInitializationRate { get; init; }

    public IReadOnlyList<Ec2Tag> Tags { get; init; } = [];

    public static VolumeSpec Parse(Ec2Request request)
    {
        var parameters = request.Parameters;
        var typeName = parameters.Text("VolumeType") ?? "gp2";
        if (!VolumeTypeLimits.ByName.TryGetValue(typeName, out var type))
            throw new Ec2Exception("UnknownVolumeType", $"Unsupported volume type '{typeName}' for volume creation.");

        var spec = new VolumeSpec
        {
            AvailabilityZone = Zone(request),
            Size = parameters.Number("Size"),
            SnapshotId = parameters.Text("SnapshotId"),
            Type = type,
            Iops = parameters.Number("Iops"),
            Throughput = parameters.Number("Throughput"),
            Encrypted = parameters.Flag("Encrypted"),
            KmsKeyId = parameters.Text("KmsKeyId"),
            MultiAttachEnabled = parameters.Flag("MultiAttachEnabled"),
            VolumeInitializationRate = parameters.Number("VolumeInitializationRate"),
            Tags = TagRules.ParseSpecification(parameters, "volume"),
        };
        if (spec.Size is null && spec.SnapshotId is null) throw Ec2Errors.Missing("size/snapshotId");
        if (spec.Size is { } size) spec.CheckSize(size);
        spec.CheckOptions();
        return spec;
    }

    public void CheckSize(int size)
    {
        if (size < Type.MinSize)
            throw Ec2Errors.InvalidValue($"Volume of {size}GiB is too small for volume type {Type.Name}; minimum is {Type.MinSize}GiB.");
        if (size > Type.MaxSize)
            throw Ec2Errors.InvalidValue($"Volume of {size}GiB is too large for volume type {Type.Name}; maximum is {Type.MaxSize}GiB.");
        if (Type.MaxIopsPerGiB > 0 && Iops > Math.Max(Type.MinIops, (long)size * Type.MaxIopsPerGiB))
            throw Ec2Errors.InvalidValue(Ratio("Iops to volume size", (double)Iops.Value / size, Type.MaxIopsPerGiB));
    }

    public void CheckOptions()
    {
        CheckIops();
        CheckThroughput();
        if (KmsKeyId is not null && !Encrypted)
            throw new Ec2Exception("InvalidParameterDependency", "The parameter KmsKeyId requires the parameter Encrypted to be set.");
        if (MultiAttachEnabled && !Type.AllowsMultiAttach) throw NotSupported("MultiAttachEnabled");
        CheckInitializationRate();
    }

    private static string Zone(Ec2Request request)
    {
        var name = request.Parameters.Text("AvailabilityZone");
        var id = request.Parameters.Text("AvailabilityZoneId");
        if (name is null && id is null) throw Ec2Errors.Missing("AvailabilityZone");
        if (name is not null && id is not null)
            throw Ec2Errors.InvalidCombination("The parameters AvailabilityZone and AvailabilityZoneId cannot be used together");

        var zone = Model.AvailabilityZone.Of(request.Region).FirstOrDefault(zone => zone.Name == name || zone.Id == id);
        return zone?.Name ?? throw Ec2Errors.ZoneNotFound(name ?? id!);
    }

    private static string Ratio(string what, double ratio, double most) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} ratio of {ratio:F6} is too high; maximum is {most:F6}");

    private void CheckIops()
    {
        if (Iops is null && Type.RequiresIops) throw Ec2Errors.Missing("iops");
        if (Iops is null) return;
        if (!Type.AllowsIops) throw NotSupported("iops");
        if (Iops < Type.MinIops) throw Ec2Errors.InvalidValue($"Volume iops of {Iops} is too low; minimum is {Type.MinIops}.");
        if (Iops > Type.MaxIops) throw Ec2Errors.InvalidValue($"Volume iops of {Iops} is too high; maximum is {Type.MaxIops}.");
    }

    private void CheckThroughput()
    {
        if (Throughput is not { } throughput) return;
        if (!Type.AllowsThroughput) throw NotSupported("throughput");
        if (throughput < MinThroughput)
            throw Ec2Errors.InvalidValue($"Volume throughput of {throughput} is too low; minimum is {MinThroughput}.");
        if (throughput > MaxThroughput)
            throw Ec2Errors.InvalidValue($"Volume throughput of {throughput} is too high; maximum is {MaxThroughput}.");

        var ratio = (double)throughput / (Iops ?? Type.MinIops);
        if (ratio > MaxThroughputPerIops) throw Ec2Errors.InvalidValue(Ratio("Throughput (MiBps) to iops", ratio, MaxThroughputPerIops));
    }

    private void CheckInitializationRate()
    {
        if (VolumeInitializationRate is not { } rate) return;
        if (SnapshotId is null)
            throw Ec2Errors.InvalidCombination("The parameter VolumeInitializationRate can only be used with the parameter SnapshotId.");
        if (rate is < MinInitializationRate or > MaxInitializationRate)
            throw Ec2Errors.InvalidValue(
                $"Volume initialization rate of {rate} is out of range; it is from {MinInitializationRate} to {MaxInitializationRate} MiB/s.");
    }

    private Ec2Exception NotSupported(string parameter) =>
        Ec2Errors.InvalidCombination($"The parameter {parameter} is not supported for {Type.Name} volumes.");
}
