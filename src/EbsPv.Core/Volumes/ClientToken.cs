using System.Security.Cryptography;
using System.Text;

namespace EbsPv.Volumes;

/// <summary>The token that makes a repeated create answer with the same volume.</summary>
/// <remarks>Source: "Ensuring idempotency" of the EC2 API reference: up to 64 ASCII characters. EC2 leaves region and zone out of its
/// comparison of parameters, so they belong into the token; the parameters do not, so that a change of them is reported, not doubled.</remarks>
public static class ClientToken
{
    /// <summary>Attempts with a fresh token after one is burnt.</summary>
    public const int MaxAttempts = 3;

    /// <summary>64 hexadecimal digits.</summary>
    public static string For(string region, string cluster, string set, string slot, int attempt)
    {
        var text = string.Join('\n', region, cluster, set, slot, attempt.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
    }
}
