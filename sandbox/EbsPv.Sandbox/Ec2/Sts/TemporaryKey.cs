using System.Security.Cryptography;

namespace EbsPv.Sandbox.Ec2.Sts;

/// <summary>A temporary key as it is handed out, whoever hands it out.</summary>
public sealed record TemporaryKey(string AccessKeyId, string SecretAccessKey, string SessionToken, DateTimeOffset Expiration)
{
    /// <summary>A new key for a role. Clients compare its end with their own clock, which is not the sandbox's.</summary>
    public static TemporaryKey Issue(IssuedKeys keys, string roleArn, string session, TimeSpan lifetime)
    {
        var accessKeyId = "ASIA" + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16);
        keys.Add(accessKeyId, roleArn, session, lifetime);
        return new TemporaryKey(
            accessKeyId,
            RandomNumberGenerator.GetHexString(40, lowercase: true),
            "sandbox-session-" + RandomNumberGenerator.GetHexString(32, lowercase: true),
            DateTimeOffset.UtcNow + lifetime);
    }
}
