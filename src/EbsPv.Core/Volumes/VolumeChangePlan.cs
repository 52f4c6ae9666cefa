using EbsPv.Ports;

namespace EbsPv.Volumes;

/// <summary>What a request comes to for one volume.</summary>
/// <param name="Volume">The volume as it is.</param>
/// <param name="To">What it becomes.</param>
/// <param name="Change">What is sent for that; empty when the volume has it already.</param>
public sealed record VolumeChangePlan(ClusterEbsVolume Volume, VolumeShape To, VolumeChange Change)
{
    /// <summary>What it is.</summary>
    public VolumeShape From => VolumeShape.Of(Volume);

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsDone => Change.IsEmpty;

    /// <summary>The volume with other values.</summary>
    public ClusterEbsVolume With(VolumeShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Volume with { VolumeType = shape.VolumeType, Size = shape.Size, Iops = shape.Iops, Throughput = shape.Throughput };
    }

    /// <summary>Whether a modification leads to what this plan asks for; what EC2 chooses itself is not compared.</summary>
    public bool IsMetBy(VolumeModification modification)
    {
        ArgumentNullException.ThrowIfNull(modification);
        return modification.VolumeType == To.VolumeType
            && modification.Size == To.Size
            && (Change.Iops is null || modification.Iops == Change.Iops)
            && (Change.Throughput is null || modification.Throughput == Change.Throughput);
    }

    /// <summary>The volume as -WhatIf shows it: planned, and without an id, so that no other cmdlet takes the plan for the volume.</summary>
    public ClusterEbsVolume Planned() => With(To) with { VolumeId = null, Name = Volume.Name ?? Volume.VolumeId, State = "planned" };
}
