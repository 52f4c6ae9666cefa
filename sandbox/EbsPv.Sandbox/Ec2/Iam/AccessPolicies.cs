using System.Collections.Concurrent;

namespace EbsPv.Sandbox.Ec2.Iam;

/// <summary>The policies of access keys. A key without any is the account's own: it may do everything.</summary>
public sealed class AccessPolicies
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<PolicyDocument>> _byKey = new(StringComparer.Ordinal);

    public void Set(string accessKeyId, IReadOnlyList<PolicyDocument> policies) => _byKey[accessKeyId] = policies;

    /// <summary>The policies of a key, which may be none at all; null when it has no limits.</summary>
    public IReadOnlyList<PolicyDocument>? Of(string accessKeyId) => _byKey.GetValueOrDefault(accessKeyId);

    public void Clear() => _byKey.Clear();
}
