using System.Globalization;
using EbsPv.Errors;

namespace EbsPv.Clients.Aws;

/// <summary>EC2's documented token buckets by action.</summary>
/// <remarks>Source: "Request throttling" of the EC2 developer guide, for calls that filter or page. <c>EBSPV_EC2_RATES</c> replaces them
/// for accounts with raised quotas: <c>CreateVolume=300:15;DescribeVolumes=100:40</c>.</remarks>
internal static class Ec2Rates
{
    public const string Variable = "EBSPV_EC2_RATES";

    private static readonly BucketSize Reading = new(100, 20);
    private static readonly BucketSize Creating = new(100, 5);
    private static readonly BucketSize Modifying = new(50, 5);

    public static BucketSize For(string action, string? overrides)
    {
        foreach (var entry in (overrides ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = entry.Split('=', ':');
            if (parts.Length != 3 || !Number(parts[1], out var capacity) || !Number(parts[2], out var refill))
                throw EbsPvException.Input(
                    ErrorIds.SettingInvalid, $"{Variable} cannot be read at '{entry}'.", entry, "Write it as in CreateVolume=100:5;DescribeVolumes=100:20.");
            if (parts[0].Trim() == action) return new BucketSize(capacity, refill);
        }

        if (action == "ModifyVolume") return Modifying;
        return action.StartsWith("Describe", StringComparison.Ordinal) ? Reading : Creating;

        static bool Number(string text, out double value) =>
            double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value > 0 && double.IsFinite(value);
    }
}
