using System.Collections.Concurrent;
using EbsPv.Sandbox.Server;

namespace EbsPv.Sandbox.Ec2.Sts;

/// <summary>The temporary keys that AssumeRole gave out. They end by the sandbox's clock.</summary>
public sealed class IssuedKeys(SandboxClock clock)
{
    private readonly ConcurrentDictionary<string, IssuedKey> _keys = new(StringComparer.Ordinal);

    public void Add(string accessKeyId, string roleArn, string session, TimeSpan lifetime) =>
        _keys[accessKeyId] = new IssuedKey(roleArn, session, clock.GetUtcNow() + lifetime);

    public IssuedKey? Find(string accessKeyId) => _keys.GetValueOrDefault(accessKeyId);

    public bool IsExpired(string accessKeyId) => Find(accessKeyId) is { } key && key.Expires <= clock.GetUtcNow();

    public void Clear() => _keys.Clear();

    public sealed record IssuedKey(string RoleArn, string Session, DateTimeOffset Expires)
    {
        public string AssumedRoleArn => $"{RoleArn.Replace(":iam:", ":sts:").Replace(":role/", ":assumed-role/")}/{Session}";
    }
}
