namespace EbsPv.Sandbox.Ec2;

/// <summary>What one volume type allows.</summary>
public sealed record VolumeTypeLimits(string Name, int MinSize, int MaxSize)
{
    public int MinIops { get; init; }

    /// <summary>Zero when IOPS cannot be chosen.</summary>
    public int MaxIops { get; init; }

    public int MaxIopsPerGiB { get; init; }

    public bool RequiresIops { get; init; }

    public bool AllowsThroughput { get; init; }

    public bool AllowsMultiAttach { get; init; }

    public bool AllowsIops => MaxIops > 0;

    /// <summary>As of SDK 4.0.132.2.</summary>
    public static IReadOnlyDictionary<string, VolumeTypeLimits> ByName { get; } = new VolumeTypeLimits[]
    {
        new("gp3", 1, 65_536) { MinIops = 3_000, MaxIops = 80_000, MaxIopsPerGiB = 500, AllowsThroughput = true },
        new("gp2", 1, 16_384),
        new("io1", 4, 16_384) { MinIops = 100, MaxIops = 64_000, MaxIopsPerGiB = 50, RequiresIops = true, AllowsMultiAttach = true },
        new("io2", 4, 65_536) { MinIops = 100, MaxIops = 256_000, MaxIopsPerGiB = 1_000, RequiresIops = true, AllowsMultiAttach = true },
        new("st1", 125, 16_384),
        new("sc1", 125, 16_384),
        new("standard", 1, 1_024),
    }.ToDictionary(limits => limits.Name, StringComparer.Ordinal);

    /// <summary>The IOPS that EC2 shows for a volume of this type.</summary>
    public int? ShownIops(int size, int? asked) => Name switch
    {
        "gp2" => Math.Clamp(size * 3, 100, 16_000),
        "gp3" => asked ?? MinIops,
        _ => asked,
    };
}
