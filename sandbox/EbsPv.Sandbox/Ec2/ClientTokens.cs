using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2;

/// <summary>Which volume a client token made, and from which parameters. Guarded by the state that owns it.</summary>
public sealed class ClientTokens
{
    private const int Longest = 64;

    /// <summary>
    /// EC2 leaves the zone out of the comparison: one token for two zones answers the volume of the first. The region
    /// is part of the token's own identity.
    /// </summary>
    private static readonly HashSet<string> NotCompared =
        ["Action", "Version", "ClientToken", "DryRun", "AvailabilityZone", "AvailabilityZoneId"];

    private readonly Dictionary<(string Region, string Token), Use> _uses = [];

    /// <summary>The token of a request, or null.</summary>
    public static string? Parse(QueryNode parameters)
    {
        var token = parameters.Text("ClientToken");
        if (string.IsNullOrEmpty(token)) return null;
        if (token.Length > Longest || !token.All(char.IsAscii))
            throw Ec2Errors.InvalidValue(
                $"Value ({token}) for parameter clientToken is invalid. Client token must be at most {Longest} ASCII characters.");
        return token;
    }

    /// <summary>All that is compared; tags keep their numbers, so another order is another request.</summary>
    public static string Fingerprint(QueryNode parameters) =>
        string.Join('&', Flatten("", parameters).Order(StringComparer.Ordinal));

    public string? FindVolume(string region, string token, string fingerprint, DateTimeOffset now, TimeSpan lifetime)
    {
        if (!_uses.TryGetValue((region, token), out var use) || now - use.Time >= lifetime) return null;
        return use.Fingerprint == fingerprint ? use.VolumeId : throw Ec2Errors.TokenMismatch();
    }

    public void Remember(string region, string token, string fingerprint, DateTimeOffset now, string volumeId) =>
        _uses[(region, token)] = new Use(fingerprint, volumeId, now);

    public void Clear() => _uses.Clear();

    private static IEnumerable<string> Flatten(string path, QueryNode node)
    {
        if (node.Value is not null) yield return $"{path}={Uri.EscapeDataString(node.Value)}";
        foreach (var (name, child) in node.Children)
        {
            if (path.Length == 0 && NotCompared.Contains(name)) continue;
            foreach (var text in Flatten($"{path}.{name}", child)) yield return text;
        }
    }

    private sealed record Use(string Fingerprint, string VolumeId, DateTimeOffset Time);
}
